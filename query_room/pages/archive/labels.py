"""Words for the care of the archive, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from indexer.access import Audience, Secrecy
from indexer.errors import DocumentRefusedError
from indexer.extraction import Reason
from indexer.importing.joining import Ground
from indexer.importing.progress import Step
from indexer.importing.quarantine import COPY, MARKED_MEMBER
from indexer.importing.rereading import BAD_ROW
from indexer.repositories.batches import BatchState
from indexer.repositories.failures import RETRY
from indexer.repositories.files import CATALOGUE_SECRET
from indexer.repositories.generations import GenerationState
from indexer.repositories.orders import OrderKind, OrderState
from indexer.repositories.slices import ANALYSIS_DIED, WORKER_DIED
from query_room.archive import Grouping
from query_room.pages.labels import AUDIENCES
from query_room.pages.labels import REASONS as READING_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

BATCH_STATES: Final[Mapping[BatchState, LazyString]] = {
    BatchState.RUNNING: lazy_gettext("Not finished; importing again goes on with it"),
    BatchState.FINISHED: lazy_gettext("Finished"),
    BatchState.UNDONE: lazy_gettext("Undone"),
}
SET_ASIDE_REASONS: Final[Mapping[str, LazyString]] = {
    WORKER_DIED: lazy_gettext("The worker that had it was gone each time"),
    ANALYSIS_DIED: lazy_gettext("The process that analysed it died each time"),
    DocumentRefusedError.code: lazy_gettext("The engine does not take it"),
}
"""Why a record was set aside; any other reason is the name of an error."""

GENERATION_STATES: Final[Mapping[GenerationState, LazyString]] = {
    GenerationState.BUILDING: lazy_gettext("Being built"),
    GenerationState.WHOLE: lazy_gettext("Built, does not answer yet"),
    GenerationState.SERVING: lazy_gettext("Answers now"),
    GenerationState.RETIRED: lazy_gettext("Kept to go back to"),
    GenerationState.DROPPED: lazy_gettext("Deleted"),
}
FILE_COUNTS: Final[Mapping[str, LazyString]] = {
    "found": lazy_gettext("Files found"),
    "indexed": lazy_gettext("Text extracted"),
    "unchanged": lazy_gettext("Unchanged"),
    "duplicate": lazy_gettext("Same content as another"),
    "failed": lazy_gettext("Failed"),
    "quarantined": lazy_gettext("Quarantined"),
}
"""Numbers of a batch's report, in the order in which they are shown: the first is the sum."""
RECORD_COUNTS: Final[Mapping[str, LazyString]] = {
    "records_changed": lazy_gettext("Records added or changed"),
    "records_unchanged": lazy_gettext("Records as they were"),
    "records_removed": lazy_gettext("Records taken out"),
    "held_back": lazy_gettext("Controlled, for the guard could not read them"),
}
ASIDE: Final[Mapping[str, LazyString]] = {
    "members": lazy_gettext("Of them in archives or attached to others"),
    "archives": lazy_gettext("Archives opened"),
    "missing": lazy_gettext("Files that are gone"),
    "passed_over": lazy_gettext("Hidden and temporary files passed over"),
}
"""Where files found lay, and what was not among them."""
SO_FAR: Final[Mapping[str, LazyString]] = {
    **{name: label for name, label in FILE_COUNTS.items() if name != "found"},
    "unread": lazy_gettext("Not read yet"),
}
"""Files of a batch that has not finished."""
GROUPINGS: Final[Mapping[Grouping, LazyString]] = {
    Grouping.FONDS: lazy_gettext("Counted by fonds"),
    Grouping.YEAR: lazy_gettext("Counted by year"),
}
GROUPING_HEADS: Final[Mapping[Grouping, LazyString]] = {
    Grouping.FONDS: lazy_gettext("Fonds"),
    Grouping.YEAR: lazy_gettext("Year"),
}
ROW_PROBLEMS: Final[Mapping[str, LazyString]] = {
    "duplicate_id": lazy_gettext("the identifier is there twice"),
    "marking_elsewhere": lazy_gettext("a marking of secrecy outside its column"),
    "bad_date": lazy_gettext("the date cannot be read"),
    "bad_secrecy": lazy_gettext("the secrecy is not known"),
    "bad_opening": lazy_gettext("the opening is not known"),
    "bad_disclosure": lazy_gettext("the disclosure is not known"),
    "bad_custody": lazy_gettext("who keeps it is not known"),
    "bad_transfer_date": lazy_gettext("the day of transfer cannot be read"),
    "not_text": lazy_gettext("text was expected"),
    "nothing_described": lazy_gettext("neither title nor file"),
    "not_a_row": lazy_gettext("not a row"),
    "outside_folder": lazy_gettext("the file is outside the folder"),
    "file_missing": lazy_gettext("the file is not there"),
    "file_ambiguous": lazy_gettext("several files have that name"),
}
DOUBTS: Final[Mapping[str, LazyString]] = {
    "bad_date": lazy_gettext("the date cannot be read and was left out"),
    "bad_custody": lazy_gettext("who keeps it cannot be read and was left out"),
    "bad_transfer_date": lazy_gettext("the day of transfer cannot be read and was left out"),
    "bad_pages": lazy_gettext("the pages cannot be read and were left out"),
    "unread_cell": lazy_gettext("the cell holds no value and was left out"),
    "date_from_serial": lazy_gettext("the date was a spreadsheet's number of days"),
    "year_shown_as_day": lazy_gettext("read as a year; its cell shows a day of 1905"),
    "perhaps_a_year": lazy_gettext("a day of 1905; perhaps a year was meant"),
    "date_span": lazy_gettext("a span of dates; its beginning was taken"),
}
"""What was left out of a row that was used, or read in a way worth a look."""
GROUNDS: Final[Mapping[Ground, LazyString]] = {
    Ground.PATH: lazy_gettext("The row names the file"),
    Ground.CODE: lazy_gettext("Its reference code is in the name"),
    Ground.NAME: lazy_gettext("Called as its number or title"),
    Ground.ORDER: lazy_gettext("Same place in their order"),
}
"""Why a row and its files belong together."""
REASONS: Final[Mapping[str, LazyString]] = {
    **READING_REASONS,
    CATALOGUE_SECRET: lazy_gettext("The catalogue calls it a state secret; never opened"),
    COPY: lazy_gettext("Same content as one that the catalogue calls a state secret"),
    MARKED_MEMBER: lazy_gettext("Holds a file that is in quarantine"),
    BAD_ROW: lazy_gettext("Its catalogue row is wrong; never opened"),
    RETRY: lazy_gettext("To be read again at the next import"),
}
NEXT_STEPS: Final[Mapping[str, LazyString]] = {
    Reason.ENCRYPTED: lazy_gettext("Get the password, save an open copy and import it again"),
    Reason.DAMAGED: lazy_gettext("Get another copy; where there is none, scan the paper"),
    Reason.UNSUPPORTED: lazy_gettext(
        "Save it as PDF or OFD in its own program; a new version tries again by itself"
    ),
    Reason.TIMEOUT: lazy_gettext("Tried again by itself; if it stays so, split the file"),
    Reason.MEMORY: lazy_gettext("Tried again by itself; if it stays so, split the file"),
    Reason.NEEDS_OCR: lazy_gettext("Install text recognition, then try again"),
    Reason.NEEDS_TOOL: lazy_gettext("Have the program installed; it is then tried by itself"),
    Reason.EMPTY: lazy_gettext("Look at it: a blank one may stay, a picture needs recognition"),
    Reason.UNREADABLE: lazy_gettext("Check disk and rights; the next import tries again"),
    Reason.INTERNAL: lazy_gettext("Tell the administrator; try again after an upgrade"),
    BAD_ROW: lazy_gettext("Mend the row of the catalogue and import again"),
    RETRY: lazy_gettext("Import the folder again"),
}
"""What an archivist does about it."""
MARKINGS: Final[Mapping[str, LazyString]] = {
    Secrecy.SECRET: lazy_gettext("Secret by the catalogue"),
    Secrecy.CONFIDENTIAL: lazy_gettext("Highly secret by the catalogue"),
    Secrecy.TOP: lazy_gettext("Top secret by the catalogue"),
}
"""What a catalogue says of a file; a marking on its first page is shown as it stands there."""
DETAILS: Final[Mapping[str, LazyString]] = {
    "its directory is lost": lazy_gettext("its directory is lost"),
    "page images or fonts without text": lazy_gettext("page images or fonts without text"),
    "nested too deeply": lazy_gettext("nested too deeply"),
    "cut short": lazy_gettext("cut short"),
    "no pages": lazy_gettext("no pages"),
    "no slides": lazy_gettext("no slides"),
    "no body": lazy_gettext("no body"),
    "a password protects the workbook": lazy_gettext("a password protects the workbook"),
    "a password protects the presentation": lazy_gettext("a password protects the presentation"),
    "a password protects the document": lazy_gettext("a password protects the document"),
    "a password protects the package": lazy_gettext("a password protects the package"),
    "the document is encrypted": lazy_gettext("the document is encrypted"),
    "a part of the package is missing": lazy_gettext("a part of the package is missing"),
    "PDFPasswordIncorrect": lazy_gettext("a password protects the document"),
    "PSEOF": lazy_gettext("cut short"),
    "PDFSyntaxError": lazy_gettext("no PDF that can be followed"),
}
"""What extractors say most often beside a reason; the rest stands as they say it."""
LEVELS: Final[Mapping[str, LazyString]] = {each.slug: AUDIENCES[each] for each in Audience}
"""Levels that a batch can be given, by their names on the command line."""
WITHDRAWAL_GROUNDS: Final[tuple[LazyString, ...]] = (
    lazy_gettext("It holds personal privacy"),
    lazy_gettext("It may hold a state secret"),
    lazy_gettext("It holds trade secrets"),
    lazy_gettext("Its opening was a mistake"),
    lazy_gettext("It is the wrong version"),
)
"""One press each, so that a withdrawal takes two from the record."""
LEVEL_HINTS: Final[Mapping[str, tuple[LazyString, LazyString]]] = {
    "": (
        lazy_gettext("Controlled"),
        lazy_gettext("Staff find them. Records that are there already keep the level they have."),
    ),
    "public": (
        lazy_gettext("Everybody"),
        lazy_gettext("Everybody finds them on the public pages, without signing in."),
    ),
    "reading-room": (
        lazy_gettext("Reading room"),
        lazy_gettext("Whoever sits in the reading room finds them, and staff."),
    ),
    "staff": (
        lazy_gettext("Staff"),
        lazy_gettext("Staff at the counter and archivists find them."),
    ),
    "archivist": (lazy_gettext("Archivists"), lazy_gettext("Archivists alone find them.")),
}
"""Levels that an import can be given: a name, and who will see what."""
ORDER_KINDS: Final[Mapping[OrderKind, LazyString]] = {
    OrderKind.TRIAL: lazy_gettext("Trial"),
    OrderKind.IMPORT: lazy_gettext("Import"),
    OrderKind.UNDO: lazy_gettext("Undoing"),
}
ORDER_STATES: Final[Mapping[OrderState, LazyString]] = {
    OrderState.QUEUED: lazy_gettext("Waits in line"),
    OrderState.RUNNING: lazy_gettext("Under way"),
    OrderState.PAUSED: lazy_gettext("Paused"),
    OrderState.FINISHED: lazy_gettext("Finished"),
    OrderState.FAILED: lazy_gettext("Could not be done"),
    OrderState.CANCELLED: lazy_gettext("Cancelled"),
}
STEPS: Final[Mapping[str, LazyString]] = {
    "": lazy_gettext("Begins"),
    Step.LOOKING: lazy_gettext("Looks what there is"),
    Step.READING: lazy_gettext("Reads files"),
    Step.CLOSING: lazy_gettext("Makes up the account"),
    Step.UNDOING: lazy_gettext("Takes records back"),
    Step.CLEARING: lazy_gettext("Clears the stores"),
}
ORDER_PROBLEMS: Final[Mapping[str, LazyString]] = {
    "import_running": lazy_gettext("Waits for another import or undoing to end"),
    "storage_full": lazy_gettext("The disk is full; it goes on when there is room"),
    "storage_failed": lazy_gettext("The data folder refuses; it goes on when that is over"),
    "store_unreachable": lazy_gettext("The store does not answer; it goes on when it does"),
    "database": lazy_gettext("The database does not answer; it goes on when it does"),
    "import_refused": lazy_gettext("The folder or what is to be undone is not there any more"),
    "manifest_unreadable": lazy_gettext("The catalogue as a whole cannot be read"),
    "folder_gone": lazy_gettext("The folder is not there, or suddenly empty: nothing is changed"),
    "given_up": lazy_gettext("It ended the importer again and again, and was given up"),
    "internal": lazy_gettext("A fault of this program; its log says which"),
}
"""Why an order or a watch waits or failed."""

_MINUTE: Final = 60
_HOUR: Final = 3600


def duration(seconds: int) -> str:
    """How long something takes, as people say it."""
    if seconds < _MINUTE:
        text: str = gettext("less than a minute")
    elif seconds < _HOUR:
        minutes = round(seconds / _MINUTE)
        text = ngettext("about %(num)s minute", "about %(num)s minutes", minutes)
    else:
        hours = round(seconds / _HOUR)
        text = ngettext("about %(num)s hour", "about %(num)s hours", hours)
    return text
