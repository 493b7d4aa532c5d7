from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.records import Description, Record, RecordFile, RecordId
from query_room.errors import InvalidFieldError, RegisterRefusedError
from query_room.outcomes import Outcome
from query_room.register import Mode, NewEntry, NewItem, PageRange
from query_room.register.rules import (
    check_entry,
    check_hits,
    count_pages,
    item_of,
    needs_approval,
)
from query_room.visits import Standing

OPEN = Level(opening=Opening.OPEN)
RECORD = Record(
    record_id=RecordId("rabcdefghijkl"),
    external_id="",
    description=Description(archival_code="Q012-1971-Y-0003", level=OPEN),
    files=(
        RecordFile(ordinal=0, name="正文.pdf", file_hash=None, page_count=12),
        RecordFile(
            ordinal=1, name="附件.pdf", file_hash=None, page_count=40, first_page=5, last_page=8
        ),
    ),
    content_hash="f" * 64,
    revision=1,
)
SHOWN = {RECORD.record_id: RECORD.content_hash}
ITEM = NewItem(record_id=RECORD.record_id, mode=Mode.CONSULT)


def refusal(item: NewItem, record: Record = RECORD) -> str:
    with pytest.raises(RegisterRefusedError) as caught:
        item_of(item, record, SHOWN)
    assert caught.value.record_id == RECORD.record_id
    return caught.value.reason


def at(level: Level) -> Record:
    return replace(RECORD, description=replace(RECORD.description, level=level))


def test_an_item_keeps_what_the_record_is_at_that_time() -> None:
    item = item_of(ITEM, RECORD, SHOWN)
    assert (item.archival_code, item.content_hash, item.level) == (
        "Q012-1971-Y-0003",
        "f" * 64,
        OPEN,
    )
    assert item.page_count == 12 + 4


def test_what_has_changed_since_it_was_shown_is_refused() -> None:
    assert refusal(ITEM, replace(RECORD, content_hash="0" * 64)) == "changed_since"
    assert item_of(replace(ITEM, by_hand=True), RECORD, {}).by_hand


def test_what_was_not_shown_must_be_marked_as_added_by_hand() -> None:
    other = replace(ITEM, record_id=RecordId("rzzzzzzzzzzzz"))
    with pytest.raises(RegisterRefusedError, match="not_a_hit rzzzzzzzzzzzz"):
        check_hits([ITEM, other], SHOWN)
    check_hits([ITEM, replace(other, by_hand=True)], SHOWN)


@pytest.mark.parametrize(
    ("level", "needed"),
    [
        (OPEN, False),
        (Level(opening=Opening.UNREVIEWED, disclosure=Disclosure.PROACTIVE), False),
        (Level(opening=Opening.UNREVIEWED, disclosure=Disclosure.ON_REQUEST), False),
        (Level(opening=Opening.CONTROLLED), True),
        (Level(opening=Opening.DELAYED, disclosure=Disclosure.ON_REQUEST), True),
        (Level(secrecy=Secrecy.INTERNAL, opening=Opening.OPEN), True),
        (Level(secrecy=Secrecy.WORK_SECRET), True),
        (Level(secrecy=Secrecy.SECRET), True),
    ],
)
def test_what_is_not_open_needs_an_approver_and_a_basis(level: Level, *, needed: bool) -> None:
    assert needs_approval(level) is needed
    approved = replace(ITEM, approver="馆长", basis="档案法第二十九条")
    assert item_of(approved, at(level), SHOWN).approver == "馆长"
    if needed:
        for item in (ITEM, replace(approved, approver=" "), replace(approved, basis="")):
            assert refusal(item, at(level)) == "needs_approval"
    else:
        item_of(ITEM, at(level), SHOWN)


def test_copies_and_certificates_have_their_numbers() -> None:
    assert refusal(replace(ITEM, mode=Mode.COPY)) == "needs_a_copy_count"
    assert item_of(replace(ITEM, mode=Mode.COPY, copies=2), RECORD, SHOWN).copies == 2
    for copies in (-1, 1000):
        with pytest.raises((InvalidFieldError, RegisterRefusedError)):
            item_of(replace(ITEM, mode=Mode.COPY, copies=copies), RECORD, SHOWN)
    with pytest.raises(InvalidFieldError):
        item_of(replace(ITEM, copies=-1), RECORD, SHOWN)
    assert refusal(replace(ITEM, mode=Mode.CERTIFY, certificate=" ")) == "needs_a_certificate"
    certified = item_of(replace(ITEM, mode=Mode.CERTIFY, certificate="档证2026-1"), RECORD, SHOWN)
    assert certified.certificate == "档证2026-1"


@pytest.mark.parametrize(
    "pages",
    [
        PageRange(first=0, last=1),
        PageRange(first=3, last=2),
        PageRange(first=12, last=13),
        PageRange(first=1, last=1, file_ordinal=2),
        PageRange(first=-5, last=-1, file_ordinal=1),
    ],
    ids=str,
)
def test_pages_that_are_not_there_are_refused(pages: PageRange) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        item_of(replace(ITEM, pages=(pages,)), RECORD, SHOWN)
    assert caught.value.field == "pages"


def test_pages_of_paper_are_taken_on_trust() -> None:
    paper = replace(RECORD, files=())
    item = item_of(replace(ITEM, pages=(PageRange(first=30, last=31),)), paper, SHOWN)
    assert item.page_count == 2
    assert item_of(ITEM, paper, SHOWN).page_count == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(1, 30), st.integers(0, 10)), min_size=1, max_size=8
    )
)
def test_a_page_named_twice_counts_once(ranges: list[tuple[int, int, int]]) -> None:
    pages = [
        PageRange(file_ordinal=ordinal, first=first, last=first + more)
        for ordinal, first, more in ranges
    ]
    different = {
        (each.file_ordinal, page) for each in pages for page in range(each.first, each.last + 1)
    }
    assert count_pages(pages, RECORD) == len(different)


def test_a_volume_is_told_from_an_item() -> None:
    def is_volume(volume: str, item: str) -> bool:
        about = replace(RECORD.description, volume=volume, item=item)
        return item_of(ITEM, replace(RECORD, description=about), SHOWN).is_volume

    assert is_volume("021", "")
    assert not is_volume("021", "3")
    assert not is_volume("", "")


@pytest.mark.parametrize("outcome", Outcome)
def test_something_found_has_items_and_nothing_found_has_none(outcome: Outcome) -> None:
    empty = NewEntry(search_id="s", outcome=outcome)
    full = replace(empty, items=(ITEM,))
    fits, does_not = (empty, full) if outcome is Outcome.NONE else (full, empty)
    check_entry(fits, Standing.OWN)
    with pytest.raises(RegisterRefusedError, match="items"):
        check_entry(does_not, Standing.OWN)


def test_a_record_is_listed_once_for_each_way_of_use() -> None:
    copied = replace(ITEM, mode=Mode.COPY, copies=1)
    entry = NewEntry(search_id="s", outcome=Outcome.FOUND, items=(ITEM, copied))
    check_entry(entry, Standing.OWN)
    with pytest.raises(RegisterRefusedError, match="twice"):
        check_entry(replace(entry, items=(ITEM, copied, ITEM)), Standing.OWN)


@pytest.mark.parametrize(("mode", "standing"), list(itertools.product(Mode, Standing)), ids=str)
def test_only_units_borrow(mode: Mode, standing: Standing) -> None:
    entry = NewEntry(
        search_id="s", outcome=Outcome.FOUND, items=(replace(ITEM, mode=mode, copies=1),)
    )
    if mode is Mode.LEND and standing is not Standing.UNIT:
        with pytest.raises(RegisterRefusedError, match="lending_needs_a_unit"):
            check_entry(entry, standing)
    else:
        check_entry(entry, standing)
