from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from indexer.database import writing
from indexer.errors import ImportRefusedError
from indexer.extraction import ExtractionJob, Failed, Reason
from indexer.extraction.pool import ExtractionPool
from indexer.importing.lock import import_lock
from indexer.importing.retrying import read_outdated_again, retry
from indexer.repositories.failures import RETRY
from indexer.repositories.files import ContentState, PathState
from indexer.storage.text_store import FolderTextStore
from indexer.tables import source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.records import FileHash
    from tests.indexer.importing.shelf import Shelf


def refused_by_an_older_version(shelf: Shelf, path: str, reason: Reason) -> None:
    """As if the text of a sound file had not been got when it was imported."""
    file_hash = shelf.paths()[path].file_hash
    with writing(shelf.engine) as connection:
        connection.execute(
            update(stored_file)
            .where(stored_file.c.file_hash == file_hash)
            .values(state=ContentState.FAILED, reason=reason, extractor="", page_count=0)
        )
        connection.execute(
            update(source_file)
            .where(source_file.c.path == path)
            .values(state=PathState.FAILED, outcome="failed", reason=reason, tries=1)
        )


def test_what_an_older_version_refused_is_read(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛通知")
    shelf.put("b.txt", "抗旱通知")
    shelf.run()
    refused_by_an_older_version(shelf, "a.txt", Reason.DAMAGED)
    refused_by_an_older_version(shelf, "b.txt", Reason.ENCRYPTED)
    assert shelf.run().failed == 2
    assert retry(shelf.engine, shelf.settings, Reason.DAMAGED) == 1
    # Until then it is what it was: a file that failed, and of which a backup keeps the original.
    path = shelf.paths()["a.txt"]
    assert (path.state, path.reason, path.tries) == (PathState.FAILED, RETRY, 0)
    report = shelf.run()
    assert (report.indexed, report.failed) == (1, 1)
    assert report.adds_up
    assert shelf.paths()["a.txt"].state is PathState.READ
    assert shelf.paths()["b.txt"].reason == Reason.ENCRYPTED


def test_what_fails_again_is_a_failure_again(shelf: Shelf) -> None:
    shelf.put("a.pdf", "%PDF-1.7 broken")
    shelf.run()
    assert retry(shelf.engine, shelf.settings, Reason.DAMAGED) == 1
    assert retry(shelf.engine, shelf.settings, Reason.DAMAGED) == 0
    report = shelf.run()
    assert (report.found, report.failed) == (1, 1)
    assert shelf.paths()["a.pdf"].tries == 1


def test_not_while_an_import_runs(shelf: Shelf) -> None:
    with import_lock(shelf.settings.data), pytest.raises(ImportRefusedError):
        retry(shelf.engine, shelf.settings, Reason.DAMAGED)


def read_by_an_older_version(shelf: Shelf, path: str, text: str) -> FileHash:
    """As if it had been imported when its extractor was of a lower version."""
    file_hash = shelf.paths()[path].file_hash
    assert file_hash is not None
    texts = FolderTextStore(shelf.settings.texts)
    texts.remove(file_hash)
    texts.put(file_hash, "text/0", [text])
    with writing(shelf.engine) as connection:
        connection.execute(
            update(stored_file)
            .where(stored_file.c.file_hash == file_hash)
            .values(extractor="text/0")
        )
    return file_hash


def versions(shelf: Shelf, file_hash: FileHash) -> list[str]:
    entries = FolderTextStore(shelf.settings.texts).entries()
    return [extractor for each, extractor in entries if each == file_hash]


def test_what_an_older_version_read_is_read_again_when_told(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛通知")
    shelf.put("b.txt", "抗旱通知")
    shelf.run()
    file_hash = read_by_an_older_version(shelf, "a.txt", "防汛")
    assert shelf.run().unchanged == 2, "not by itself"
    assert read_outdated_again(shelf.engine, shelf.settings) == 1
    assert versions(shelf, file_hash) == ["text/0"], "the old text stays until the new one is there"
    report = shelf.run()
    assert (report.indexed, report.unchanged) == (1, 1)
    assert report.adds_up
    assert versions(shelf, file_hash) == ["text/1"]
    assert FolderTextStore(shelf.settings.texts).page(file_hash, "text/1", 1) == "防汛通知"
    assert read_outdated_again(shelf.engine, shelf.settings) == 0
    assert shelf.run().unchanged == 2


def test_what_only_an_older_version_could_read_stays_as_it_was(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.txt", "防汛通知")
    shelf.run()
    file_hash = read_by_an_older_version(shelf, "a.txt", "防汛")
    assert read_outdated_again(shelf.engine, shelf.settings) == 1

    def refuse(_: ExtractionPool, jobs: Iterable[ExtractionJob]) -> Iterator[object]:
        for job in jobs:
            yield job, Failed(media_type="text/plain", reason=Reason.DAMAGED, detail="")

    with monkeypatch.context() as patch:
        patch.setattr(ExtractionPool, "run", refuse)
        report = shelf.run()
    assert (report.unchanged, report.failed) == (1, 0)
    assert report.adds_up
    assert versions(shelf, file_hash) == ["text/0"]
    assert shelf.paths()["a.txt"].state is PathState.READ
    assert shelf.run().unchanged == 1, "once is enough"
