from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.repositories import batches, files, scopes
from indexer.repositories.files import PathOutcome, PathState, Settled

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATHS = ("A/1.txt", "a/1.txt", "a/2.txt", "a_/1.txt", "a%/1.txt", "b.txt")


def begun(database: Engine) -> tuple[int, int]:
    """A source with its paths, and a batch of it."""
    with writing(database) as connection:
        source = batches.source_named(connection, "papers", "/papers")
        number = batches.begin(
            connection, source_id=source, manifest=None, level=None, in_place=False, started_by=""
        )
        files.note_new(connection, source, number, [(path, 1, 1) for path in PATHS])
    assert utc_now()
    return source, number


def test_rows_are_found_at_and_below_a_path(database: Engine) -> None:
    source, _ = begun(database)
    with reading(database) as connection:
        below = scopes.paths_below(connection, source, ["a", "b.txt"])
        many = scopes.paths_below(connection, source, [f"x{number}" for number in range(51)])
        exact = scopes.rows_of(connection, source, ["b.txt", "nothing"])
        assert [row.path for row in exact] == ["b.txt"]
    assert {"a/1.txt", "a/2.txt", "b.txt"} <= set(below)
    assert not {"a_/1.txt", "a%/1.txt"} & set(below)
    assert set(many) == set(PATHS)


def test_outcomes_are_those_of_the_paths_asked_for(database: Engine) -> None:
    source, number = begun(database)
    with writing(database) as connection:
        known = files.paths_of(connection, source)
        files.settle(
            connection,
            [
                Settled(
                    source_file_id=known["a/1.txt"].source_file_id,
                    file_hash=None,
                    state=PathState.FAILED,
                    outcome=PathOutcome.FAILED,
                    size=1,
                    modified_ns=1,
                    reason="damaged",
                )
            ],
        )
        counted = scopes.outcomes_of(connection, source, number, ["a/1.txt", "b.txt", "none"])
        bad = scopes.problems_among(connection, source, PATHS)
        scopes.move(connection, [(known["b.txt"].source_file_id, "c/b.txt")])
        moved = files.paths_of(connection, source)
    assert counted == {"failed": 1, "unread": 1}
    assert [row.path for row in bad] == ["a/1.txt"]
    assert moved["c/b.txt"].source_file_id == known["b.txt"].source_file_id
    assert "b.txt" not in moved
