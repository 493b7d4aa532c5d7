"""Old registers kept, reported, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from indexer.database import reading
from query_room.ledgers import LedgerKind, LedgerRefusedError, LedgerRequests, MonthOfVisits
from query_room.organs import OrganNotFoundError
from query_room.reports.model import TableName
from query_room.statute.codes import ApplicantCategory
from query_room.tables import ledger_balance, ledger_month, ledger_request
from search_api.log import events_of_subject, verify
from search_api.tables import log_body
from tests.query_room.ledgers.books import HEAD, REGISTER, book

if TYPE_CHECKING:
    from query_room.room import Room

BALANCE = book(("年度", "类别", "数量"), (2025, "自然人", 12), (2025, "商业企业", 3))
VISITS = book(("月份", "人次", "卷次"), ("2008年3月", 5, 7))


def organ_of(room: Room) -> str:
    return room.organs.list_all()[0].organ_id


def kept(room: Room, content: bytes, kind: LedgerKind = LedgerKind.REQUESTS) -> int:
    shown = room.ledgers.preview(content, kind, organ_of(room))
    return room.ledgers.confirm(content, shown, by="test")


def refused(room: Room, content: bytes, kind: LedgerKind = LedgerKind.REQUESTS) -> str:
    with pytest.raises(LedgerRefusedError) as raised:
        kept(room, content, kind)
    return raised.value.reason


def test_a_look_keeps_nothing(room: Room) -> None:
    shown = room.ledgers.preview(REGISTER, LedgerKind.REQUESTS, organ_of(room))
    assert (shown.count, shown.bad_rows) == (3, 5)
    assert room.ledgers.imports() == []
    assert LedgerRequests(engine=room.engine).for_report([organ_of(room)], 2008) == []


def test_what_is_confirmed_is_in_the_annual_report(room: Room) -> None:
    number = kept(room, REGISTER)
    organ_id = organ_of(room)
    found = LedgerRequests(engine=room.engine).for_report([organ_id], 2008)
    assert [each.request_id for each in found] == [
        f"{organ_id.upper()}-L{number}-{place:05d}" for place in (1, 2, 3)
    ]
    assert LedgerRequests(engine=room.engine).for_report([organ_id], 2007) == []
    assert LedgerRequests(engine=room.engine).for_report(["elsewhere"], 2008) == []
    later = book(
        HEAD,
        ("1", "", "", "自然人", "2023-06-02", "公开", "2023-06-03"),
        ("2", "", "", "自然人", "2023-06-02", "撤回", "2024-06-03"),
    )
    kept(room, later)
    tables = room.reports.draft(2023, organ_id).tables
    counted = {row: tables.count(TableName.REQUESTS, row) for row in ("N1", "N2", "A1", "N4")}
    # The one of 2008 that never ended is carried over from year to year.
    assert counted == {"N1": 2, "N2": 1, "A1": 1, "N4": 2}


def test_the_log_says_which_file_and_how_many_rows_and_nobody_s_name(room: Room) -> None:
    number = kept(room, REGISTER)
    room.ledgers.undo(number, by="test")
    subject = f"{organ_of(room).upper()}-L{number}"
    told = events_of_subject(room.engine, subject)
    assert [each.kind for each in told] == ["ledger.imported", "ledger.undone"]
    body = told[0].body
    assert body is not None
    assert (body["row_count"], body["bad_count"], len(str(body["file_hash"]))) == (3, 5, 64)
    with reading(room.engine) as connection:
        everything = repr(connection.execute(select(log_body)).all())
    assert "李秀英" not in everything
    assert verify(room.engine).is_whole


def test_the_same_file_is_known_again_until_it_is_undone(room: Room) -> None:
    number = kept(room, REGISTER)
    shown = room.ledgers.preview(REGISTER, LedgerKind.REQUESTS, organ_of(room))
    assert shown.imported_as == number
    assert refused(room, REGISTER) == "imported_before"
    room.ledgers.undo(number, by="test")
    assert kept(room, REGISTER) > number


def test_another_file_with_the_same_requests_brings_none_twice(room: Room) -> None:
    kept(room, REGISTER)
    again = book(HEAD, ("3", "", "", "自然人", "2008-12-30", "", ""))
    shown = room.ledgers.preview(again, LedgerKind.REQUESTS, organ_of(room))
    assert [each.reason for each in shown.bad] == ["twice"]
    assert refused(room, again) == "nothing_to_import"


def test_only_what_was_shown_is_kept(room: Room) -> None:
    shown = room.ledgers.preview(REGISTER, LedgerKind.REQUESTS, organ_of(room))
    other = book(HEAD, ("9", "", "", "自然人", "2008-12-30", "", ""))
    with pytest.raises(LedgerRefusedError, match="changed_since"):
        room.ledgers.confirm(other, shown, by="test")
    assert room.ledgers.imports() == []


def test_an_import_taken_back_leaves_nothing_but_its_line(room: Room) -> None:
    numbers = [
        kept(room, REGISTER),
        kept(room, BALANCE, LedgerKind.BALANCES),
        kept(room, VISITS, LedgerKind.VISITS),
    ]
    for number in numbers:
        room.ledgers.undo(number, by="test")
    with reading(room.engine) as connection:
        for table in (ledger_request, ledger_balance, ledger_month):
            assert connection.execute(select(table)).all() == []
    assert all(each.undone_at for each in room.ledgers.imports())
    assert room.reports.opening_balance(organ_of(room)) is None
    with pytest.raises(LedgerRefusedError, match="not_there"):
        room.ledgers.undo(numbers[0], by="test")
    with pytest.raises(LedgerRefusedError, match="not_there"):
        room.ledgers.undo(999, by="test")


def test_an_opening_balance_is_set_once_and_undone_only_while_it_stands(room: Room) -> None:
    number = kept(room, BALANCE, LedgerKind.BALANCES)
    organ_id = organ_of(room)
    found = room.reports.opening_balance(organ_id)
    assert found is not None
    year, counts = found
    assert (year, counts[ApplicantCategory.NATURAL], counts[ApplicantCategory.BUSINESS]) == (
        2025,
        12,
        3,
    )
    other = book(("年度", "类别", "数量"), (2025, "自然人", 1))
    assert refused(room, other, LedgerKind.BALANCES) == "has_balance"
    room.reports.set_opening_balance(2025, organ_id, {ApplicantCategory.NATURAL: 9}, by="test")
    with pytest.raises(LedgerRefusedError, match="changed_since"):
        room.ledgers.undo(number, by="test")


def test_an_opening_balance_is_of_one_year(room: Room) -> None:
    two = book(("年度", "类别", "数量"), (2024, "自然人", 1), (2025, "自然人", 1))
    assert refused(room, two, LedgerKind.BALANCES) == "several_years"
    assert room.ledgers.imports() == []


def test_visits_of_several_files_are_added_up(room: Room) -> None:
    kept(room, VISITS, LedgerKind.VISITS)
    kept(room, book(("月份", "人次"), ("2008-03", 2)), LedgerKind.VISITS)
    month = MonthOfVisits(month=dt.date(2008, 3, 1), visits=7, volumes=7, items=0, pages=0)
    assert room.ledgers.months(organ_of(room)) == [month]
    assert room.ledgers.months("elsewhere") == []


def test_an_unknown_organ_has_no_register(room: Room) -> None:
    with pytest.raises(OrganNotFoundError):
        room.ledgers.preview(REGISTER, LedgerKind.REQUESTS, "elsewhere")
