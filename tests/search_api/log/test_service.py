from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from indexer.database import reading, writing
from search_api.errors import ErasureRefusedError, EventNotFoundError
from search_api.log import (
    EventKind,
    NewEvent,
    append,
    erase,
    events_of_day,
    events_of_subject,
    head_of_day,
    seal,
    unsealed_count,
    verify,
)
from search_api.log import service as log_service
from tests.search_api.log.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine


def test_an_event_stands_only_if_its_transaction_does(database: Engine) -> None:
    event = NewEvent(at=NOON, kind=EventKind.SIGNED_IN, subject="wang", body={})
    with database.connect() as connection, connection.begin() as transaction:
        append(connection, event)
        transaction.rollback()
    assert events_of_subject(database, "wang") == []
    with writing(database) as connection:
        append(connection, event)
    assert [found.kind for found in events_of_subject(database, "wang")] == ["account.signed_in"]
    assert verify(database).event_count == 1


def test_what_was_said_comes_back_as_it_was(database: Engine) -> None:
    body = {"查询": "低保 “2008”\n\x00\ud83d", "页": [1, 2], "无": None, "真": True}
    with writing(database) as connection:
        append(connection, NewEvent(at=NOON, kind=EventKind.USED, subject="r1", body=body))
    (found,) = events_of_subject(database, "r1")
    assert found.body == body
    assert found.at == NOON
    assert verify(database).is_whole


def test_every_event_is_sealed_once(
    database: Engine,
    write_events: Callable[[int], list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_service, "MAX_SEALED_AT_ONCE", 4)
    write_events(10)
    last = seal(database)
    assert last is not None
    assert (last.number, last.event_count) == (3, 2)
    assert seal(database) is None
    report = verify(database)
    assert report.is_whole
    assert (report.event_count, report.unsealed_count, report.seal_count) == (10, 0, 3)
    assert report.head == last


def test_a_log_without_events_is_whole(database: Engine) -> None:
    assert seal(database) is None
    report = verify(database)
    assert report.is_whole
    assert report.head is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_event SET kind = 'x'",
        "UPDATE log_event SET at = at",
        "DELETE FROM log_event",
        "UPDATE log_body SET body = '{}'",
        "UPDATE log_body SET salt = NULL, body = NULL",
        "UPDATE log_body SET erased_at = CURRENT_TIMESTAMP, erase_ground = 'x'",
        "DELETE FROM log_body",
        "UPDATE log_seal SET number = number + 1",
        "DELETE FROM log_seal",
        "UPDATE log_seal_member SET seal_number = 2",
        "DELETE FROM log_seal_member",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(
    database: Engine, sealed_events: list[int], statement: str
) -> None:
    assert sealed_events
    with pytest.raises(DBAPIError, match="append-only"), writing(database) as connection:
        connection.execute(text(statement))
    assert verify(database).is_whole


def test_rows_can_be_neither_replaced_nor_truncated(
    database: Engine, sealed_events: list[int]
) -> None:
    if database.dialect.name == "sqlite":
        statements = [
            (
                f"INSERT OR REPLACE INTO log_event SELECT event_id, at, 'x', subject, commitment "
                f"FROM log_event WHERE event_id = {sealed_events[0]}"
            ),
            (
                f"INSERT OR REPLACE INTO log_body SELECT * FROM log_body "
                f"WHERE event_id = {sealed_events[0]}"
            ),
        ]
    else:
        statements = ["TRUNCATE log_event CASCADE", "TRUNCATE log_body", "TRUNCATE log_seal"]
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"), writing(database) as connection:
            connection.execute(text(statement))


def test_erasing_takes_what_was_said_and_leaves_the_chain_whole(
    database: Engine, sealed_events: list[int], write_events: Callable[[int], list[int]]
) -> None:
    waiting = write_events(1)
    erased = [sealed_events[0], sealed_events[4], waiting[0]]
    proof = erase(database, erased, "个人信息保护法第四十七条", "guo")

    with reading(database) as connection:
        rows = connection.execute(text("SELECT event_id, salt, body FROM log_body")).all()
    assert sorted(row.event_id for row in rows if row.salt is None and row.body is None) == erased
    report = verify(database)
    assert report.is_whole
    assert report.erased_count == 3
    assert seal(database) is not None
    assert verify(database).is_whole

    (found,) = events_of_subject(database, "log")
    assert found.event_id == proof
    assert found.body == {"events": erased, "ground": "个人信息保护法第四十七条", "by": "guo"}
    # A second time changes nothing, but is told of too.
    erase(database, erased, "再次", "guo")
    assert verify(database).is_whole


def test_an_erasure_needs_a_ground_an_event_and_no_proof(
    database: Engine, sealed_events: list[int]
) -> None:
    proof = erase(database, sealed_events[:1], "到期", "guo")
    with pytest.raises(ErasureRefusedError):
        erase(database, sealed_events[1:2], "  ", "guo")
    with pytest.raises(ErasureRefusedError):
        erase(database, [sealed_events[1], proof], "到期", "guo")
    with pytest.raises(EventNotFoundError):
        erase(database, [sealed_events[1], 999_999], "到期", "guo")
    assert verify(database).erased_count == 1


def test_the_head_of_a_day_is_the_last_seal_of_that_day_in_china(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    made = []
    for moment in ("2026-03-01T15:59:59Z", "2026-03-01T16:00:00Z", "2026-03-02T15:59:59Z"):
        write_events(1)
        with time_machine.travel(moment, tick=False):
            made.append(seal(database))
    head = head_of_day(database, dt.date(2026, 3, 2))
    assert head is not None
    assert head.seal == made[2]
    first = head_of_day(database, dt.date(2026, 3, 1))
    assert first is not None
    assert first.seal == made[0]
    assert head_of_day(database, dt.date(2026, 3, 3)) is None


def test_an_auditor_reads_a_day_in_portions(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    numbers = write_events(5)
    day = dt.date(2026, 3, 2)
    first = events_of_day(database, day, limit=3)
    rest = events_of_day(database, day, after=first[-1].event_id, limit=3)
    assert [event.event_id for event in (*first, *rest)] == numbers
    assert events_of_day(database, day, kinds=[EventKind.SIGNED_IN]) == []
    assert len(events_of_day(database, day, kinds=[EventKind.USED])) == 5
    assert events_of_day(database, dt.date(2026, 3, 1)) == []


@pytest.mark.parametrize(
    # SQLite has one writer: there, numbers commit in order.
    "database_url",
    [pytest.param("postgresql", marks=pytest.mark.postgresql)],
    indirect=True,
)
def test_an_event_that_commits_late_goes_into_the_next_seal(database: Engine) -> None:
    event = NewEvent(at=NOON, kind=EventKind.SIGNED_IN, subject="a")
    with writing(database) as slow:
        late = append(slow, event)
        with writing(database) as quick:
            early = append(quick, event)
        assert late < early
        first = seal(database)
        assert first is not None
        assert (first.first_event, first.last_event) == (early, early)
    second = seal(database)
    assert second is not None
    assert (second.first_event, second.last_event) == (late, late)
    report = verify(database)
    assert report.is_whole
    assert report.unsealed_count == 0


def test_many_writers_and_sealers_leave_one_whole_chain(database: Engine) -> None:
    done = threading.Event()

    def write(writer: int) -> None:
        for place in range(12):
            with writing(database) as connection:
                append(
                    connection,
                    NewEvent(at=NOON, kind=EventKind.USED, subject=f"{writer}", body={"n": place}),
                )

    def keep_sealing() -> None:
        while not done.is_set():
            seal(database)

    with ThreadPoolExecutor(6) as pool:
        sealers = [pool.submit(keep_sealing) for _ in range(2)]
        writers = [pool.submit(write, writer) for writer in range(4)]
        for writer in writers:
            writer.result()
        done.set()
        for sealer in sealers:
            sealer.result()
    seal(database)
    report = verify(database)
    assert report.is_whole, report.findings[:5]
    assert (report.event_count, report.unsealed_count) == (48, 0)


def test_what_no_seal_vouches_for_yet_is_counted(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    assert unsealed_count(database) == 0
    write_events(3)
    assert unsealed_count(database) == 3
    seal(database)
    assert unsealed_count(database) == 0
