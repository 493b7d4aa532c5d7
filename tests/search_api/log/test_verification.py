"""Whoever changes one row of the log is found out, and the report names the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from indexer.database import migrate, open_database, writing
from search_api.log import EventKind, NewEvent, append, erase, seal, verify
from search_api.log.model import Problem
from tests.search_api.log.conftest import NOON
from tests.search_api.log.tampering import tampering

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from search_api.log import VerifyReport


def named(report: VerifyReport) -> set[int | None]:
    return {finding.event_id for finding in report.findings}


def problems(report: VerifyReport) -> set[Problem]:
    return {finding.problem for finding in report.findings}


def run(database: Engine, statement: str, **values: object) -> VerifyReport:
    with tampering(database) as connection:
        connection.execute(text(statement), values)
    return verify(database)


@pytest.mark.parametrize(
    "change",
    ["kind = 'x'", "subject = subject || '1'", "commitment = :hash", "at = '2020-01-01 00:00:00'"],
)
def test_a_changed_event_is_named(database: Engine, sealed_events: list[int], change: str) -> None:
    statement = f"UPDATE log_event SET {change} WHERE event_id = :event"
    values = {"hash": "0" * 64} if ":hash" in change else {}
    report = run(database, statement, event=sealed_events[4], **values)
    assert named(report) == {sealed_events[4]}
    assert Problem.CHANGED in problems(report)


@pytest.mark.parametrize("change", ["body = '{}'", "salt = :salt", "salt = NULL", "body = NULL"])
def test_a_changed_body_is_named(database: Engine, sealed_events: list[int], change: str) -> None:
    statement = f"UPDATE log_body SET {change} WHERE event_id = :event"
    values = {"salt": "0" * 32} if ":salt" in change else {}
    report = run(database, statement, event=sealed_events[4], **values)
    assert [(f.problem, f.event_id) for f in report.findings] == [
        (Problem.BODY_CHANGED, sealed_events[4])
    ]


def test_a_body_erased_behind_the_logs_back_is_named(
    database: Engine, sealed_events: list[int]
) -> None:
    report = run(
        database,
        "UPDATE log_body SET salt = NULL, body = NULL, erased_at = '2026-01-01 00:00:00', "
        "erase_ground = 'x' WHERE event_id = :event",
        event=sealed_events[2],
    )
    assert [(f.problem, f.event_id) for f in report.findings] == [
        (Problem.ERASED_UNRECORDED, sealed_events[2])
    ]


def test_a_ground_changed_after_an_erasure_is_named(
    database: Engine, sealed_events: list[int]
) -> None:
    erase(database, sealed_events[:1], "到期", "guo")
    report = run(
        database,
        "UPDATE log_body SET erase_ground = '其他' WHERE event_id = :event",
        event=sealed_events[0],
    )
    assert named(report) == {sealed_events[0]}


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("log_event", Problem.MISSING),
        ("log_body", Problem.BODY_MISSING),
        ("log_seal_member", Problem.ADDED),  # neither in a seal nor waiting for one
    ],
)
def test_a_removed_row_is_named(
    database: Engine, sealed_events: list[int], table: str, problem: Problem
) -> None:
    report = run(database, f"DELETE FROM {table} WHERE event_id = :event", event=sealed_events[8])
    assert (problem, sealed_events[8]) in {(f.problem, f.event_id) for f in report.findings}


def test_an_event_removed_before_it_was_sealed_is_named(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    events = write_events(3)
    report = run(database, "DELETE FROM log_event WHERE event_id = :event", event=events[1])
    assert (Problem.MISSING, events[1]) in {(f.problem, f.event_id) for f in report.findings}
    assert report.unsealed_count == 2


def test_an_added_event_is_named(database: Engine, sealed_events: list[int]) -> None:
    report = run(
        database,
        "INSERT INTO log_event (event_id, at, kind, subject, commitment) "
        "SELECT :new, at, kind, subject, commitment FROM log_event WHERE event_id = :old",
        new=sealed_events[8] + 50,
        old=sealed_events[0],
    )
    assert named(report) == {sealed_events[8] + 50}
    assert problems(report) == {Problem.ADDED}


def test_an_event_smuggled_into_a_seal_is_named(
    database: Engine, sealed_events: list[int], write_events: Callable[[int], list[int]]
) -> None:
    (late,) = write_events(1)
    with tampering(database) as connection:
        connection.execute(text("DELETE FROM log_pending"))
        connection.execute(
            text("INSERT INTO log_seal_member SELECT :event, 2, leaf FROM log_seal_member LIMIT 1"),
            {"event": late},
        )
    report = verify(database)
    assert (Problem.ADDED, late) in {(f.problem, f.event_id) for f in report.findings}
    assert any(f.problem is Problem.SEAL_BROKEN and f.seal_number == 2 for f in report.findings)
    assert sealed_events


def test_an_event_moved_to_another_seal_is_named(
    database: Engine, sealed_events: list[int]
) -> None:
    report = run(
        database,
        "UPDATE log_seal_member SET seal_number = 3 WHERE event_id = :event",
        event=sealed_events[0],
    )
    assert (Problem.ADDED, sealed_events[0]) in {(f.problem, f.event_id) for f in report.findings}
    assert {1, 3} <= {f.seal_number for f in report.findings}


def test_a_sealed_event_put_back_among_the_waiting_is_named_and_stops_no_seal(
    database: Engine, sealed_events: list[int], write_events: Callable[[int], list[int]]
) -> None:
    with tampering(database) as connection:
        connection.execute(
            text("INSERT INTO log_pending (event_id) VALUES (:event)"), {"event": sealed_events[0]}
        )
    write_events(2)
    made = seal(database)
    assert made is not None
    assert made.event_count == 2
    report = verify(database)
    assert [(f.problem, f.event_id) for f in report.findings] == [(Problem.ADDED, sealed_events[0])]


def test_a_body_of_no_event_is_named(database: Engine, sealed_events: list[int]) -> None:
    report = run(
        database,
        "INSERT INTO log_body (event_id, salt, body) VALUES (:event, 'x', '{}')",
        event=sealed_events[-1] + 7,
    )
    assert [(f.problem, f.event_id) for f in report.findings] == [
        (Problem.ADDED, sealed_events[-1] + 7)
    ]


def test_an_erasure_whose_proof_was_meddled_with_is_no_erasure(
    database: Engine, sealed_events: list[int]
) -> None:
    proof = erase(database, sealed_events[:1], "到期", "guo")
    report = run(database, "UPDATE log_body SET body = '[]' WHERE event_id = :event", event=proof)
    assert {(f.problem, f.event_id) for f in report.findings} == {
        (Problem.BODY_CHANGED, proof),
        (Problem.ERASED_UNRECORDED, sealed_events[0]),
    }


def test_two_events_in_each_others_places_are_named(
    database: Engine, sealed_events: list[int]
) -> None:
    first, second = sealed_events[3], sealed_events[5]
    with tampering(database) as connection:
        for old, new in ((first, -1), (second, first), (-1, second)):
            for table in ("log_event", "log_body"):
                connection.execute(
                    text(f"UPDATE {table} SET event_id = :new WHERE event_id = :old"),
                    {"old": old, "new": new},
                )
    report = verify(database)
    assert {(f.problem, f.event_id) for f in report.findings} == {
        (Problem.REORDERED, first),
        (Problem.REORDERED, second),
    }


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_seal_is_named(database: Engine, sealed_events: list[int], number: int) -> None:
    assert sealed_events
    report = run(database, "DELETE FROM log_seal WHERE number = :number", number=number)
    missing = {f.seal_number for f in report.findings if f.problem is Problem.SEAL_MISSING}
    assert missing == {number}


def test_a_seal_over_nothing_is_named(database: Engine, sealed_events: list[int]) -> None:
    assert sealed_events
    report = run(
        database,
        "INSERT INTO log_seal SELECT 4, sealed_at, 9, 9, 0, digest, digest FROM log_seal "
        "WHERE number = 3",
    )
    assert {(f.problem, f.seal_number) for f in report.findings} == {(Problem.SEAL_BROKEN, 4)}


def test_a_chain_written_anew_is_found_out_by_a_printed_head(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    write_events(3)
    honest = seal(database)
    assert honest is not None
    with tampering(database) as connection:
        for table in ("log_seal", "log_seal_member"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE log_event SET subject = '他人'"))
        connection.execute(text("INSERT INTO log_pending SELECT event_id FROM log_event"))
    forged = seal(database)
    assert forged is not None
    assert verify(database).is_whole, "whoever rewrites everything leaves no trace inside"
    report = verify(database, {honest.number: honest.digest})
    assert problems(report) == {Problem.HEAD_DIFFERS}


@pytest.mark.parametrize(
    # PostgreSQL refuses by itself what is not a time.
    "database_url",
    ["sqlite"],
    indirect=True,
)
def test_nonsense_in_the_place_of_a_time_is_named_and_stops_nothing(
    database: Engine, sealed_events: list[int]
) -> None:
    report = run(
        database, "UPDATE log_event SET at = '昨天' WHERE event_id = :event", event=sealed_events[1]
    )
    assert named(report) == {sealed_events[1]}
    report = run(
        database,
        "UPDATE log_event SET subject = x'ff00' WHERE event_id = :event",
        event=sealed_events[6],
    )
    assert named(report) == {sealed_events[1], sealed_events[6]}


_COLUMNS = {
    "log_event": ["at", "kind", "subject", "commitment"],
    "log_body": ["salt", "body"],
    "log_seal_member": ["leaf", "seal_number"],
    "log_seal": [
        "sealed_at",
        "first_event",
        "last_event",
        "event_count",
        "previous_digest",
        "digest",
    ],
}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    subjects=st.lists(st.text(max_size=4), min_size=16, max_size=16),
    data=st.data(),
)
def test_any_one_change_anywhere_is_found_and_honest_work_is_not(
    sizes: list[int], subjects: list[str], data: st.DataObject
) -> None:
    database = open_database("sqlite://")  # the chain is the same arithmetic on every database
    migrate(database, "indexer", "search_api")
    numbers: list[int] = []
    for size in sizes:
        with writing(database) as connection:
            for _ in range(size):
                event = NewEvent(
                    at=NOON,
                    kind=EventKind.USED,
                    subject=subjects[len(numbers)].replace("\x00", ""),
                    body={"n": len(numbers)},
                )
                numbers.append(append(connection, event))
        seal(database)
    erased = data.draw(st.sets(st.sampled_from(numbers)))
    if erased:
        erase(database, erased, "到期", "guo")
        seal(database)
    assert verify(database).is_whole

    table = data.draw(st.sampled_from(sorted(_COLUMNS)))
    key = "number" if table == "log_seal" else "event_id"
    place = data.draw(st.sampled_from(range(1, len(sizes) + 1) if key == "number" else numbers))
    act = data.draw(st.sampled_from(["DELETE", *_COLUMNS[table]]))
    if act == "DELETE":
        statement = f"DELETE FROM {table} WHERE {key} = :place"
    elif act in ("first_event", "last_event", "event_count", "seal_number"):
        statement = f"UPDATE {table} SET {act} = {act} + 1 WHERE {key} = :place"
    else:
        statement = f"UPDATE {table} SET {act} = COALESCE({act}, '') || 'x' WHERE {key} = :place"
    report = run(database, statement, place=place)
    database.dispose()
    if key == "number":
        assert place in {finding.seal_number for finding in report.findings}
    else:
        assert place in named(report)
