from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, writing
from search_api.log import EventKind, repository, seal
from tests.search_api.log.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine


def test_events_wait_in_the_order_of_their_numbers_until_they_are_sealed(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    numbers = write_events(4)
    with reading(database) as connection:
        waiting = repository.pending_events(connection, limit=3)
    assert [event.event_id for event in waiting] == numbers[:3]
    made = seal(database)
    with reading(database) as connection:
        assert repository.pending_events(connection, limit=3) == []
        assert repository.newest_seal(connection) == made
        assert list(repository.all_seals(connection)) == [made]


def test_a_snapshot_stands_still_while_others_write(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    write_events(2)
    with reading(database) as connection:
        assert repository.count_events(connection) == 2
        write_events(3)
        seal(database)
        assert repository.count_events(connection) == 2
        assert list(repository.all_seals(connection)) == []
    with reading(database) as connection:
        assert repository.count_events(connection) == 5


def test_an_event_is_loaded_with_its_body_and_without_once_that_was_erased(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    first, second = write_events(2)
    with writing(database) as connection:
        repository.erase_bodies(connection, [first], NOON, "到期")
    with reading(database) as connection:
        found = repository.load_events(connection, [first, second, 999_999])
    assert set(found) == {first, second}
    assert (found[first].body, found[first].erase_ground) == (None, "到期")
    assert found[second].body == {"谁": "第1人", "页": [1, 2]}
    assert (found[second].kind, found[second].at.tzinfo) == (EventKind.USED, NOON.tzinfo)


def test_every_number_is_given_out_once_even_after_the_last_is_lost(
    database: Engine, write_events: Callable[[int], list[int]]
) -> None:
    numbers = write_events(2)
    with database.connect() as connection, connection.begin() as transaction:
        lost = repository.add_event(
            connection,
            at=NOON,
            kind=EventKind.USED,
            subject="r",
            commitment="0" * 64,
            salt="0" * 32,
            body="{}",
        )
        transaction.rollback()
    numbers += write_events(1)
    assert len(set(numbers)) == 3
    assert lost > numbers[1]
