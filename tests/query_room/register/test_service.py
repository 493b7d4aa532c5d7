from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.records import RecordId
from indexer.repositories.withdrawals import withdraw_record
from query_room.errors import (
    EntryCorrectedError,
    EntryNotFoundError,
    InvalidFieldError,
    PermissionDeniedError,
    RegisterRefusedError,
    SearchOfAnotherVisitError,
    VisitClosedError,
    VisitNotFoundError,
)
from query_room.outcomes import Outcome
from query_room.register import (
    Mode,
    NewEntry,
    NewItem,
    PageRange,
    RegisterEntry,
)
from search_api.errors import SearchNotLoggedError
from search_api.log import erase, events_of_subject, load_search, verify
from tests.query_room.register.conftest import consult

if TYPE_CHECKING:
    from query_room.accounts import Account
    from tests.query_room.register.conftest import Desk


def test_what_was_used_is_registered_with_its_search_and_read_back(desk: Desk) -> None:
    approved = replace(
        consult(desk.controlled, Mode.COPY),
        pages=(PageRange(first=3, last=4),),
        copies=2,
        approver="馆长",
        basis="档案法第二十九条",
    )
    new = replace(desk.entry(consult(desk.opened), approved), remark="张建国取走两份")
    entry = desk.log(new)
    assert entry.entry_id == f"{desk.visit.visit_id}-01"
    assert (entry.search_id, entry.handler, entry.outcome) == (
        desk.search_id,
        "wang",
        Outcome.FOUND,
    )
    assert entry.remark == "张建国取走两份"
    first, second = entry.items
    assert first.archival_code == "Q012-1971-Y-0003"
    assert first.level == desk.opened.description.level
    assert (second.page_count, second.copies, second.approver) == (2, 2, "馆长")
    with reading(desk.counter.engine) as connection:
        logged = load_search(connection, desk.search_id).entry
    assert logged is not None
    assert {item.record_id: item.content_hash for item in entry.items} == {
        hit.record_id: hit.content_hash for hit in logged.hits
    }
    (event,) = events_of_subject(desk.counter.engine, entry.entry_id)
    assert event.kind == "register.entered"
    assert event.body is not None
    assert event.body["search_id"] == desk.search_id
    assert "张建国" not in str(event.body)
    assert verify(desk.counter.engine).is_whole


def test_nothing_found_is_registered_too(desk: Desk) -> None:
    entry = desk.log(desk.entry(outcome=Outcome.NONE))
    assert (entry.outcome, entry.items) == (Outcome.NONE, ())


def test_a_record_the_search_did_not_show_is_refused_unless_added_by_hand(desk: Desk) -> None:
    with pytest.raises(RegisterRefusedError, match="not_a_hit"):
        desk.log(desk.entry(consult(desk.volume)))
    by_hand = replace(consult(desk.volume), by_hand=True)
    entry = desk.log(desk.entry(consult(desk.opened), by_hand))
    assert [item.by_hand for item in entry.items] == [False, True]
    assert [item.is_volume for item in entry.items] == [False, True]
    without = desk.log(NewEntry(search_id=None, outcome=Outcome.FOUND, items=(by_hand,)))
    assert without.entry_id.endswith("-02")


def test_nothing_can_be_registered_that_the_handler_may_not_see(desk: Desk) -> None:
    hidden = NewItem(
        record_id=desk.hidden.record_id,
        mode=Mode.CONSULT,
        by_hand=True,
        approver="馆长",
        basis="馆长批准",
    )
    absent = replace(hidden, record_id=RecordId("raaaaaaaaaaaa"))
    for item in (hidden, absent):
        with pytest.raises(RecordNotFoundError):
            desk.log(desk.entry(item))
    assert desk.log(desk.entry(hidden), by=desk.counter.archivist).items


def test_entries_show_nobody_what_they_may_not_see(desk: Desk) -> None:
    counter = desk.counter
    hidden = replace(consult(desk.hidden), by_hand=True, approver="馆长", basis="馆长批准")
    made = desk.log(desk.entry(consult(desk.opened), hidden), by=counter.archivist)

    def shown(by: Account) -> list[RecordId]:
        entries = desk.register.of_visit(desk.visit.visit_id, by=by, viewer=counter.viewer(by))
        return [item.record_id for entry in entries for item in entry.items]

    assert shown(counter.archivist) == [desk.opened.record_id, desk.hidden.record_id]
    assert shown(counter.staff) == [desk.opened.record_id]
    assert [item.record_id for item in desk.load(made.entry_id).items] == shown(counter.staff)
    with writing(counter.engine) as connection:
        withdraw_record(connection, desk.opened.record_id, ground="误开放", by="li", at=utc_now())
    assert shown(counter.staff) == []


def test_an_entry_rests_on_a_search_of_its_own_visit(desk: Desk) -> None:
    counter = desk.counter
    elsewhere = counter.ask("“知青”").search_id
    item = consult(desk.opened)
    with pytest.raises(SearchOfAnotherVisitError):
        desk.log(NewEntry(search_id=elsewhere, outcome=Outcome.FOUND, items=(item,)))
    with pytest.raises(SearchNotLoggedError):
        desk.log(NewEntry(search_id="invented", outcome=Outcome.FOUND, items=(item,)))
    with reading(counter.engine) as connection:
        event_id = load_search(connection, desk.search_id).event_id
    erase(counter.engine, [event_id], "到期", "guo")
    with pytest.raises(RegisterRefusedError, match="search_erased"):
        desk.log(desk.entry(item))


def test_a_refused_entry_leaves_nothing(desk: Desk) -> None:
    unapproved = desk.entry(consult(desk.opened), consult(desk.controlled))
    with pytest.raises(RegisterRefusedError, match="needs_approval"):
        desk.log(replace(unapproved, remark="备注"))
    with reading(desk.counter.engine) as connection:
        assert connection.execute(text("SELECT * FROM register_entry")).all() == []
    kinds = {event.kind for event in events_of_subject(desk.counter.engine, desk.visit.visit_id)}
    assert "visit.text_written" not in kinds
    assert desk.log(desk.entry(consult(desk.opened))).entry_id.endswith("-01")


def test_too_much_is_refused_before_it_is_looked_up(desk: Desk) -> None:
    items = tuple(
        NewItem(record_id=RecordId(f"r{place:012d}"), mode=Mode.CONSULT) for place in range(201)
    )
    with pytest.raises(InvalidFieldError) as caught:
        desk.log(desk.entry(*items))
    assert caught.value.field == "items"


def test_nothing_is_registered_in_a_visit_that_ended_or_never_was(desk: Desk) -> None:
    counter = desk.counter
    counter.visits.close_visit(desk.visit.visit_id, by=counter.staff)
    with pytest.raises(VisitClosedError):
        desk.log(desk.entry(consult(desk.opened)))
    with pytest.raises(VisitNotFoundError):
        desk.register.log_entry(
            "20260101-001",
            desk.entry(consult(desk.opened)),
            by=counter.staff,
            viewer=counter.viewer(counter.staff),
        )


def test_a_wrong_entry_is_corrected_by_another_and_stays(desk: Desk) -> None:
    counter = desk.counter
    wrong = desk.log(desk.entry(consult(desk.opened)))
    counter.visits.close_visit(desk.visit.visit_id, by=counter.staff)

    def correct(entry_id: str, reason: str) -> RegisterEntry:
        new = desk.entry(replace(consult(desk.opened, Mode.COPY), copies=1))
        return desk.register.correct(
            entry_id,
            new,
            reason=reason,
            by=counter.colleague,
            viewer=counter.viewer(counter.colleague),
        )

    with pytest.raises(InvalidFieldError):
        correct(wrong.entry_id, " ")
    right = correct(wrong.entry_id, "实为复制")
    assert (right.corrects, right.reason, right.handler) == (wrong.entry_id, "实为复制", "zhao")
    old = desk.load(wrong.entry_id)
    assert old == replace(wrong, corrected_by=right.entry_id)
    with pytest.raises(EntryCorrectedError) as caught:
        correct(wrong.entry_id, "再改")
    assert caught.value.entry_id == right.entry_id
    assert correct(right.entry_id, "再改").corrects == right.entry_id
    with pytest.raises(EntryNotFoundError):
        correct("20260101-001-01", "没有")
    (event,) = events_of_subject(counter.engine, right.entry_id)
    assert event.kind == "register.corrected"
    assert event.body is not None
    assert event.body["corrects"] == wrong.entry_id


def test_numbers_within_a_visit_have_no_gaps_whoever_writes(desk: Desk) -> None:
    counter = desk.counter
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(
                lambda by: desk.log(desk.entry(consult(desk.opened)), by=by),
                (counter.staff, counter.colleague, counter.archivist, counter.second_archivist),
            )
        )
    assert sorted(entry.entry_id[-2:] for entry in made) == ["01", "02", "03", "04"]


def test_remarks_are_encrypted_and_go_with_the_person(desk: Desk) -> None:
    counter = desk.counter
    entry = desk.log(replace(desk.entry(consult(desk.opened)), remark="交张建国之子"))
    with reading(counter.engine) as connection:
        for table in ("register_entry", "log_body"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert "张建国" not in str(rows)
    counter.visits.erase_person(desk.visit.visit_id, ground="本人要求", by=counter.archivist)
    after = desk.load(entry.entry_id)
    assert after.remark is None
    assert after.items == entry.items
    assert verify(counter.engine).is_whole


def test_only_those_who_serve_visitors_see_the_register(desk: Desk) -> None:
    entry = desk.log(desk.entry(consult(desk.opened)))
    for account in (desk.counter.admin, desk.counter.auditor):
        viewer = desk.counter.viewer(account)
        with pytest.raises(PermissionDeniedError):
            desk.log(desk.entry(consult(desk.opened)), by=account)
        with pytest.raises(PermissionDeniedError):
            desk.load(entry.entry_id, by=account)
        with pytest.raises(PermissionDeniedError):
            desk.register.of_visit(desk.visit.visit_id, by=account, viewer=viewer)
    with pytest.raises(EntryNotFoundError):
        desk.load("20260101-001-01")
