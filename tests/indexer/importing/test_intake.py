from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading
from indexer.errors import StorageFullError
from indexer.extraction import Reason
from indexer.importing.pipeline import run_batch
from indexer.importing.plan import BatchRequest
from indexer.importing.rereading import BAD_ROW, MAX_TRIES
from indexer.originals import locate
from indexer.repositories.files import PathState
from indexer.storage.originals import FolderOriginalStore

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.records import FileHash
    from tests.indexer.importing.shelf import Shelf

GBK_NAME = os.fsdecode("低保.txt".encode("gb18030"))


def test_what_is_unchanged_is_not_read_again(shelf: Shelf) -> None:
    path = shelf.put("a.txt", "防汛")
    shelf.put("b.txt", "供暖")
    assert shelf.run().indexed == 2
    os.utime(path, ns=(0, 0))
    report = shelf.run()
    assert (report.unchanged, report.indexed, report.records_changed) == (2, 0, 0)
    shelf.put("a.txt", "防汛与抗旱")
    report = shelf.run()
    assert (report.unchanged, report.indexed, report.records_changed) == (1, 1, 1)
    assert shelf.text_of(shelf.records()["a"]) == "防汛与抗旱"


def test_one_content_at_two_paths_is_read_once(shelf: Shelf) -> None:
    for name in ("a.txt", "b.txt", "c/a.txt"):
        shelf.put(name, "防汛")
    report = shelf.run()
    assert (report.indexed, report.duplicate, report.records_changed) == (1, 2, 3)
    assert len(list(shelf.stores.texts.entries())) == 1
    assert len(list(shelf.stores.originals.hashes())) == 1
    shelf.put("d.txt", "防汛")
    report = shelf.run()
    assert (report.unchanged, report.duplicate) == (3, 1)


def test_one_bad_file_never_stops_the_others(shelf: Shelf) -> None:
    shelf.put("a.pdf", b"%PDF-1.7\n" + os.urandom(500))
    shelf.put("b.docx", b"PK\x03\x04" + os.urandom(500))
    shelf.put("c.exe", b"MZ" + os.urandom(500))
    shelf.put("d.txt", "")
    shelf.put("e.txt", "防汛")
    report = shelf.run()
    assert (report.found, report.indexed, report.failed) == (5, 1, 4)
    assert {each.path for each in report.problems} == {"a.pdf", "b.docx", "c.exe", "d.txt"}
    assert all(each.reason in set(Reason) for each in report.problems)
    assert sum(report.by_reason.values()) == 4
    # What gave no text is archived and described all the same.
    assert len(shelf.records()) == 5
    assert shelf.records()["c"].files[0].reason == Reason.UNSUPPORTED


def test_a_file_that_vanished_is_marked_and_its_record_stays(shelf: Shelf) -> None:
    path = shelf.put("a.txt", "防汛")
    shelf.put("b.txt", "供暖")
    shelf.run()
    path.unlink()
    report = shelf.run()
    assert (report.found, report.missing) == (1, 1)
    assert shelf.paths()["a.txt"].state is PathState.MISSING
    assert shelf.text_of(shelf.records()["a"]) == "防汛"
    shelf.put("a.txt", "防汛")
    report = shelf.run()
    assert (report.unchanged, report.missing, report.records_changed) == (2, 0, 0)


def test_a_file_that_can_no_longer_be_read_keeps_what_the_archive_has(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may read anything, so the refusal is the system call's.
    path = shelf.put("a.txt", "防汛")
    shelf.run()
    path.write_text("防汛与抗旱", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(type(path), "open", _refuse(path))
        report = shelf.run()
    assert (report.failed, report.problems[0].reason) == (1, Reason.UNREADABLE)
    assert "Permission denied" in report.problems[0].detail
    assert shelf.text_of(shelf.records()["a"]) == "防汛"
    assert shelf.run().indexed == 1
    assert shelf.text_of(shelf.records()["a"]) == "防汛与抗旱"


def test_a_file_that_ran_out_of_time_is_tried_a_few_times(shelf: Shelf) -> None:
    # Its time grows with the square of its depth: minutes.
    shelf.put("a.html", "<html><body>" + "<div>" * 150_000 + "防汛")
    hurried = type(shelf.settings)(
        data=shelf.settings.data,
        database_url=shelf.settings.database_url,
        processes=1,
        extraction_timeout_s=1,
    )
    request = BatchRequest(folder=shelf.folder)
    for tries in range(1, MAX_TRIES + 1):
        report = run_batch(shelf.engine, hurried, request)
        assert (report.failed, report.problems[0].reason) == (1, Reason.TIMEOUT)
        assert shelf.paths()["a.html"].tries == tries
    # It is not tried for ever; a change begins anew.
    assert shelf.run().failed == 1
    shelf.put("a.html", "<html><body>防汛了")
    assert shelf.run().indexed == 1


def test_files_of_a_bad_row_are_kept_back_until_it_is_mended(shelf: Shelf) -> None:
    shelf.put("a.txt", "内部的防汛")
    shelf.describe(id="1", title="甲", 密级="不清楚", date="2011", file="a.txt")
    report = shelf.run(level="public")
    assert (report.failed, report.indexed, report.records_changed) == (1, 0, 0)
    assert (report.problems[0].reason, report.problems[0].detail) == (BAD_ROW, "1: bad_secrecy")
    assert list(shelf.stores.originals.hashes()) == []
    shelf.rows[0]["密级"] = "内部"
    report = shelf.run(level="public")
    assert (report.indexed, report.failed) == (1, 0)
    assert shelf.records()["甲"].description.level.is_internal


def test_a_gbk_name_is_archived_under_the_name_that_was_meant(shelf: Shelf) -> None:
    shelf.put(GBK_NAME, "防汛")
    assert shelf.run().indexed == 1
    assert shelf.run().unchanged == 1
    assert shelf.records()["低保"].files[0].name == "低保.txt"


def test_in_place_leaves_originals_where_they_are(shelf: Shelf) -> None:
    path = shelf.put("a.txt", "防汛")
    shelf.put("marked.txt", "机密★10年\n防汛")
    report = shelf.run(in_place=True)
    assert (report.indexed, report.quarantined) == (1, 1)
    assert list(shelf.stores.originals.hashes()) == []
    assert path.exists()
    file_hash = _hash_of(shelf, "a")
    with reading(shelf.engine) as connection:
        assert locate(connection, shelf.stores.originals, file_hash) == path
    # A later batch that copies takes it in.
    shelf.put("copy.txt", "防汛")
    shelf.run()
    with reading(shelf.engine) as connection:
        place = locate(connection, shelf.stores.originals, file_hash)
    assert place.is_relative_to(shelf.settings.originals)


def test_a_full_disk_stops_the_batch_and_the_next_run_goes_on(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        shelf.put(f"{number:02}.txt", f"防汛第{number}号")
    taken: list[Path] = []
    add = FolderOriginalStore.add

    def full(store: FolderOriginalStore, path: Path) -> FileHash:
        taken.append(path)
        if len(taken) > 25:
            raise StorageFullError("no space left")
        return add(store, path)

    with monkeypatch.context() as patch:
        patch.setattr(FolderOriginalStore, "add", full)
        with pytest.raises(StorageFullError):
            shelf.run()
    report = shelf.run()
    assert (report.batch_number, report.indexed, report.records_changed) == (1, 40, 40)


def _hash_of(shelf: Shelf, title: str) -> FileHash:
    file_hash = shelf.records()[title].files[0].file_hash
    assert file_hash is not None
    return file_hash


def _refuse(refused: Path) -> object:
    opened = type(refused).open

    def refuse(path: Path, *arguments: object, **named: object) -> object:
        if path == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)  # type: ignore[call-overload]

    return refuse
