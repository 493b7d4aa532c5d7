from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, writing
from search_api.errors import EventNotFoundError
from search_api.log import EventKind, NewEvent, append, erase, inspection, seal
from search_api.log.inspection import BodyState, EventFilter
from tests.search_api.log.conftest import NOON
from tests.search_api.log.tampering import tampering

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from search_api.log.inspection import InspectedEvent
    from search_api.log.model import JsonValue


def tell(database: Engine, kind: EventKind, subject: str, **body: JsonValue) -> int:
    with writing(database) as connection:
        return append(connection, NewEvent(at=NOON, kind=kind, subject=subject, body=body))


def seen(database: Engine, number: int) -> InspectedEvent:
    with reading(database) as connection:
        return inspection.load(connection, number)


def subjects(database: Engine, **wanted: object) -> list[str]:
    with reading(database) as connection:
        events = inspection.find(connection, EventFilter(**wanted), limit=100)  # type: ignore[arg-type]
        assert inspection.count(connection, EventFilter(**wanted)) == len(events)  # type: ignore[arg-type]
    return [event.subject for event in events]


def test_an_event_is_seen_with_its_actor_and_its_seal(database: Engine) -> None:
    number = tell(database, EventKind.VISIT_CLOSED, "20260302-001", by="wang")
    assert seen(database, number).seal_number is None
    made = seal(database)
    assert made is not None
    event = seen(database, number)
    assert (event.actor, event.state, event.seal_number) == ("wang", BodyState.KEPT, made.number)
    assert event.body == {"by": "wang"}
    assert event.at == NOON


@pytest.mark.parametrize(
    ("kind", "body", "actor"),
    [
        (EventKind.SEARCHED, {"context": {"actor": "wang", "terminal": "t"}}, "wang"),
        (EventKind.SEARCHED, {"context": {"actor": ""}}, ""),
        (EventKind.REGISTERED, {"handler": "wang"}, "wang"),
        (EventKind.SIGNED_IN, {"terminal": "t"}, "the subject"),
        (EventKind.BATCH_UNDONE, {}, ""),
    ],
)
def test_whoever_did_it_is_found_in_every_kind(
    database: Engine, kind: EventKind, body: dict[str, JsonValue], actor: str
) -> None:
    assert seen(database, tell(database, kind, "the subject", **body)).actor == actor


def test_events_are_found_by_actor_and_by_nothing_that_only_looks_like_one(
    database: Engine,
) -> None:
    tell(database, EventKind.SEARCHED, "a", context={"actor": "wang"})
    tell(database, EventKind.VISIT_CLOSED, "b", by="wang")
    tell(database, EventKind.SIGNED_OUT, "wang")
    tell(database, EventKind.SEARCHED, "c", context={"actor": "li"}, text='"by":"wang"')
    tell(database, EventKind.SEARCHED, "d", context={"actor": "Wang"})
    tell(database, EventKind.SEARCHED, "e", context={"actor": "wang2"})
    tell(database, EventKind.PASSWORD_CHANGED, "wang", by="admin")
    assert subjects(database, actor="wang") == ["a", "b", "wang"]
    assert subjects(database, actor='wang"') == []
    assert subjects(database, actor="%") == []


def test_events_are_found_by_kind_and_subject(database: Engine) -> None:
    tell(database, EventKind.VISIT_OPENED, "v1", by="wang")
    tell(database, EventKind.VISIT_CLOSED, "v1", by="wang")
    tell(database, EventKind.VISIT_CLOSED, "v2", by="wang")
    assert subjects(database, kinds=["visit.closed"]) == ["v1", "v2"]
    assert subjects(database, kinds=["visit.closed"], subject="v1") == ["v1"]
    assert subjects(database, kinds=[]) == []


def test_pages_follow_each_other_in_both_directions(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    numbers = write_events(5)

    def page(offset: int, *, newest_first: bool) -> list[int]:
        with reading(database) as connection:
            found = inspection.find(
                connection, EventFilter(), offset=offset, limit=2, newest_first=newest_first
            )
        return [event.event_id for event in found]

    assert [page(offset, newest_first=False) for offset in (0, 2, 4)] == [
        numbers[:2],
        numbers[2:4],
        numbers[4:],
    ]
    assert page(0, newest_first=True) == [numbers[4], numbers[3]]


def test_an_erased_event_stands_without_its_actor(database: Engine) -> None:
    number = tell(database, EventKind.SEARCHED, "s", context={"actor": "wang"}, text="知青")
    erase(database, [number], "PIPL 47", "li")
    event = seen(database, number)
    assert (event.state, event.body, event.actor) == (BodyState.ERASED, None, None)
    assert event.erase_ground == "PIPL 47"
    assert event.erased_at is not None


def test_a_body_that_somebody_rewrote_is_not_shown_as_what_was_said(database: Engine) -> None:
    number = tell(database, EventKind.VISIT_CLOSED, "v1", by="wang")
    with tampering(database) as connection:
        connection.execute(text("""UPDATE log_body SET body = '{"by":"li"}'"""))
    event = seen(database, number)
    assert (event.state, event.body, event.actor) == (BodyState.DAMAGED, None, None)


def test_a_log_that_was_meddled_with_can_still_be_looked_through(database: Engine) -> None:
    numbers = [tell(database, EventKind.VISIT_CLOSED, f"v{place}", by="wang") for place in range(3)]
    with tampering(database) as connection:
        connection.execute(
            text(f"UPDATE log_body SET body = 'no json' WHERE event_id={numbers[0]}")
        )
        connection.execute(text(f"DELETE FROM log_body WHERE event_id = {numbers[1]}"))
        if database.dialect.name == "sqlite":
            connection.execute(
                text(f"UPDATE log_event SET at = 'yesterday' WHERE event_id = {numbers[2]}")
            )
    states = [seen(database, number).state for number in numbers]
    assert states == [BodyState.DAMAGED, BodyState.DAMAGED, BodyState.KEPT]
    assert len(subjects(database)) == 3


def test_a_number_without_an_event_is_said_to_be_none(database: Engine) -> None:
    for number in (4711, 2**63 - 1, 2**63, 10**30):
        with pytest.raises(EventNotFoundError):
            seen(database, number)
