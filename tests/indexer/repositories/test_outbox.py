from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from indexer.database import reading, writing
from indexer.records import RecordId
from indexer.repositories.outbox import (
    Change,
    ChangeKind,
    changes_after,
    newest_position,
    queue,
    queue_all,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_changes_come_in_the_order_they_were_made(database: Engine) -> None:
    with reading(database) as connection:
        assert newest_position(connection) == 0
    with writing(database) as connection:
        positions = [
            queue(connection, RecordId(name), kind, restricts=kind is ChangeKind.DELETE)
            for name, kind in (
                ("a", ChangeKind.PUT),
                ("b", ChangeKind.PUT),
                ("a", ChangeKind.DELETE),
            )
        ]
    assert positions == sorted(positions)
    with reading(database) as connection:
        assert newest_position(connection) == positions[-1]
        assert changes_after(connection, positions[0], 10) == [
            Change(position=positions[1], record_id=RecordId("b"), kind=ChangeKind.PUT),
            Change(position=positions[2], record_id=RecordId("a"), kind=ChangeKind.DELETE),
        ]
        assert len(changes_after(connection, 0, 2)) == 2


def test_a_position_that_was_seen_has_none_before_it_still_to_come(database: Engine) -> None:
    waits = "SET LOCAL lock_timeout = '50ms'" if database.name == "postgresql" else ""
    with writing(database) as first:
        queue(first, RecordId("a"), ChangeKind.PUT)
        if not waits:
            return  # SQLite lets nobody else write meanwhile
        with writing(database) as second:
            second.execute(text(waits))
            with pytest.raises(OperationalError, match="lock timeout"):
                queue(second, RecordId("b"), ChangeKind.PUT)


def test_many_changes_keep_their_order(database: Engine) -> None:
    names = [RecordId(f"r{number}") for number in range(500, 0, -1)]
    with writing(database) as connection:
        positions = queue_all(connection, [(name, ChangeKind.PUT, False) for name in names])
        assert queue_all(connection, []) == []
        changes = changes_after(connection, 0, 1_000)
    assert [change.record_id for change in changes] == names
    assert [change.position for change in changes] == positions


def test_a_change_that_was_rolled_back_is_not_there(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(database) as connection:
        _ = queue(connection, RecordId("a"), ChangeKind.PUT) // 0
    with reading(database) as connection:
        assert changes_after(connection, 0, 10) == []
