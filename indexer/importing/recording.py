"""Items whose files are through, made into records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from indexer.access import LEVEL_PRESETS
from indexer.database import utc_now, writing
from indexer.identity import record_id_for
from indexer.importing.describing import content_hash, describe
from indexer.importing.differing import differences_between, renewed
from indexer.importing.levels import is_held_back, level_of
from indexer.importing.origins import origin_to_json, preset_of
from indexer.importing.saving import RecordChange, remove, save
from indexer.official.as_json import parsed_from_json
from indexer.repositories import differences, files, records
from indexer.repositories.files import ContentState, PathState
from indexer.repositories.records import FileLink, StoredRecord
from indexer.storage.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Level
    from indexer.importing.items import Item
    from indexer.official import ParsedDocument
    from indexer.records import Description, FileHash, RecordId
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.differences import Difference
    from indexer.repositories.files import ContentRow, PathRow

RECORDS_AT_ONCE: Final = 25
"""Records saved in one transaction, to keep it under 100 ms."""

_FILE_ALONE: Final = "path:"
"""How the key of a record begins that no catalogue row describes."""


@dataclass
class Tally:
    """What became of the records of a batch so far."""

    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database holds that a few items depend on."""

    paths: Mapping[str, PathRow]
    by_id: Mapping[int, PathRow]
    contents: Mapping[FileHash, ContentRow]
    stored: dict[RecordId, StoredRecord]  # kept up to date as records are saved and removed
    made_from: Mapping[int, Sequence[tuple[RecordId, str]]]
    differences: Mapping[RecordId, tuple[Difference, ...]]


class Recorder:
    """Saves the records of one batch.

    Args:
        engine: Database.
        batch: The batch.
        preset: Level of records that say nothing of themselves; ``None`` leaves those that are
            there as they are and makes new ones 控制.
        keys: Keys of every item of the batch.
    """

    def __init__(
        self, engine: Engine, batch: BatchRow, preset: Level | None, keys: frozenset[str]
    ) -> None:
        self._engine = engine
        self._batch = batch
        self._preset = preset
        self._keys = keys
        self.tally = Tally()
        self._refreshed: set[RecordId] = set()
        self._changes: dict[RecordId, RecordChange] = {}  # of the items being saved
        self._differing: dict[RecordId, tuple[Difference, ...]] = {}  # the same
        self._announced: set[RecordId] = set()

    def announce(self, items: Sequence[Item]) -> None:
        """Save the new records of catalogue rows before their files are read.

        What the catalogue says can be searched while the files are still being read. The guard has
        not seen them: such a record is held back unless the catalogue itself has judged it.
        """
        described = [item for item in items if item.row is not None]
        for start in range(0, len(described), RECORDS_AT_ONCE):
            some = described[start : start + RECORDS_AT_ONCE]
            with writing(self._engine) as connection:
                known = self._look_up(connection, some)
                self._changes.clear()
                self._differing.clear()
                for item in some:
                    if not _is_present(known.stored.get(self._id(item.key))):
                        self._save(connection, item, known)
                save(connection, self._batch.number, list(self._changes.values()))
                differences.replace(connection, self._differing)
                self._announced.update(self._changes)
        self.tally.held_back = 0  # counted when the files are through

    def save(self, items: Sequence[Item]) -> None:
        """Save the records of these items, in their order."""
        for start in range(0, len(items), RECORDS_AT_ONCE):
            some = items[start : start + RECORDS_AT_ONCE]
            with writing(self._engine) as connection:
                known = self._look_up(connection, some)
                self._changes.clear()
                self._differing.clear()
                for item in some:
                    self._save(connection, item, known)
                save(connection, self._batch.number, list(self._changes.values()))
                differences.replace(connection, self._differing)

    def _look_up(self, connection: Connection, items: Sequence[Item]) -> _Known:
        paths = files.paths_of_group(
            connection, self._batch.source_id, [path for item in items for path in item.paths]
        )
        made_from: dict[int, list[tuple[RecordId, str]]] = {}
        ids = [row.source_file_id for row in paths.values()]
        for source_file_id, record_id, key in records.records_from_files(connection, ids):
            made_from.setdefault(source_file_id, []).append((record_id, key))
        wanted = {self._id(item.key) for item in items}
        wanted.update(record_id for each in made_from.values() for record_id, _ in each)
        stored = records.load_all_stored(connection, sorted(wanted))
        links = [link for each in stored.values() for link in each.files]
        by_id = files.paths_by_id(
            connection, [*ids, *(link.source_file_id for link in links if link.source_file_id)]
        )
        hashes = {row.file_hash for row in by_id.values()} | {link.file_hash for link in links}
        return _Known(
            paths=paths,
            by_id=by_id,
            contents=files.contents(connection, filter(None, hashes)),
            stored=stored,
            made_from=made_from,
            differences=differences.of_records(connection, stored),
        )

    def _save(self, connection: Connection, item: Item, known: _Known) -> None:
        others = self._others(item, known)
        rows = [known.paths[path] for path in item.paths]
        secrecy = item.row.secrecy if item.row is not None else None
        if (secrecy and secrecy.is_state_secret) or any(
            row.state is PathState.QUARANTINED for row in rows
        ):
            # Nothing of it may stand here, its description included.
            for record_id in [self._id(item.key), *others]:
                self._remove(connection, record_id, known)
            return
        if item.row is None and self._is_withheld(item, known):
            return
        if item.row is None and (key := self._key_before_move(item, others, known)):
            self._make(connection, replace(item, key=key), rows, known)
            return
        if item.row is None and others:
            # Somebody has catalogued this file: leaving the catalogue out does not undo that.
            for record_id in others:
                self._refresh(connection, known.stored[record_id], known)
            return
        for record_id, key in others.items():
            # This row describes the file now; an earlier description may have been wider open.
            if key not in self._keys:
                self._remove(connection, record_id, known)
        self._make(connection, item, rows, known)

    def _make(
        self, connection: Connection, item: Item, rows: Sequence[PathRow], known: _Known
    ) -> None:
        before = known.stored.get(self._id(item.key))
        links = tuple(
            FileLink(
                ordinal=ordinal,
                name=shown_name(path),
                role=role,
                file_hash=row.file_hash,
                source_file_id=row.source_file_id,
                first_page=item.pages.first if item.pages is not None else 1,
                last_page=item.pages.last if item.pages is not None else None,
            )
            for ordinal, ((path, role), row) in enumerate(zip(item.files, rows, strict=True))
        )
        said = [_said(link, known) for link in links]
        # A file that may belong to a row that restricts is not opened by a preset either.
        is_checked = all(_is_guarded(link, known) for link in links) and not item.is_unclear
        preset = self._preset
        if preset is None and item.row is None and before and before.removed_at is None:
            preset = _preset_before(before)
        if item.is_parted:
            preset = LEVEL_PRESETS["archivist"]
        level = level_of(
            item.row,
            preset=preset,
            is_internal=any(each is not None and each.is_internal for each in said),
            is_checked=is_checked,
        )
        self.tally.held_back += not is_checked and is_held_back(item.row, preset)
        self._compare(item, said[0] if said else None, known)
        self._note(
            connection,
            before,
            known,
            key=item.key,
            external_id=item.row.external_id if item.row is not None else "",
            # The head of a volume's scan says nothing of a document inside it.
            description=describe(item, said[0] if said and item.pages is None else None, level),
            links=links,
            origin=origin_to_json(item, preset),
        )

    def _compare(self, item: Item, said: ParsedDocument | None, known: _Known) -> None:
        """Note where catalogue and document differ, if that is anything new."""
        record_id = self._id(item.key)
        before = known.differences.get(record_id, ())
        now = differences_between(
            record_id, item.row, said, batch_number=self._batch.number, before=before
        )
        if now != before:
            self._differing[record_id] = now

    def _refresh(self, connection: Connection, stored: StoredRecord, known: _Known) -> None:
        """Keep a catalogued record's description and take in what its files are now."""
        links = tuple(
            replace(link, file_hash=known.by_id[link.source_file_id].file_hash)
            if link.source_file_id
            else link
            for link in stored.files
        )
        description = stored.description
        if links != stored.files:
            said = [_said(link, known) for link in links]
            level = level_of(
                None,
                preset=description.level,
                is_internal=any(each is not None and each.is_internal for each in said),
                is_checked=all(_is_guarded(link, known) for link in links),
            )
            description = replace(description, level=level)
            before = known.differences.get(stored.record_id, ())
            self._differing[stored.record_id] = renewed(
                before, said[0] if said else None, batch_number=self._batch.number
            )
        changed = self._note(
            connection,
            stored,
            known,
            key=stored.item_key,
            external_id=stored.external_id,
            description=description,
            links=links,
            origin=stored.origin,
        )
        if not changed and stored.record_id in self._refreshed:
            self.tally.unchanged -= 1  # another of its files brought it up before
        self._refreshed.add(stored.record_id)

    def _note(
        self,
        connection: Connection,
        before: StoredRecord | None,
        known: _Known,
        *,
        key: str,
        external_id: str,
        description: Description,
        links: tuple[FileLink, ...],
        origin: dict[str, Any] | None,
    ) -> bool:
        texts = [_text(link, known) for link in links]
        after = StoredRecord(
            record_id=self._id(key),
            source_id=self._batch.source_id,
            item_key=key,
            external_id=external_id,
            batch_number=self._batch.number,
            description=description,
            files=links,
            content_hash=content_hash(external_id, description, links, texts),
            revision=0,
            origin=origin,
        )
        change = RecordChange(before=before, after=after)
        is_new = after.record_id not in self._announced
        if not change.is_real:
            self.tally.unchanged += is_new
            self._note_origin(connection, before, after)
            return False
        earlier = self._changes.get(after.record_id)
        self.tally.changed += earlier is None and is_new
        self._changes[after.record_id] = (
            change if earlier is None else replace(earlier, after=after)
        )
        known.stored[after.record_id] = after
        return True

    @staticmethod
    def _note_origin(
        connection: Connection, before: StoredRecord | None, after: StoredRecord
    ) -> None:
        if before is not None and after.origin not in (before.origin, None):
            records.note_origin(connection, after.record_id, after.origin)

    def _remove(self, connection: Connection, record_id: RecordId, known: _Known) -> None:
        self._differing.pop(record_id, None)
        was_there = remove(connection, self._batch.number, record_id)
        if record_id in self._announced:
            # It came with this batch, and goes with it.
            self._announced.discard(record_id)
            self._changes.pop(record_id, None)
            self.tally.changed -= 1
        else:
            if self._changes.pop(record_id, None):
                self.tally.changed -= 1
            self.tally.removed += was_there
        if was_there:
            known.stored[record_id] = replace(known.stored[record_id], removed_at=utc_now())

    def _others(self, item: Item, known: _Known) -> dict[RecordId, str]:
        """Present records of this source made from the item's files, besides the item's own."""
        return {
            record_id: key
            for record_id, key in self._made_from(item, known)
            if known.stored[record_id].removed_at is None
        }

    def _key_before_move(
        self, item: Item, others: Mapping[RecordId, str], known: _Known
    ) -> str | None:
        """The key of the record that a moved file brings along, or ``None`` where it has none."""
        own = known.stored.get(self._id(item.key))
        if len(others) != 1 or (own is not None and own.removed_at is None):
            return None
        ((record_id, key),) = others.items()
        is_alone = len(known.stored[record_id].files) == 1
        return key if key.startswith(_FILE_ALONE) and is_alone else None

    def _is_withheld(self, item: Item, known: _Known) -> bool:
        """Whether the file belongs to a catalogued record that another file's secrecy took out."""
        return any(
            known.stored[record_id].removed_at is not None and _is_quarantined(record_id, known)
            for record_id, key in self._made_from(item, known)
            if not key.startswith(_FILE_ALONE)
        )

    def _made_from(self, item: Item, known: _Known) -> list[tuple[RecordId, str]]:
        own = self._id(item.key)
        return [
            (record_id, key)
            for path in item.paths
            for record_id, key in known.made_from.get(known.paths[path].source_file_id, ())
            if record_id != own
        ]

    def _id(self, key: str) -> RecordId:
        return record_id_for(self._batch.source_name, key)


def _text(link: FileLink, known: _Known) -> str:
    """What extracted the file's text, or ``""`` where it has none."""
    content = known.contents.get(link.file_hash) if link.file_hash else None
    return content.extractor if content and content.state is ContentState.EXTRACTED else ""


def _is_guarded(link: FileLink, known: _Known) -> bool:
    """Whether the file has text and the secrecy guard has seen its first page."""
    content = known.contents.get(link.file_hash) if link.file_hash else None
    return content is not None and content.state is ContentState.EXTRACTED and content.is_guarded


def _is_present(stored: StoredRecord | None) -> bool:
    return stored is not None and stored.removed_at is None


def _preset_before(before: StoredRecord) -> Level | None:
    """What a file without a row keeps: what it was given, though it may have been held back."""
    if before.origin is not None and before.origin["row"] is None:
        return preset_of(before.origin)
    return before.description.level


def _is_quarantined(record_id: RecordId, known: _Known) -> bool:
    rows = [
        known.by_id[link.source_file_id]
        for link in known.stored[record_id].files
        if link.source_file_id
    ]
    return any(row.state is PathState.QUARANTINED for row in rows)


def _said(link: FileLink, known: _Known) -> ParsedDocument | None:
    content = known.contents.get(link.file_hash) if link.file_hash else None
    return parsed_from_json(content.parsed) if content is not None else None
