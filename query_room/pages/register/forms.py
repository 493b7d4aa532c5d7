"""The form of a register entry: one block per record, one item per kind of use ticked in it.

The fields of a block end in the record's identifier: ``mode-r1``, ``copies-r1``, ``pages-r1-0``
(pages of the record's first file).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import MultiDict

from indexer.records import RecordId
from query_room.errors import InvalidFieldError
from query_room.outcomes import Outcome
from query_room.pages.forms import chosen
from query_room.register import Mode, NewEntry, NewItem
from query_room.register.page_ranges import format_ranges, parse_ranges

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from indexer.records import Record
    from query_room.register import PageRange, RegisterEntry

MAX_COPIES_DIGITS: Final = 4


def blank_form(records: Sequence[Record], search_id: str) -> MultiDict[str, str]:
    """The form as it first stands: every record consulted."""
    form: MultiDict[str, str] = MultiDict()
    form["search"] = search_id
    form["outcome"] = Outcome.FOUND if records else Outcome.NONE
    for record in records:
        form.add("record", record.record_id)
        form.add(f"mode-{record.record_id}", Mode.CONSULT)
    return form


def form_of(entry: RegisterEntry) -> MultiDict[str, str]:
    """An entry as the form that would write it."""
    form: MultiDict[str, str] = MultiDict()
    form["search"] = entry.search_id or ""
    form["outcome"] = entry.outcome
    form["remark"] = entry.remark or ""
    for item in entry.items:
        own = item.record_id
        if own not in form.getlist("record"):
            form.add("record", own)
            for ordinal in sorted({pages.file_ordinal for pages in item.pages}):
                ranges = [each for each in item.pages if each.file_ordinal == ordinal]
                form[f"pages-{own}-{ordinal}"] = format_ranges(ranges)
        form.add(f"mode-{own}", item.mode)
        if item.copies:
            form[f"copies-{own}"] = str(item.copies)
        for name in ("certificate", "approver", "basis"):
            if value := getattr(item, name):
                form[f"{name}-{own}"] = value
    return form


def parse_entry(form: MultiDict[str, str], shown: Collection[RecordId]) -> NewEntry:
    """The entry that was filled in.

    Args:
        form: As sent.
        shown: Records that the search showed; any other was added by hand.

    Raises:
        InvalidFieldError: A choice, a number or a page list cannot be used.
    """
    records = dict.fromkeys(RecordId(each) for each in form.getlist("record"))
    return NewEntry(
        search_id=form.get("search") or None,
        outcome=chosen(form, "outcome", Outcome),
        items=tuple(
            item
            for record_id in records
            for item in _items(form, record_id, by_hand=record_id not in shown)
        ),
        remark=form.get("remark", ""),
    )


def _items(form: MultiDict[str, str], own: RecordId, *, by_hand: bool) -> Iterator[NewItem]:
    pages = tuple(_pages(form, own))
    for value in form.getlist(f"mode-{own}"):
        mode = chosen({"mode": value}, "mode", Mode)
        yield NewItem(
            record_id=own,
            mode=mode,
            pages=pages,
            # What belongs to another kind of use ticked beside it is not this one's.
            copies=_number(form.get(f"copies-{own}", "")) if mode is Mode.COPY else 0,
            certificate=form.get(f"certificate-{own}", "") if mode is Mode.CERTIFY else "",
            by_hand=by_hand,
            approver=form.get(f"approver-{own}", ""),
            basis=form.get(f"basis-{own}", ""),
        )


def _pages(form: MultiDict[str, str], own: RecordId) -> Iterator[PageRange]:
    start = f"pages-{own}-"
    for name in form:
        ordinal = name.removeprefix(start)
        if ordinal != name and ordinal.isdecimal():
            yield from parse_ranges(form[name], int(ordinal))


def _number(text: str) -> int:
    text = text.strip()
    if not text:
        return 0
    if not text.isdecimal() or len(text) > MAX_COPIES_DIGITS:
        raise InvalidFieldError("copies", "out_of_range")
    return int(text)
