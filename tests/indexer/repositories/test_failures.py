from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, writing
from indexer.repositories import failures, files
from indexer.repositories.failures import RETRY, FailureCount
from indexer.repositories.files import ContentState, PathOutcome, PathState
from tests.indexer.repositories.conftest import HASH, OTHER, note, settle, store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow


def test_failures_are_listed_by_reason(database: Engine, batch: BatchRow) -> None:
    rows = note(database, batch, "a", "b", "c")
    for path, reason in (("a", "timeout"), ("b", "damaged")):
        settle(database, rows[path], PathState.FAILED, PathOutcome.FAILED, reason=reason)
    with reading(database) as connection:
        assert [row.path for row in failures.listed(connection)] == ["b", "a"]
        assert [row.path for row in failures.listed(connection, batch.number)] == ["b", "a"]
        assert failures.listed(connection, 999) == []
        assert [row.path for row in failures.listed(connection, reason="timeout")] == ["a"]
        assert [row.path for row in failures.listed(connection, offset=1, limit=5)] == ["a"]
        assert [row.path for row in failures.listed(connection, limit=1)] == ["b"]


def test_reasons_are_counted_the_commonest_first(database: Engine, batch: BatchRow) -> None:
    rows = note(database, batch, "a", "b", "c", "d")
    for path, reason, tries in (("a", "timeout", 1), ("b", "damaged", 1), ("c", "timeout", 3)):
        settle(
            database, rows[path], PathState.FAILED, PathOutcome.FAILED, reason=reason, tries=tries
        )
    settle(database, rows["d"], PathState.READ, PathOutcome.INDEXED)
    with reading(database) as connection:
        assert failures.by_reason(connection) == [
            FailureCount(reason="timeout", paths=2, tries=3),
            FailureCount(reason="damaged", paths=1, tries=1),
        ]


def test_what_failed_for_one_reason_is_marked_at_every_path(
    database: Engine, batch: BatchRow
) -> None:
    rows = note(database, batch, "a", "copy", "other")
    for path, reason, file_hash in (
        ("a", "damaged", HASH),
        ("copy", "damaged", HASH),
        ("other", "encrypted", OTHER),
    ):
        settle(
            database,
            rows[path],
            PathState.FAILED,
            PathOutcome.FAILED,
            reason=reason,
            tries=2,
            file_hash=file_hash,
        )
        store(database, batch, file_hash, state=ContentState.FAILED, reason=reason)
    with writing(database) as connection:
        assert failures.try_again(connection, "damaged") == 2
        after = files.paths_of(connection, batch.source_id)
        contents = files.contents(connection, [HASH, OTHER])
    assert {path: (row.state, row.reason, row.tries) for path, row in after.items()} == {
        "a": (PathState.FAILED, RETRY, 0),
        "copy": (PathState.FAILED, RETRY, 0),
        "other": (PathState.FAILED, "encrypted", 2),
    }
    assert [contents[each].reason for each in (HASH, OTHER)] == [RETRY, "encrypted"]
