"""The indexer's tables. Statements on them live in :mod:`indexer.repositories` and nowhere else."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from indexer.database.types import UtcDateTime

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers only INTEGER primary keys by itself.
_Serial = BigInteger().with_variant(Integer, "sqlite")

source: Final = Table(
    "source",
    metadata,
    Column("source_id", _Serial, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("root", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
"""Where records come from: a folder, known by its path unless the archivist names it."""

batch: Final = Table(
    "batch",
    metadata,
    Column("number", _Serial, primary_key=True),
    Column("source_id", ForeignKey("source.source_id"), nullable=False),
    Column("manifest", Text),
    Column("level", String(20)),
    Column("in_place", Boolean, nullable=False),
    Column("state", String(20), nullable=False),  # running | finished | undone
    Column("started_by", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("report", JSON),
    sqlite_autoincrement=True,
)
"""One run of ``query-room index``. An interrupted run stays ``running`` and is gone on with."""

import_order: Final = Table(
    "import_order",
    metadata,
    Column("order_id", _Serial, primary_key=True),
    Column("kind", String(20), nullable=False),  # import | trial | undo
    Column("state", String(20), nullable=False),
    # queued | running | paused | finished | failed | cancelled
    Column("wish", String(20), nullable=False, default=""),  # pause | cancel, while it runs
    Column("ordered_by", Text, nullable=False),
    Column("ordered_at", UtcDateTime, nullable=False),
    Column("ground", Text, nullable=False, default=""),
    Column("folder", Text, nullable=False, default=""),
    Column("upload", String(40), nullable=False, default=""),  # its folder among the uploads
    Column("manifest", Text),
    Column("profile", Text, nullable=False, default=""),  # of the catalogue's columns
    Column("level", String(20)),
    Column("source_name", Text, nullable=False, default=""),
    Column("in_place", Boolean, nullable=False, default=False),
    Column("trial_id", BigInteger),  # the trial that an import was started from
    Column("batch_number", ForeignKey("batch.number")),
    Column("step", String(20), nullable=False, default=""),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("started_at", UtcDateTime),
    Column("run_began_at", UtcDateTime),  # of the present run, after the last pause or kill
    Column("run_done", Integer, nullable=False, default=0),  # files that were through by then
    Column("seen_at", UtcDateTime),  # its last sign of life
    Column("finished_at", UtcDateTime),
    Column("tries", Integer, nullable=False, default=0),  # runs in a row that got nowhere
    Column("problem", String(40), nullable=False, default=""),  # why it waits or failed
    Column("detail", Text, nullable=False, default=""),
    Column("findings", JSON),  # of a trial
    Index(None, "state", "order_id"),
    sqlite_autoincrement=True,
)
"""What archivists ordered from the pages; the importer process works it off, one by one."""

watched_folder: Final = Table(
    "watched_folder",
    metadata,
    Column("watch_id", _Serial, primary_key=True),
    Column("folder", Text, nullable=False),
    Column("manifest", Text),
    Column("profile", Text, nullable=False, default=""),
    Column("level", String(20)),
    Column("source_name", Text, nullable=False, default=""),
    Column("in_place", Boolean, nullable=False, default=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_by", Text),
    Column("ended_at", UtcDateTime),
    Column("scanned_at", UtcDateTime),  # the last look through the whole folder
    Column("batch_number", ForeignKey("batch.number")),  # the last that it made
    Column("problem", String(40), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    sqlite_autoincrement=True,
)
"""Folders that the importer process follows until somebody ends it."""

source_file: Final = Table(
    "source_file",
    metadata,
    Column("source_file_id", _Serial, primary_key=True),
    Column("source_id", ForeignKey("source.source_id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("file_hash", String(64)),
    Column("state", String(20), nullable=False),  # found | read | opened | failed …
    Column("reason", String(30), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("outcome", String(20), nullable=False, default=""),  # what the batch below made of it
    Column("tries", Integer, nullable=False, default=0),
    Column("batch_number", ForeignKey("batch.number"), nullable=False),
    UniqueConstraint("source_id", "path"),
    Index(None, "file_hash"),
    Index(None, "batch_number", "state"),
)
"""A path in a source and what became of it. ``path`` is relative, with ``/``."""

stored_file: Final = Table(
    "stored_file",
    metadata,
    Column("file_hash", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("in_place", Text),  # absolute path when the original was not copied
    Column("state", String(20), nullable=False),  # stored | extracted | opened | failed …
    Column("extractor", String(40), nullable=False, default=""),
    Column("page_count", Integer, nullable=False, default=0),
    Column("reason", String(30), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("marking", Text, nullable=False, default=""),
    Column("parsed", JSON),  # what the document says of itself
    Column("batch_number", ForeignKey("batch.number"), nullable=False),  # which brought it
    Column("stored_at", UtcDateTime, nullable=False),
    # Pages that wait to be recognised; null beside a count is not known page by page yet.
    Column("unread_pages", JSON),
    Column("unread_count", Integer, nullable=False, default=0, server_default="0"),
    Column("is_guarded", Boolean, nullable=False, default=True, server_default=true()),
    Column("given_up", JSON),  # pages that could not be recognised, with reason and detail
    Index(None, "unread_count"),
)
"""One content, however many paths and records have it; a quarantined one has no text.

The queue of recognition is in it: what is forgotten or set aside waits no more.
"""

recognition_pace: Final = Table(
    "recognition_pace",
    metadata,
    Column("recognizer", String(40), primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
)
"""How long pages took of late, all processes together: what is left can be told in hours."""

document_relation: Final = Table(
    "document_relation",
    metadata,
    Column("file_hash", ForeignKey("stored_file.file_hash"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),  # RelationKind
    Column("title_key", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Index(None, "title_key"),
    Index(None, "number_key"),
)
"""What a document repeals, amends or replaces, to be asked from the other side.

Drawn from ``stored_file.parsed``, and made again with it.
"""

file_outcome: Final = Table(
    "file_outcome",
    metadata,
    Column("source_file_id", ForeignKey("source_file.source_file_id"), primary_key=True),
    Column("batch_number", ForeignKey("batch.number"), primary_key=True),
    Column("outcome", String(20), nullable=False),  # PathOutcome, or missing
    Column("reason", String(30), nullable=False),
    Column("detail", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "batch_number"),
)
"""What a finished batch made of a path, if that was anything new.

A path without a row of a batch was to that batch as its latest row before says: unchanged if it had
been read, else failed or quarantined still. So every batch can be accounted for afterwards, and a
batch in which little happened takes little room.
"""

listing: Final = Table(
    "listing",
    metadata,
    Column("source_id", ForeignKey("source.source_id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("reader", Integer, nullable=False),  # version of what read it
    Column("body", JSON, nullable=False),
)
"""What a file of a source holds (an archive, a message), so that it is not opened each time."""

holding: Final = Table(
    "holding",
    metadata,
    Column("container_hash", String(64), primary_key=True),
    Column("member_hash", String(64), primary_key=True),
    Index(None, "member_hash"),
)
"""Which contents lie, at any depth, in a content whose original is kept."""

clearance: Final = Table(
    "clearance",
    metadata,
    Column("file_hash", String(64), primary_key=True),
    Column("ground", Text, nullable=False),
    Column("cleared_by", Text, nullable=False),
    Column("cleared_at", UtcDateTime, nullable=False),
)
"""A reviewer's word that a marked file carries no state secret, so that it may be extracted."""

record: Final = Table(
    "record",
    metadata,
    Column("record_id", String(16), primary_key=True),
    Column("source_id", ForeignKey("source.source_id"), nullable=False),
    Column("item_key", Text, nullable=False),
    Column("external_id", Text, nullable=False, default=""),
    Column("batch_number", ForeignKey("batch.number"), nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("agency", Text, nullable=False, default=""),
    Column("document_number", Text, nullable=False, default=""),
    Column("date", String(10), nullable=False, default=""),  # ISO, as precise as it is known
    Column("genre", Text, nullable=False, default=""),
    Column("archival_code", Text, nullable=False, default=""),
    Column("index_number", Text, nullable=False, default=""),
    Column("fonds", Text, nullable=False, default=""),
    Column("fonds_name", Text, nullable=False, default=""),
    Column("category", Text, nullable=False, default=""),
    Column("volume", Text, nullable=False, default=""),
    Column("item", Text, nullable=False, default=""),
    Column("retention", Text, nullable=False, default=""),
    Column("shelf_mark", Text, nullable=False, default=""),
    Column("summary", Text, nullable=False, default=""),
    Column("persons", JSON, nullable=False, default=list),
    Column("secrecy", String(20), nullable=False),
    Column("opening", String(20), nullable=False),
    Column("disclosure", String(20)),
    Column("audience", Integer),  # Audience; null is nobody. Derived from the three above
    Column("internal_to", Text),  # the agency of an internal record; "" where it is unknown
    Column("content_hash", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("removed_at", UtcDateTime),
    Column("custody", String(20)),
    Column("transfer_due", String(10)),  # ISO, as precise as it is known
    Column("transferred", String(10)),
    # How others name it, by indexer.official.comparing; null in records from before it was noted.
    Column("title_key", Text),
    Column("number_key", Text),
    Column("origin", JSON),  # its catalogue row and the batch's preset, as they were given
    Column("lacks_text", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("source_id", "item_key"),
    Index(None, "fonds", "category", "volume", "item"),
    Index(None, "batch_number"),
    Index(None, "external_id"),
    Index(None, "title_key"),
    Index(None, "number_key"),
    # Counted beside every search, within the viewer's rights and what is filtered by.
    Index(
        "ix_record_lacking",
        "lacks_text",
        "removed_at",
        "audience",
        "internal_to",
        "fonds",
        "category",
        "agency",
        "date",
        "record_id",
    ),
)
"""The present description of each record; ``removed_at`` marks one whose batch was undone."""

record_file: Final = Table(
    "record_file",
    metadata,
    Column("record_id", ForeignKey("record.record_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("file_hash", String(64)),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    Column("first_page", Integer, nullable=False, default=1),
    Column("last_page", Integer),
    Index(None, "file_hash"),
)

record_version: Final = Table(
    "record_version",
    metadata,
    Column("record_id", ForeignKey("record.record_id"), primary_key=True),
    Column("batch_number", ForeignKey("batch.number"), primary_key=True),
    Column("body", JSON),  # description and files before that batch; null where it made the record
)
"""What a batch replaced, so that it can be undone whole."""

record_difference: Final = Table(
    "record_difference",
    metadata,
    Column("record_id", ForeignKey("record.record_id"), primary_key=True),
    Column("field", String(30), primary_key=True),
    Column("catalogue", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("batch_number", ForeignKey("batch.number"), nullable=False),
    Column("settled_by", Text),
    Column("settled_at", UtcDateTime),
    Index(None, "field", "record_id"),
    Index(None, "batch_number"),
)
"""Where a catalogue and a document do not say the same of a record.

``settled_by`` has looked at it and found the catalogue right: it then leaves the list until one of
the two says something else.
"""

catalogue_profile: Final = Table(
    "catalogue_profile",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
    Column("is_retired", Boolean, nullable=False, default=False),
    Column("saved_by", Text, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
"""How catalogues of one form are read; the last version of a name is in force."""

outbox: Final = Table(
    "outbox",
    metadata,
    Column("position", _Serial, primary_key=True),
    Column("record_id", String(16), nullable=False),
    Column("change", String(10), nullable=False),  # put | delete | anew
    Column("restricts", Boolean, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Index(None, "restricts", "position"),
    Index(None, "record_id"),
    sqlite_autoincrement=True,
)
"""Changes on their way to the index, committed with the change itself.

``restricts`` marks a change after which fewer people may see the record: until a generation has
passed its position, the record is denied to everybody the change might concern.
"""

generation: Final = Table(
    "generation",
    metadata,
    Column("number", _Serial, primary_key=True),
    Column("state", String(20), nullable=False),  # building | whole | serving | retired | dropped
    Column("engine", String(20), nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("analyzer", Text, nullable=False),
    Column("dictionary", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("serving_since", UtcDateTime),
    Column("record_count", BigInteger, nullable=False, default=0),
    Column("passage_count", BigInteger, nullable=False, default=0),
    # Once whole it waits until somebody lets it serve.
    Column("held", Boolean, nullable=False, default=False, server_default=false()),
    # 0: none, from before there were any.
    Column("vocabulary", Integer, nullable=False, server_default="0"),
    # Whose files it answers from where they are those of an earlier one; else NULL.
    Column("files_of", BigInteger),
    sqlite_autoincrement=True,
)

index_slice: Final = Table(
    "index_slice",
    metadata,
    Column("slice_id", _Serial, primary_key=True),
    Column("files", BigInteger, nullable=False),  # the generation that it goes into
    Column("kind", String(10), nullable=False),  # changes | records
    Column("after_position", BigInteger, nullable=False, default=0),
    Column("last_position", BigInteger, nullable=False, default=0),
    Column("after_id", String(16), nullable=False, default=""),
    Column("last_id", String(16), nullable=False, default=""),
    Column("record_id", String(16)),  # the only one of the range that it is about
    Column("is_done", Boolean, nullable=False, default=False),
    Column("deaths", Integer, nullable=False, default=0),  # workers that died of it
    Column("reason", String(30), nullable=False, default=""),  # of the last of those deaths
    Column("job_id", BigInteger),  # of the queue of jobs, while a worker is to do it
    Column("term", BigInteger),  # of the coordinator that does it by itself
    Column("cut_at", UtcDateTime, nullable=False),
    Index(None, "files", "kind"),
    Index(None, "job_id"),
    sqlite_autoincrement=True,
)
"""Work on the index that was given out, where many hosts write it; empty where one does.

A range of the outbox, or of the ids of a generation under construction, without its first bound.
Together they leave no gap, and go when all before them is done, too.
"""

index_coordinator: Final = Table(
    "index_coordinator",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),  # there is one
    Column("term", BigInteger, nullable=False),
    Column("process", BigInteger, nullable=False),
    Column("host", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)
"""Who gives out the slices; each next one has a higher term."""

set_aside: Final = Table(
    "set_aside",
    metadata,
    Column("files", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", String(16), primary_key=True),
    Column("revision", BigInteger, nullable=False),  # of the record that could not be taken in
    Column("deaths", Integer, nullable=False),
    Column("reason", String(30), nullable=False),
    Column("set_aside_at", UtcDateTime, nullable=False),
)
"""Records that a generation is without, because every worker that took them died."""

withdrawal: Final = Table(
    "withdrawal",
    metadata,
    Column("withdrawal_id", _Serial, primary_key=True),
    Column("record_id", String(16)),
    Column("file_hash", String(64)),
    Column("ground", Text, nullable=False),
    Column("withdrawn_by", Text, nullable=False),
    Column("withdrawn_at", UtcDateTime, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", UtcDateTime),
    Column("lift_ground", Text),
    Index(None, "lifted_at", "record_id"),
    Index(None, "lifted_at", "file_hash"),
    sqlite_autoincrement=True,
)
"""The deny-list. Outside the generations: it outlives swap, rollback, restore and re-import."""

vocabulary_version: Final = Table(
    "vocabulary_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("restores", Integer),
)
"""Versions of the vocabulary, 1, 2, 3 …; none is ever changed."""

vocabulary_change: Final = Table(
    "vocabulary_change",
    metadata,
    Column("version", ForeignKey("vocabulary_version.number"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("is_added", Boolean, nullable=False),
    Column("kind", String(10), nullable=False),  # entry | word
    Column("content", Text, nullable=False),
)
"""What each version takes away, and then adds; all of them together are the present one."""


fingerprint: Final = Table(
    "fingerprint",
    metadata,
    Column("number", _Serial, primary_key=True),
    Column("file_hash", ForeignKey("stored_file.file_hash"), nullable=False, unique=True),
    Column("extractor", String(40), nullable=False),  # whose text it is of
    Column("version", Integer, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("sketch", Text, nullable=False),
    Column("figures", BigInteger, nullable=False),
    Column(
        "is_compared", Boolean, nullable=False
    ),  # its copies are known, and it is found by others
    Index(None, "digest", "number"),
    Index(None, "is_compared", "number"),
    sqlite_autoincrement=True,
)
"""What tells the copies of a text, see :mod:`indexer.copies.fingerprint`."""

fingerprint_band: Final = Table(
    "fingerprint_band",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("figures", BigInteger, primary_key=True, autoincrement=False),
    Column("number", ForeignKey("fingerprint.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Fingerprints by what nearly equal ones share. A million files have sixteen million rows here."""

copy_link: Final = Table(
    "copy_link",
    metadata,
    Column("number", _Serial, primary_key=True),
    Column("first_hash", ForeignKey("fingerprint.file_hash"), nullable=False),
    Column("second_hash", ForeignKey("fingerprint.file_hash"), nullable=False),
    Column("kind", String(20), nullable=False),  # same_text | nearly_same
    Column("similarity", Integer, nullable=False),  # per mille
    Column("found_at", UtcDateTime, nullable=False),
    UniqueConstraint("first_hash", "second_hash"),
    Index(None, "second_hash"),
    sqlite_autoincrement=True,
)
"""Two contents that were compared and are copies; the smaller hash is the first."""

copy_refusal: Final = Table(
    "copy_refusal",
    metadata,
    Column("first_hash", String(64), primary_key=True),
    Column("second_hash", String(64), primary_key=True),
    Column("ground", Text, nullable=False),
    Column("refused_by", Text, nullable=False),
    Column("refused_at", UtcDateTime, nullable=False),
)
"""An archivist's word that two contents are no copies; it outlives both of them."""
