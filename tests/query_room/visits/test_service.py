from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import text

from indexer.database import reading
from query_room.accounts import NewAccount, Role
from query_room.errors import (
    InvalidFieldError,
    PermissionDeniedError,
    PersonErasedError,
    VisitAlreadyOpenError,
    VisitClosedError,
    VisitNotFoundError,
)
from query_room.visits import IdentityKind, Visitor
from search_api.log import events_of_subject, searches_of_visit, verify
from tests.query_room.counter import ZHANG

if TYPE_CHECKING:
    from pathlib import Path

    from tests.query_room.counter import Counter


def test_a_visit_is_opened_used_and_closed(counter: Counter) -> None:
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False):
        visit = counter.open_visit()
    assert visit.visit_id == "20260302-001"
    assert visit.is_open
    assert counter.visits.current_visit(counter.staff) == visit
    assert counter.visits.current_visit(counter.colleague) is None

    answer = counter.ask("知青", visit.visit_id)
    with reading(counter.engine) as connection:
        (search,) = searches_of_visit(connection, visit.visit_id)
    assert search.search_id == answer.search_id

    closed = counter.visits.close_visit(visit.visit_id, by=counter.colleague)
    assert (closed.is_open, closed.closed_by) == (False, "zhao")
    assert counter.visits.current_visit(counter.staff) is None
    with pytest.raises(VisitClosedError):
        counter.visits.close_visit(visit.visit_id, by=counter.staff)
    kinds = [event.kind for event in events_of_subject(counter.engine, visit.visit_id)]
    assert kinds == ["visit.opened", "visit.visitor_identified", "visit.closed"]
    assert verify(counter.engine).is_whole


def test_a_counter_serves_one_visitor_at_a_time(counter: Counter) -> None:
    visit = counter.open_visit()
    with pytest.raises(VisitAlreadyOpenError) as caught:
        counter.open_visit()
    assert caught.value.visit_id == visit.visit_id
    assert counter.open_visit(by=counter.colleague).visit_id != visit.visit_id
    counter.visits.close_visit(visit.visit_id, by=counter.staff)
    assert counter.open_visit().is_open


def test_numbers_of_a_day_have_no_gaps_however_many_counters_open_at_once(
    counter: Counter,
) -> None:
    people = [
        counter.accounts.create(
            NewAccount(name=f"counter-{place}", display_name="窗口", role=Role.STAFF),
            "清河区查询室2026",
            by="test",
        )
        for place in range(6)
    ]
    with time_machine.travel("2026-03-02T15:59:59Z", tick=False) as clock:
        with ThreadPoolExecutor(6) as pool:
            made = list(pool.map(lambda account: counter.open_visit(by=account), people))
        assert sorted(visit.visit_id for visit in made) == [
            f"20260302-{number:03d}" for number in range(1, 7)
        ]
        clock.shift(dt.timedelta(seconds=1))
        assert counter.open_visit().visit_id == "20260303-001"
    day = counter.visits.visits_of_day(dt.date(2026, 3, 2), by=counter.staff)
    assert len(day) == 6


def test_one_account_opens_one_visit_however_often_it_clicks(counter: Counter) -> None:
    def click(_place: int) -> str:
        try:
            return counter.open_visit().visit_id
        except VisitAlreadyOpenError as error:
            return error.visit_id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert verify(counter.engine).is_whole


def test_the_database_does_not_know_who_came(counter: Counter, tmp_path: Path) -> None:
    visit = counter.open_visit()
    assert visit.visitor == ZHANG.masked()
    personal = (ZHANG.name, ZHANG.phone, ZHANG.identity_number, ZHANG.organisation)
    if counter.engine.dialect.name == "sqlite":
        content = b"".join(path.read_bytes() for path in tmp_path.glob("query_room.db*"))
        assert visit.visit_id.encode() in content
        for value in personal:
            assert value.encode() not in content
    with reading(counter.engine) as connection:
        for table in ("visit", "log_event", "log_body"):
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert not any(value in rows for value in personal)


def test_the_full_data_is_shown_for_a_ground_and_on_record(counter: Counter) -> None:
    visit = counter.open_visit()
    with pytest.raises(InvalidFieldError):
        counter.visits.reveal(visit.visit_id, ground=" ", by=counter.staff)
    shown = counter.visits.reveal(visit.visit_id, ground="核对介绍信", by=counter.colleague)
    assert shown == ZHANG
    revealed = [
        event.body
        for event in events_of_subject(counter.engine, visit.visit_id)
        if event.kind == "visit.visitor_revealed"
    ]
    assert revealed == [{"ground": "核对介绍信", "by": "zhao"}]


def test_a_visitor_is_erased_and_the_visit_stays(counter: Counter) -> None:
    visit = counter.open_visit()
    answer = counter.ask("无此内容", visit.visit_id)
    counter.handovers.ask(visit.visit_id, answer.search_id, "张建国找他父亲", by=counter.staff)
    counter.visits.close_visit(visit.visit_id, by=counter.staff)
    with pytest.raises(PermissionDeniedError):
        counter.visits.erase_person(visit.visit_id, ground="本人要求", by=counter.staff)
    counter.visits.erase_person(visit.visit_id, ground="本人要求", by=counter.archivist)

    after = counter.visits.load(visit.visit_id, by=counter.staff)
    assert after.visitor is None
    assert after.purpose == visit.purpose
    with pytest.raises(PersonErasedError):
        counter.visits.reveal(visit.visit_id, ground="查", by=counter.archivist)
    (handover,) = counter.handovers.of_visit(
        visit.visit_id, by=counter.staff, viewer=counter.viewer(counter.staff)
    )
    assert handover.note is None
    with reading(counter.engine) as connection:
        row = connection.execute(text("SELECT identity_digest, phone_digest FROM visit")).one()
    assert tuple(row) == (None, None)
    report = verify(counter.engine)
    assert report.is_whole
    assert report.erased_count == 2


def test_the_same_person_is_recognised_without_being_readable(counter: Counter) -> None:
    first = counter.open_visit()
    counter.visits.close_visit(first.visit_id, by=counter.staff)
    other = counter.open_visit(replace(ZHANG, identity_number="150204199002305678"))
    counter.visits.close_visit(other.visit_id, by=counter.staff)
    unnamed = counter.open_visit(Visitor(name="王", identity_kind=IdentityKind.NONE))
    counter.visits.close_visit(unnamed.visit_id, by=counter.staff)
    again = counter.open_visit(replace(ZHANG, name="张 建国", phone=""))

    def others(visit_id: str) -> list[str]:
        found = counter.visits.visits_of_same_person(visit_id, by=counter.staff)
        return [visit.visit_id for visit in found]

    assert others(again.visit_id) == [first.visit_id]
    assert others(unnamed.visit_id) == []
    counter.visits.erase_person(first.visit_id, ground="本人要求", by=counter.archivist)
    assert others(again.visit_id) == []


def test_only_those_who_serve_visitors_see_visits(counter: Counter) -> None:
    visit = counter.open_visit()
    for account in (counter.admin, counter.auditor):
        assert counter.visits.current_visit(account) is None
        for attempt in (
            lambda account=account: counter.open_visit(by=account),
            lambda account=account: counter.visits.load(visit.visit_id, by=account),
            lambda account=account: counter.visits.close_visit(visit.visit_id, by=account),
            lambda account=account: counter.visits.reveal(
                visit.visit_id, ground="看看", by=account
            ),
            lambda account=account: counter.visits.erase_person(
                visit.visit_id, ground="看看", by=account
            ),
            lambda account=account: counter.visits.visits_of_day(dt.date(2026, 3, 2), by=account),
            lambda account=account: counter.visits.visits_of_same_person(
                visit.visit_id, by=account
            ),
        ):
            with pytest.raises(PermissionDeniedError):
                attempt()


def test_a_visit_that_never_was_is_told_so(counter: Counter) -> None:
    for attempt in (
        lambda: counter.visits.load("20260302-001", by=counter.staff),
        lambda: counter.visits.close_visit("x", by=counter.staff),
        lambda: counter.visits.reveal("x", ground="看看", by=counter.staff),
        lambda: counter.visits.erase_person("x", ground="看看", by=counter.archivist),
        lambda: counter.visits.visits_of_same_person("x", by=counter.staff),
    ):
        with pytest.raises(VisitNotFoundError):
            attempt()
