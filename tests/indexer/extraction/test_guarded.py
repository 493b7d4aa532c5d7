from pathlib import Path

import pytest

from indexer.extraction import Extracted, ExtractionJob, Failed, Quarantined
from indexer.extraction.guarded import extract
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore

HASH = FileHash("a" * 64)


@pytest.fixture
def store(tmp_path: Path) -> FolderTextStore:
    return FolderTextStore(tmp_path / "texts")


def job(tmp_path: Path, text: str, *, cleared: bool = False) -> ExtractionJob:
    path = tmp_path / "file"
    path.write_text(text, "utf-8")
    return ExtractionJob(path=path, file_hash=HASH, name="件.txt", cleared=cleared)


def test_pages_go_to_the_text_store(tmp_path: Path, store: FolderTextStore) -> None:
    outcome = extract(job(tmp_path, "一\f二"), store)
    assert isinstance(outcome, Extracted)
    assert store.pages(HASH, outcome.extractor) == ("一", "二")


def test_a_marked_file_leaves_its_marking_alone(tmp_path: Path, store: FolderTextStore) -> None:
    outcome = extract(job(tmp_path, "机　密\n不能留下的内容"), store)
    assert isinstance(outcome, Quarantined)
    assert list(store.entries()) == []


def test_a_cleared_file_is_read(tmp_path: Path, store: FolderTextStore) -> None:
    assert isinstance(extract(job(tmp_path, "机　密\n内容", cleared=True), store), Extracted)


def test_a_file_without_text_is_empty_not_a_success(tmp_path: Path, store: FolderTextStore) -> None:
    outcome = extract(job(tmp_path, " \n"), store)
    assert isinstance(outcome, Failed)
    assert outcome.reason == "empty"
