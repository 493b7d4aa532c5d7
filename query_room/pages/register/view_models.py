"""What the pages of the register show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import RecordNotFoundError
from query_room.register import Mode
from query_room.register.page_ranges import format_ranges
from query_room.register.rules import needs_approval
from query_room.visits import Standing
from search_api.texts import page_range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from indexer.records import Record, RecordId
    from query_room.register import (
        Effect,
        EntryFilter,
        MonthCounts,
        RegisterCounts,
        RegisterEntry,
        RegisterItem,
    )
    from query_room.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """A file whose pages can be named; the record's own name stands for paper without files."""

    ordinal: int
    name: str
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """The block of one record.

    Attributes:
        modes: Kinds of use that this visit may make of it.
        is_by_hand: Whether the search did not show it.
        needs_approval: Whether approver and basis must be given.
    """

    record_id: RecordId
    title: str
    archival_code: str
    files: tuple[FileChoice, ...]
    modes: tuple[Mode, ...]
    is_by_hand: bool
    needs_approval: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One line of a printed entry.

    Attributes:
        title: As it is now, or ``""`` where the record is gone.
        pages: As people write them, or ``""`` for the whole record.
    """

    item: RegisterItem
    title: str
    pages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry as it is printed and signed."""

    entry: RegisterEntry
    visit: Visit
    lines: tuple[ItemLine, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """The register of some days.

    Attributes:
        counts: What they add up to. months: The same month by month, empty for many years.
        next_url: Further entries, or ``None``.
    """

    first: dt.date
    last: dt.date
    counts: RegisterCounts
    months: tuple[MonthCounts, ...]
    where: EntryFilter
    entries: tuple[RegisterEntry, ...]
    previous_url: str | None
    next_url: str | None


def item_form(record: Record, *, standing: Standing, is_by_hand: bool) -> ItemForm:
    """The block in which the uses of one record are filled in."""
    about = record.description
    files = tuple(
        FileChoice(ordinal=file.ordinal, name=file.name, page_count=len(page_range(file)))
        for file in record.files
    )
    return ItemForm(
        record_id=record.record_id,
        title=about.title,
        archival_code=about.archival_code,
        files=files or (FileChoice(ordinal=0, name="", page_count=0),),
        modes=tuple(mode for mode in Mode if mode is not Mode.LEND or standing is Standing.UNIT),
        is_by_hand=is_by_hand,
        needs_approval=needs_approval(about.level),
    )


def entry_view(
    entry: RegisterEntry,
    visit: Visit,
    find_record: Callable[[RecordId], Record],
    effects: tuple[Effect, ...],
) -> EntryView:
    """The entry with the titles that its reader may see."""
    return EntryView(
        entry=entry, visit=visit, lines=_lines(entry.items, find_record), effects=effects
    )


def _lines(
    items: Sequence[RegisterItem], find_record: Callable[[RecordId], Record]
) -> tuple[ItemLine, ...]:
    lines = []
    for item in items:
        try:
            title = find_record(item.record_id).description.title
        except RecordNotFoundError:
            title = ""
        lines.append(ItemLine(item=item, title=title, pages=format_ranges(item.pages)))
    return tuple(lines)
