from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, writing
from indexer.repositories import files
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentState,
    PathOutcome,
    PathRow,
    PathState,
)
from tests.indexer.repositories.conftest import HASH, OTHER, begin, note, settle, store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow


def path_of(database: Engine, batch: BatchRow, path: str) -> PathRow:
    with reading(database) as connection:
        return files.paths_of_group(connection, batch.source_id, [path])[path]


def test_a_path_is_noted_read_and_read_again(database: Engine, batch: BatchRow) -> None:
    row = note(database, batch, "a.txt", "乙.txt")["a.txt"]
    assert (row.state, row.outcome, row.file_hash, row.tries) == (PathState.FOUND, "", None, 0)
    settle(database, row, PathState.FAILED, PathOutcome.FAILED, reason="timeout", tries=1)
    later = begin(database, "other")
    with writing(database) as connection:
        files.note_again(connection, later.number, [(row.source_file_id, 6, 8, 1)])
        files.note_again(connection, later.number, [])
        files.note_new(connection, later.source_id, later.number, [])
        files.settle(connection, [])
    again = path_of(database, batch, "a.txt")
    assert (again.state, again.reason, again.tries) == (PathState.FOUND, "", 1)
    assert (again.size, again.modified_ns) == (6, 8)
    assert again.file_hash == HASH  # until it is read, it tells whether it has changed
    assert again.batch_number == later.number


def test_every_present_path_has_one_outcome(database: Engine, batch: BatchRow) -> None:
    names = ["indexed", "duplicate", "failed", "quarantined", "missing", "unread"]
    rows = note(database, batch, *names)
    settle(database, rows["indexed"], PathState.READ, PathOutcome.INDEXED)
    settle(database, rows["duplicate"], PathState.READ, PathOutcome.DUPLICATE)
    settle(database, rows["failed"], PathState.FAILED, PathOutcome.FAILED)
    settle(database, rows["quarantined"], PathState.QUARANTINED, PathOutcome.QUARANTINED)
    with writing(database) as connection:
        files.mark_missing(connection, [rows["missing"].source_file_id])
        now = files.count_by_outcome(connection, batch.source_id, batch.number)
        later = files.count_by_outcome(connection, batch.source_id, batch.number + 1)
        problems = files.problems_of(connection, batch.source_id)
    assert now == dict.fromkeys(["indexed", "duplicate", "failed", "quarantined", "unread"], 1)
    assert later == {"unchanged": 2, "failed": 1, "quarantined": 1, "unread": 1}
    assert [row.path for row in problems] == ["failed", "quarantined"]


def test_a_quarantine_reaches_every_path_with_that_content(
    database: Engine, batch: BatchRow
) -> None:
    rows = note(database, batch, "secret", "copy", "gone", "pending", "other")
    settle(
        database,
        rows["secret"],
        PathState.QUARANTINED,
        PathOutcome.QUARANTINED,
        reason=CATALOGUE_SECRET,
    )
    for path in ("copy", "gone"):
        settle(database, rows[path], PathState.READ, PathOutcome.INDEXED)
    settle(database, rows["other"], PathState.READ, PathOutcome.INDEXED, file_hash=OTHER)
    store(database, batch, HASH)
    with writing(database) as connection:
        files.mark_missing(connection, [rows["gone"].source_file_id])
        files.quarantine_paths(connection, HASH, "why", "机密")
        files.note_outcomes(connection, {HASH: {"marking": "机密"}})
        after = files.paths_of(connection, batch.source_id)
        listed = files.quarantined(connection)
        assert files.quarantined(connection, offset=1, limit=9) == listed[1:]
        assert files.quarantined(connection, limit=1) == listed[:1]
        assert files.count_quarantined(connection) == len(listed) == 2
        assert files.count_quarantined(connection, batch.number) == 2
        assert files.count_quarantined(connection, 999) == 0
        assert files.catalogued_secret(connection, [HASH, OTHER]) == {HASH}
    assert {path: (row.state, row.reason) for path, row in after.items()} == {
        "secret": (PathState.QUARANTINED, CATALOGUE_SECRET),
        "copy": (PathState.QUARANTINED, "why"),
        "gone": (PathState.MISSING, "why"),
        "pending": (PathState.FOUND, ""),
        "other": (PathState.READ, ""),
    }
    assert [(row.path, marking) for row, marking in listed] == [
        ("copy", "机密"),
        ("secret", "机密"),
    ]


def test_a_content_is_known_once_and_where_it_is(database: Engine, batch: BatchRow) -> None:
    with writing(database) as connection:
        for in_place in ("/old/a.txt", "/new/a.txt", None, "/again/a.txt"):
            stored = files.store_contents(connection, batch.number, {HASH: (5, in_place)})
            (content,) = files.contents(connection, [HASH, HASH, OTHER]).values()
            assert stored == {HASH: content}
            if in_place != "/again/a.txt":
                assert content.in_place == in_place
    assert content.in_place is None  # the copy in the store stays
    assert content.state is ContentState.STORED
    assert content.parsed is None


@pytest.mark.parametrize("state", [ContentState.EXTRACTED, ContentState.QUARANTINED])
def test_what_a_batch_brought_can_be_taken_back(
    database: Engine, batch: BatchRow, state: ContentState
) -> None:
    row = note(database, batch, "a.txt")["a.txt"]
    store(database, batch, HASH, state=state)
    settle(database, row, PathState.READ, PathOutcome.INDEXED)
    with writing(database) as connection:
        assert files.brought_by(connection, batch.number) == []
        files.forget_outcomes(connection, batch.number)
        expected = [] if state is ContentState.QUARANTINED else [HASH]
        assert files.brought_by(connection, batch.number) == expected
        files.forget_content(connection, HASH)
        assert files.contents(connection, [HASH]) == {}
    after = path_of(database, batch, "a.txt")
    assert (after.state, after.outcome, after.file_hash) == (PathState.FOUND, "", None)


def test_what_a_killed_run_brought_from_files_since_gone_is_known(
    database: Engine, batch: BatchRow
) -> None:
    row = note(database, batch, "a.txt")["a.txt"]
    store(database, batch, HASH)
    store(database, batch, OTHER)
    settle(database, row, PathState.READ, PathOutcome.INDEXED)
    with reading(database) as connection:
        assert files.left_unread(connection) == [OTHER]
