"""Words for the values of a description, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from indexer.access import Audience, Basis, Disclosure, Opening, Secrecy
from indexer.copies import CopyKind
from indexer.engine.query import FacetField, Order
from indexer.extraction import Reason
from indexer.official import Form, RelationKind
from indexer.records import FileRole, TextState
from search_api.answers import Ground, Place
from search_api.examining import Indexed, Way
from search_api.relating import Validity

if TYPE_CHECKING:
    from collections.abc import Mapping

AUDIENCES: Final[Mapping[Audience, LazyString]] = {
    Audience.PUBLIC: lazy_gettext("Public"),
    Audience.READING_ROOM: lazy_gettext("Reading room"),
    Audience.STAFF: lazy_gettext("Staff"),
    Audience.ARCHIVIST: lazy_gettext("Archivists"),
}
SECRECIES: Final[Mapping[Secrecy, LazyString]] = {
    Secrecy.PUBLIC: lazy_gettext("Not classified"),
    Secrecy.INTERNAL: lazy_gettext("Internal"),
    Secrecy.WORK_SECRET: lazy_gettext("Work secret"),
}
OPENINGS: Final[Mapping[Opening, LazyString]] = {
    Opening.OPEN: lazy_gettext("Open"),
    Opening.CONTROLLED: lazy_gettext("Controlled"),
    Opening.DELAYED: lazy_gettext("Opening delayed"),
    Opening.UNREVIEWED: lazy_gettext("Not reviewed"),
}
DISCLOSURES: Final[Mapping[Disclosure, LazyString]] = {
    Disclosure.PROACTIVE: lazy_gettext("Published"),
    Disclosure.ON_REQUEST: lazy_gettext("On request"),
    Disclosure.NOT_PUBLIC: lazy_gettext("Not disclosed"),
}
TEXT_STATES: Final[Mapping[TextState, LazyString]] = {
    TextState.COMPLETE: lazy_gettext("Full text"),
    TextState.PARTIAL: lazy_gettext("Text of some files"),
    TextState.MISSING: lazy_gettext("No text yet"),
    TextState.PAPER: lazy_gettext("Paper only"),
}
ROLES: Final[Mapping[FileRole, LazyString]] = {
    FileRole.TEXT: lazy_gettext("Text"),
    FileRole.ATTACHMENT: lazy_gettext("Attachment"),
    FileRole.PAGE_IMAGE: lazy_gettext("Page image"),
}
REASONS: Final[Mapping[str, LazyString]] = {
    Reason.ENCRYPTED: lazy_gettext("Encrypted"),
    Reason.DAMAGED: lazy_gettext("Damaged"),
    Reason.UNSUPPORTED: lazy_gettext("Format not supported"),
    Reason.TIMEOUT: lazy_gettext("Took too long"),
    Reason.MEMORY: lazy_gettext("Too large"),
    Reason.NEEDS_OCR: lazy_gettext("Scanned, not recognised yet"),
    Reason.NEEDS_TOOL: lazy_gettext("Needs another tool"),
    Reason.QUARANTINED: lazy_gettext("In quarantine"),
    Reason.EMPTY: lazy_gettext("Has no text"),
    Reason.UNREADABLE: lazy_gettext("Cannot be read"),
    Reason.INTERNAL: lazy_gettext("Extraction failed"),
}
DRAWING_REASONS: Final[Mapping[str, LazyString]] = {
    Reason.ENCRYPTED: lazy_gettext("The file is encrypted."),
    Reason.DAMAGED: lazy_gettext("The file or this page is damaged."),
    Reason.UNSUPPORTED: lazy_gettext("Pages of this format cannot be shown as images."),
    Reason.TIMEOUT: lazy_gettext("Drawing the page takes too long."),
    Reason.MEMORY: lazy_gettext("The page is too large to be drawn."),
    Reason.UNREADABLE: lazy_gettext("The file cannot be read at present."),
    Reason.INTERNAL: lazy_gettext("The page cannot be drawn."),
}
COPY_KINDS: Final[Mapping[CopyKind, LazyString]] = {
    CopyKind.SAME_BYTES: lazy_gettext("The same file"),
    CopyKind.SAME_TEXT: lazy_gettext("The same text"),
    CopyKind.NEARLY_SAME: lazy_gettext("Nearly the same text"),
}
FACETS: Final[Mapping[FacetField, LazyString]] = {
    FacetField.AGENCY: lazy_gettext("Agency"),
    FacetField.YEAR: lazy_gettext("Year"),
    FacetField.CATEGORY: lazy_gettext("Category"),
    FacetField.AUDIENCE: lazy_gettext("Who may read it"),
}
PLACES: Final[Mapping[Place, LazyString]] = {
    Place.TITLE: lazy_gettext("the title"),
    Place.NUMBER: lazy_gettext("the document number"),
    Place.AGENCY: lazy_gettext("the agency"),
    Place.CODE: lazy_gettext("the reference code"),
    Place.PERSONS: lazy_gettext("names in the catalogue"),
    Place.DESCRIPTION: lazy_gettext("the description"),
}
GROUNDS: Final[Mapping[Ground, LazyString]] = {
    Ground.PINYIN: lazy_gettext("pinyin"),
    Ground.INITIALS: lazy_gettext("initials of pinyin"),
    Ground.SOUND: lazy_gettext("same sound"),
    Ground.SHAPE: lazy_gettext("similar look"),
    Ground.ROUGH_SOUND: lazy_gettext("similar sound"),
    Ground.SWAPPED: lazy_gettext("order of characters"),
    Ground.LENGTH: lazy_gettext("a character more or less"),
}
INDEXED: Final[Mapping[Indexed, LazyString]] = {
    Indexed.CURRENT: lazy_gettext("The index has it as it is now."),
    Indexed.BEHIND: lazy_gettext("The index has it as it was before its last change."),
    Indexed.ABSENT: lazy_gettext("The index does not have it yet."),
}
CIRCLES: Final[Mapping[Audience, LazyString]] = {
    Audience.PUBLIC: lazy_gettext("the public"),
    Audience.READING_ROOM: lazy_gettext("readers in the room"),
    Audience.STAFF: lazy_gettext("the staff"),
    Audience.ARCHIVIST: lazy_gettext("archivists"),
}
ITS_STAFF: Final = lazy_gettext("the staff of its agency")
"""The circle of an internal record."""
BASES: Final[Mapping[Basis, LazyString]] = {
    Basis.STATE_SECRET: lazy_gettext("A state secret: nobody sees it here."),
    Basis.WORK_SECRET: lazy_gettext("A work secret: for archivists."),
    Basis.INTERNAL: lazy_gettext("Internal to its agency."),
    Basis.PUBLISHED: lazy_gettext("Published by the agency: for everybody."),
    Basis.OPENED: lazy_gettext("Opened by the archive: for everybody."),
    Basis.ON_REQUEST: lazy_gettext("Given on request and not reviewed: for the reading room."),
    Basis.HELD_BACK: lazy_gettext("Neither published nor opened: for the staff."),
}
WAYS: Final[Mapping[Way, LazyString]] = {
    Way.GRANTED: lazy_gettext("You may see it by a grant to this record."),
    Way.GRANTED_FONDS: lazy_gettext("You may see it by a grant to its fonds."),
    Way.OWN_AGENCY: lazy_gettext("You may see it because you see its agency's internal records."),
    Way.AUDIENCE: lazy_gettext("You may see it by your role."),
}
FILTERS: Final[Mapping[str, LazyString]] = {
    "agencies": lazy_gettext("Agency"),
    "years": lazy_gettext("Year"),
    "categories": lazy_gettext("Category"),
    "audiences": lazy_gettext("Who may read it"),
    "fonds": lazy_gettext("Fonds"),
    "date_from": lazy_gettext("First day"),
    "date_to": lazy_gettext("Last day"),
}
"""Filters by their names in :class:`indexer.engine.query.Filters`."""
ORDERS: Final[Mapping[Order, LazyString]] = {
    Order.RELEVANCE: lazy_gettext("Best match"),
    Order.NEWEST: lazy_gettext("Newest first"),
    Order.OLDEST: lazy_gettext("Oldest first"),
}
DESCRIBED: Final[Mapping[str, LazyString]] = {
    "title": lazy_gettext("Title"),
    "agency": lazy_gettext("Agency"),
    "document_number": lazy_gettext("Document number"),
    "date": lazy_gettext("Date"),
    "genre": lazy_gettext("Genre"),
    "archival_code": lazy_gettext("Reference code"),
    "index_number": lazy_gettext("Index number"),
}
"""What a catalogue and a document both say of a record."""
ACTS_ON: Final[Mapping[RelationKind, LazyString]] = {
    RelationKind.REPEALS: lazy_gettext("Repeals"),
    RelationKind.AMENDS: lazy_gettext("Amends"),
    RelationKind.REPLACES: lazy_gettext("Replaces"),
}
ACTED_ON_BY: Final[Mapping[RelationKind, LazyString]] = {
    RelationKind.REPEALS: lazy_gettext("Repealed by"),
    RelationKind.AMENDS: lazy_gettext("Amended by"),
    RelationKind.REPLACES: lazy_gettext("Replaced by"),
}
VALIDITIES: Final[Mapping[Validity, LazyString]] = {
    Validity.AMENDED: lazy_gettext("Amended"),
    Validity.REPEALED: lazy_gettext("Repealed"),
}
FORMS: Final[Mapping[Form, LazyString]] = {
    Form.LETTER: lazy_gettext("Letter"),
    Form.ORDER: lazy_gettext("Order"),
    Form.MINUTES: lazy_gettext("Minutes"),
}


def share_of(per_mille: int) -> str:
    """``987`` as ``98.7%``."""
    return f"{per_mille / 10:.1f}%"
