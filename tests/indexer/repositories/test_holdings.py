from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, writing
from indexer.records import FileHash
from indexer.repositories import holdings

if TYPE_CHECKING:
    from sqlalchemy import Engine

OUTER, INNER, FILE = (FileHash(character * 64) for character in "abc")


def test_what_lies_in_what_is_known_both_ways(database: Engine) -> None:
    with writing(database) as connection:
        holdings.note(connection, OUTER, [INNER, FILE])
        holdings.note(connection, OUTER, [FILE, OUTER])
        holdings.note(connection, INNER, [FILE])
    with reading(database) as connection:
        assert holdings.members_of(connection, OUTER) == {INNER, FILE}
        assert holdings.containers_of(connection, FILE) == {OUTER, INNER}
        assert holdings.containers_of(connection, OUTER) == frozenset()
    with writing(database) as connection:
        holdings.forget(connection, OUTER)
        assert holdings.containers_of(connection, FILE) == {INNER}


def test_more_members_than_one_statement_takes(database: Engine) -> None:
    many = [FileHash(f"{number:064}") for number in range(1_200)]
    with writing(database) as connection:
        holdings.note(connection, OUTER, many)
        assert len(holdings.members_of(connection, OUTER)) == 1_200
