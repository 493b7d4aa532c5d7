from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import text

from indexer.database import reading, utc_now, writing
from query_room.accounts import NewAccount, Role
from query_room.audit import LogQuestion
from query_room.audit.service import MAX_FINDINGS_KEPT, PAGE_SIZE
from query_room.errors import InvalidFieldError, PermissionDeniedError
from search_api.china_time import day_in_china
from search_api.errors import EventNotFoundError
from search_api.log import EventKind, NewEvent, append, inspection, seal, verify
from search_api.log.inspection import BodyState, EventFilter
from search_api.log.model import Problem
from tests.search_api.log.tampering import tampering

if TYPE_CHECKING:
    from collections.abc import Callable

    from query_room.accounts import Account
    from query_room.audit import AuditService
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def auditor(room: Room) -> Account:
    return account(room, "sun", Role.AUDITOR)


@pytest.fixture
def audit(room: Room) -> AuditService:
    return room.audit


def account(room: Room, name: str, role: Role) -> Account:
    new = NewAccount(name=name, display_name=name, role=role)
    return room.accounts.create(new, "liu-yue-de-feng", by="test")


def today() -> dt.date:
    return day_in_china(utc_now())


def readings(room: Room) -> list[object]:
    """What the log itself tells of its readers."""
    with reading(room.engine) as connection:
        wanted = EventFilter(kinds=[EventKind.LOG_READ])
        return [event.body for event in inspection.find(connection, wanted, limit=1000)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_an_auditor_reads_the_log(room: Room, role: Role) -> None:
    other = account(room, "other", role)
    attempts: list[Callable[[], object]] = [
        lambda: room.audit.day(LogQuestion(day=today()), by=other),
        lambda: room.audit.event(1, by=other),
        lambda: room.audit.heads(today(), by=other),
        lambda: room.audit.verify({}, by=other),
        lambda: room.audit.verification(1, by=other),
        lambda: room.audit.verifications(1, by=other),
    ]
    before = verify(room.engine).event_count
    for attempt in attempts:
        with pytest.raises(PermissionDeniedError):
            attempt()
    assert verify(room.engine).event_count == before


def test_a_day_holds_what_happened_on_it_and_reading_it_is_written_down(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    page = audit.day(LogQuestion(day=today()), by=auditor)
    assert [event.kind for event in page.events] == ["account.added"]
    again = audit.day(LogQuestion(day=today(), kind=EventKind.LOG_READ, actor="sun"), by=auditor)
    assert [event.actor for event in again.events] == ["sun"]
    assert readings(room) == [
        {
            "by": "sun",
            "what": "day",
            "day": today().isoformat(),
            "kind": kind,
            "actor": actor,
            "page": 1,
        }
        for kind, actor in ((None, ""), ("log.read", "sun"))
    ]


def test_a_day_is_a_day_in_china(room: Room, audit: AuditService) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 1, 16, 30, tzinfo=dt.UTC), tick=False):
        made = account(room, "sun", Role.AUDITOR)
        assert audit.day(LogQuestion(day=dt.date(2026, 3, 2)), by=made).total == 1
        assert audit.day(LogQuestion(day=dt.date(2026, 3, 1)), by=made).total == 0


@pytest.mark.parametrize("day", [dt.date.max, dt.date.min, dt.date(1999, 12, 31)])
def test_a_day_that_cannot_be_is_refused(
    audit: AuditService, auditor: Account, day: dt.date
) -> None:
    with pytest.raises(InvalidFieldError):
        audit.day(LogQuestion(day=day), by=auditor)
    with pytest.raises(InvalidFieldError):
        audit.heads(day, by=auditor)


def test_a_long_day_has_pages_and_none_beyond(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    for _ in range(PAGE_SIZE):
        room.accounts.sign_out(auditor, terminal="t")
    wanted = {"day": today(), "kind": EventKind.SIGNED_OUT}
    assert audit.day(LogQuestion(**wanted), by=auditor).page_count == 1  # type: ignore[arg-type]
    room.accounts.sign_out(auditor, terminal="t")
    second = audit.day(LogQuestion(**wanted, page=2), by=auditor)  # type: ignore[arg-type]
    assert (len(second.events), second.total, second.page_count) == (1, PAGE_SIZE + 1, 2)
    for page in (0, 3):
        with pytest.raises(InvalidFieldError):
            audit.day(LogQuestion(**wanted, page=page), by=auditor)  # type: ignore[arg-type]


def test_an_event_comes_with_what_else_happened_to_its_subject(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    room.accounts.sign_out(auditor, terminal="t")
    event, related = audit.event(1, by=auditor)
    assert (event.kind, event.actor) == ("account.added", "test")
    assert [each.kind for each in related] == ["account.signed_out"]
    with pytest.raises(EventNotFoundError):
        audit.event(4711, by=auditor)
    with pytest.raises(EventNotFoundError):
        audit.event(2**62, by=auditor)


def test_things_of_one_number_are_not_taken_for_one_another(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    with writing(room.engine) as connection:
        numbers = [
            append(connection, NewEvent(at=utc_now(), kind=kind, subject="1", body={"by": "li"}))
            for kind in (EventKind.BATCH_UNDONE, EventKind.ROLLED_BACK, EventKind.REBUILD_BEGUN)
        ]
    assert audit.event(numbers[0], by=auditor)[1] == ()
    (other,) = audit.event(numbers[1], by=auditor)[1]
    assert other.event_id == numbers[2]


def test_of_a_search_the_question_is_seen_and_the_records_by_number_alone(
    audit: AuditService, auditor: Account, archive: SmallArchive
) -> None:
    archive.add("红旗公社知青名单", "一九七一年回城", 档号="Q012-1971-Y-0003")
    archive.run()
    answer = archive.ask("一九七一年")
    page = audit.day(LogQuestion(day=today(), kind=EventKind.SEARCHED), by=auditor)
    body = page.events[0].body
    assert body is not None
    assert body.fields["text"] == "一九七一年"
    assert body.fields["total"] == 1
    assert answer.hits[0].record.record_id in str(body.fields)
    for content in ("红旗公社", "Q012", "回城"):
        assert content not in str(body)


def test_a_whole_log_is_verified_and_the_outcome_kept(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    made = seal(room.engine)
    assert made is not None
    number = audit.verify({made.number: made.digest}, by=auditor)
    outcome = audit.verification(number, by=auditor)
    assert outcome.is_whole
    assert (outcome.by, outcome.events, outcome.unsealed, outcome.seals) == ("sun", 1, 0, 1)
    assert outcome.head == (made.number, made.digest)
    assert outcome.compared == (made.number,)
    assert audit.verifications(5, by=auditor) == (outcome,)


def test_before_the_first_seal_there_is_no_head(audit: AuditService, auditor: Account) -> None:
    outcome = audit.verification(audit.verify({}, by=auditor), by=auditor)
    assert (outcome.head, outcome.unsealed, outcome.is_whole) == (None, 1, True)


def test_a_log_that_was_meddled_with_is_found_out(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    seal(room.engine)
    with tampering(room.engine) as connection:
        connection.execute(text("UPDATE log_event SET subject = 'li'"))
    outcome = audit.verification(audit.verify({1: "0" * 64}, by=auditor), by=auditor)
    assert not outcome.is_whole
    found = {(each.problem, each.event_id, each.seal_number) for each in outcome.findings}
    assert found == {(Problem.CHANGED, 1, 1), (Problem.HEAD_DIFFERS, None, 1)}


def test_a_log_rewritten_from_end_to_end_keeps_the_first_findings(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    for _ in range(MAX_FINDINGS_KEPT + 1):
        room.accounts.sign_out(auditor, terminal="t")
    with tampering(room.engine) as connection:
        connection.execute(text("UPDATE log_body SET body = '{}'"))
    outcome = audit.verification(audit.verify({}, by=auditor), by=auditor)
    assert len(outcome.findings) == MAX_FINDINGS_KEPT
    assert outcome.finding_count == MAX_FINDINGS_KEPT + 2


def test_a_verification_that_was_itself_rewritten_is_none(
    room: Room, audit: AuditService, auditor: Account
) -> None:
    number = audit.verify({}, by=auditor)
    with tampering(room.engine) as connection:
        connection.execute(text(f"UPDATE log_body SET body = '{{}}' WHERE event_id = {number}"))
    with pytest.raises(EventNotFoundError):
        audit.verification(number, by=auditor)
    assert audit.verifications(5, by=auditor) == ()
    event, _ = audit.event(number, by=auditor)
    assert event.state is BodyState.DAMAGED


def test_another_event_is_no_verification(audit: AuditService, auditor: Account) -> None:
    with pytest.raises(EventNotFoundError):
        audit.verification(1, by=auditor)


def test_heads_are_those_of_the_months_days(room: Room, audit: AuditService) -> None:
    with time_machine.travel(dt.datetime(2026, 2, 28, 4, tzinfo=dt.UTC), tick=False) as clock:
        made = account(room, "sun", Role.AUDITOR)
        first = seal(room.engine)
        clock.move_to(dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC))
        room.accounts.sign_out(made, terminal="t")
        seal(room.engine)
        room.accounts.sign_out(made, terminal="t")
        last = seal(room.engine)
        assert first is not None
        assert last is not None
        february = audit.heads(dt.date(2026, 2, 1), by=made)
        march = audit.heads(dt.date(2026, 3, 1), by=made)
    assert [(head.day.day, head.seal.digest) for head in february] == [(28, first.digest)]
    assert [(head.day.day, head.seal.digest) for head in march] == [(1, last.digest)]
