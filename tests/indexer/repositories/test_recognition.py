from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from indexer.database import reading, writing
from indexer.repositories import files, recognition
from indexer.repositories.files import ContentState, PathOutcome, PathState
from indexer.repositories.recognition import GUESSED_MS
from tests.indexer.repositories.conftest import HASH, OTHER, note, settle, store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.records import FileHash
    from indexer.repositories.batches import BatchRow


def wait(database: Engine, batch: BatchRow, file_hash: FileHash, **columns: Any) -> None:
    store(database, batch, file_hash)
    pages = columns.pop("pages", [1])
    with writing(database) as connection:
        files.note_outcomes(
            connection,
            {
                file_hash: {
                    "state": ContentState.FAILED,
                    "unread_pages": pages,
                    "unread_count": len(pages),
                    **columns,
                }
            },
        )


def test_short_files_come_first_and_each_once(database: Engine, batch: BatchRow) -> None:
    wait(database, batch, HASH, pages=[1, 2, 3])
    wait(database, batch, OTHER, pages=[4], state=ContentState.EXTRACTED)
    with reading(database) as connection:
        first = recognition.next_content(connection, set())
        assert first is not None
        assert (first.file_hash, first.unread_pages) == (OTHER, (4,))
        second = recognition.next_content(connection, {OTHER})
        assert second is not None
        assert second.file_hash == HASH
        assert recognition.next_content(connection, {OTHER, HASH}) is None


def test_what_is_set_aside_waits_no_more(database: Engine, batch: BatchRow) -> None:
    wait(database, batch, HASH, state=ContentState.QUARANTINED)
    with reading(database) as connection:
        assert recognition.next_content(connection, set()) is None
        assert recognition.backlog(connection, "ocr/1").pages == 0


def test_what_is_left_is_told_by_the_pace_of_late(database: Engine, batch: BatchRow) -> None:
    wait(database, batch, HASH, pages=[1, 2, 3, 4])
    with reading(database) as connection:
        guessed = recognition.backlog(connection, "ocr/1")
    assert (guessed.files, guessed.pages, guessed.is_measured) == (1, 4, False)
    assert guessed.seconds_left == 4 * GUESSED_MS / 1000
    with writing(database) as connection:
        recognition.note_pace(connection, "ocr/1", pages=1, milliseconds=3_000)
        recognition.note_pace(connection, "ocr/1", pages=1, milliseconds=5_000)
        recognition.note_pace(connection, "other/1", pages=1, milliseconds=60_000)
        measured = recognition.backlog(connection, "ocr/1")
    assert (measured.seconds_left, measured.is_measured) == (16.0, True)


def test_an_old_pace_is_forgotten(database: Engine) -> None:
    with writing(database) as connection:
        for milliseconds in (10_000, 2_000):
            for _ in range(60):
                recognition.note_pace(
                    connection, "ocr/1", pages=100, milliseconds=100 * milliseconds
                )
        left = recognition.backlog(connection, "ocr/1")
    assert left.is_measured


def test_paths_that_failed_for_want_of_recognition_are_settled(
    database: Engine, batch: BatchRow
) -> None:
    rows = note(database, batch, "a", "copy", "gone")
    for path in ("a", "copy"):
        settle(database, rows[path], PathState.FAILED, PathOutcome.FAILED, reason="needs_ocr")
    settle(database, rows["gone"], PathState.MISSING, PathOutcome.FAILED)
    with writing(database) as connection:
        recognition.settle_paths(connection, HASH)
        paths = files.paths_of(connection, batch.source_id)
    assert (paths["a"].state, paths["a"].outcome, paths["a"].reason) == ("read", "indexed", "")
    assert (paths["copy"].state, paths["copy"].outcome) == ("read", "duplicate")
    assert paths["gone"].state is PathState.MISSING


def test_paths_are_told_why_there_is_no_text_after_all(database: Engine, batch: BatchRow) -> None:
    rows = note(database, batch, "a")
    settle(database, rows["a"], PathState.FAILED, PathOutcome.FAILED, reason="needs_ocr")
    with writing(database) as connection:
        recognition.settle_paths(connection, HASH, reason="empty", detail="nothing")
        row = files.paths_of(connection, batch.source_id)["a"]
    assert (row.state, row.reason, row.detail) == (PathState.FAILED, "empty", "nothing")


@pytest.mark.parametrize("state", [ContentState.EXTRACTED, ContentState.FAILED])
def test_pages_given_up_can_be_asked_for_again(
    database: Engine, batch: BatchRow, state: ContentState
) -> None:
    wait(database, batch, HASH, pages=[5], state=state, given_up=[[2, "timeout", "120 s"]])
    with writing(database) as connection:
        assert recognition.backlog(connection, "ocr/1").given_up == 1
        assert recognition.ask_again(connection) == 1
        content = recognition.next_content(connection, set())
        assert content is not None
        assert (content.unread_pages, content.given_up) == ((2, 5), ())
        assert recognition.ask_again(connection) == 0


def test_what_waits_of_one_source(database: Engine, batch: BatchRow) -> None:
    rows = note(database, batch, "a")
    settle(database, rows["a"], PathState.FAILED, PathOutcome.FAILED, reason="needs_ocr")
    wait(database, batch, HASH, pages=[1, 2])
    wait(database, batch, OTHER, pages=[1])
    with reading(database) as connection:
        assert recognition.waiting_of(connection, batch.source_id) == 2
        assert recognition.waiting_of(connection, 999) == 0
