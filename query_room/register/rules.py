"""What an entry must be before it goes into the register. Pure: knows no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from query_room.errors import InvalidFieldError, RegisterRefusedError
from query_room.fields import LONG, optional
from query_room.outcomes import Outcome
from query_room.register.model import Mode, NewItem, RegisterItem
from query_room.visits import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.access import Level
    from indexer.records import Record, RecordFile, RecordId
    from query_room.register.model import NewEntry, PageRange

MAX_ITEMS: Final = 200
MAX_COPIES: Final = 999
_MAX_PAGE: Final = 100_000


def check_entry(entry: NewEntry, standing: Standing) -> None:
    """Whether the entry fits together, whatever the records are.

    Raises:
        RegisterRefusedError: It does not; the reason says why.
    """
    if entry.outcome is Outcome.NONE and entry.items:
        raise RegisterRefusedError("has_items")
    if entry.outcome is not Outcome.NONE and not entry.items:
        raise RegisterRefusedError("needs_items")
    uses = [(item.record_id, item.mode) for item in entry.items]
    for place, (record_id, mode) in enumerate(uses):
        if (record_id, mode) in uses[:place]:
            raise RegisterRefusedError("twice", record_id)
        if mode is Mode.LEND and standing is not Standing.UNIT:
            raise RegisterRefusedError("lending_needs_a_unit", record_id)


def check_hits(items: Sequence[NewItem], shown: Mapping[RecordId, str]) -> None:
    """Whether every item was shown by the search, unless it was added by hand.

    Args:
        items: What is to be registered.
        shown: Content hashes of the search's hits, by record.

    Raises:
        RegisterRefusedError: One was not.
    """
    for item in items:
        if not item.by_hand and item.record_id not in shown:
            raise RegisterRefusedError("not_a_hit", item.record_id)


def needs_approval(level: Level) -> bool:
    """Whether a record is used only with somebody's approval.

    Source: 档案法 art. 29 and 实施条例 art. 34 (what is not open is used by consent). What the
    reading room shows to everybody who comes needs none.
    """
    return level.audience is None or level.audience > Audience.READING_ROOM


def item_of(new: NewItem, record: Record, shown: Mapping[RecordId, str]) -> RegisterItem:
    """The item as it goes into the register, with what the record is at this moment.

    Raises:
        RegisterRefusedError: The record has changed since it was shown; or approver, number of
            copies or of the certificate is missing.
        InvalidFieldError: A text is too long, or a page or number out of range.
    """
    about = record.description
    if not new.by_hand and shown.get(new.record_id) != record.content_hash:
        raise RegisterRefusedError("changed_since", new.record_id)
    approver = optional("approver", new.approver)
    basis = optional("basis", new.basis, LONG)
    certificate = optional("certificate", new.certificate)
    if needs_approval(about.level) and not (approver and basis):
        raise RegisterRefusedError("needs_approval", new.record_id)
    if new.mode is Mode.COPY and new.copies < 1:
        raise RegisterRefusedError("needs_a_copy_count", new.record_id)
    if not 0 <= new.copies <= MAX_COPIES:
        raise InvalidFieldError("copies", "out_of_range")
    if new.mode is Mode.CERTIFY and not certificate:
        raise RegisterRefusedError("needs_a_certificate", new.record_id)
    for pages in new.pages:
        _check_pages(pages, record)
    return RegisterItem(
        record_id=record.record_id,
        archival_code=about.archival_code,
        content_hash=record.content_hash,
        level=about.level,
        is_volume=bool(about.volume and not about.item),
        pages=new.pages,
        page_count=count_pages(new.pages, record),
        mode=new.mode,
        copies=new.copies,
        certificate=certificate,
        by_hand=new.by_hand,
        approver=approver,
        basis=basis,
    )


def count_pages(pages: Sequence[PageRange], record: Record) -> int:
    """How many different pages the ranges are; of the whole record where there are none."""
    if not pages:
        return sum(_own_pages(file) for file in record.files)
    merged = 0
    reached: dict[int, int] = {}
    for each in sorted(pages, key=lambda pages: (pages.file_ordinal, pages.first)):
        start = max(each.first, reached.get(each.file_ordinal, 0) + 1)
        merged += max(0, each.last - start + 1)
        reached[each.file_ordinal] = max(each.last, reached.get(each.file_ordinal, 0))
    return merged


def _own_pages(file: RecordFile) -> int:
    """Pages of the file that belong to the record."""
    last = file.page_count if file.last_page is None else min(file.last_page, file.page_count)
    return max(0, last - file.first_page + 1)


def _check_pages(pages: PageRange, record: Record) -> None:
    known = {file.ordinal: file.page_count for file in record.files} or {0: 0}
    if pages.file_ordinal not in known:
        raise InvalidFieldError("pages", "out_of_range")
    # Paper and images have pages that nobody counted.
    end = known[pages.file_ordinal] or _MAX_PAGE
    if not 1 <= pages.first <= pages.last <= end:
        raise InvalidFieldError("pages", "out_of_range")
