from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading
from indexer.errors import FolderGoneError
from indexer.importing.pipeline import BatchRequest
from indexer.importing.progress import Step
from indexer.importing.undo import undo_batch
from indexer.repositories import batches
from indexer.repositories.files import PathState
from indexer.watching.following import FolderWatch, WatchPace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.importing.progress import Progress
    from indexer.importing.report import BatchReport
    from tests.indexer.importing.shelf import Shelf

FAST = WatchPace(settle_s=0.3, rescan_s=3600)
NET = WatchPace(settle_s=0.3, rescan_s=0)


@pytest.fixture
def follow(shelf: Shelf) -> Iterator[Callable[..., FolderWatch]]:
    """Begins to follow the shelf's folder."""
    begun: list[FolderWatch] = []

    def begin(pace: WatchPace = FAST, manifest: Path | None = None) -> FolderWatch:
        shelf.folder.mkdir(parents=True, exist_ok=True)
        request = BatchRequest(folder=shelf.folder, manifest=manifest)
        begun.append(FolderWatch(shelf.engine, shelf.settings, request, pace))
        return begun[-1]

    yield begin
    for watch in begun:
        watch.close()


def next_batch(watch: FolderWatch) -> BatchReport:
    """What comes in next."""
    for _ in range(400):
        look = watch.step()
        if look is not None and look.report is not None:
            assert look.report.adds_up
            return look.report
        time.sleep(0.05)
    pytest.fail("nothing came in")


def nothing_comes(watch: FolderWatch) -> None:
    """For a few settle times."""
    for _ in range(20):
        look = watch.step()
        assert look is None or look.report is None, look
        time.sleep(0.05)


def count(shelf: Shelf) -> int:
    with reading(shelf.engine) as connection:
        return batches.count(connection)


def test_what_comes_changes_moves_and_goes_is_followed(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    shelf.put("一.txt", "第一份")
    watch = follow()
    assert next_batch(watch).indexed == 1
    nothing_comes(watch)
    shelf.put("二.txt", "第二份")
    shelf.put("夹/三.txt", "第三份")
    report = next_batch(watch)
    assert (report.found, report.indexed, report.is_partial) == (2, 2, True)
    shelf.put("一.txt", "第一份，改过的")
    assert next_batch(watch).indexed == 1
    before = shelf.records()["三"].record_id
    (shelf.folder / "夹").rename(shelf.folder / "改名的夹")
    report = next_batch(watch)
    assert (report.unchanged, report.missing) == (1, 0)
    assert shelf.records()["三"].record_id == before
    (shelf.folder / "二.txt").unlink()
    assert next_batch(watch).missing == 1
    assert "二" in shelf.records()
    assert shelf.paths()["二.txt"].state is PathState.MISSING
    (shelf.folder / "空.txt").touch()
    (shelf.folder / "空.txt").unlink()
    (shelf.folder / ".hidden").touch()
    os.utime(shelf.folder)
    nothing_comes(watch)
    assert count(shelf) == 5


def test_a_file_is_read_when_it_is_whole(shelf: Shelf, follow: Callable[..., FolderWatch]) -> None:
    shelf.put("一.txt", "第一份")
    watch = follow()
    next_batch(watch)
    with (shelf.folder / "长.txt").open("w") as file:
        for part in range(8):
            file.write(f"第{part}部分")
            file.flush()
            assert watch.step() is None
            time.sleep(0.1)
    assert next_batch(watch).indexed == 1
    assert shelf.text_of(shelf.records()["长"]).endswith("第7部分")
    assert count(shelf) == 2


def test_what_the_kernel_did_not_tell_of_is_found_by_the_net(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    shelf.put("一.txt", "第一份")
    watch = follow(NET)
    next_batch(watch)
    # Nobody listens any more: as when events are lost.
    assert watch._eyes is not None
    watch._eyes._observer.unschedule_all()
    shelf.put("二.txt", "第二份")
    assert next_batch(watch).indexed == 1
    for _ in range(5):
        look = watch.step()
        assert look is None or (look.scanned_at is not None and look.report is None)
    assert count(shelf) == 2


def test_a_folder_that_vanishes_is_an_unplugged_disk(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    shelf.put("一.txt", "第一份")
    shelf.put("夹/二.txt", "第二份")
    watch = follow()
    next_batch(watch)
    away = shelf.folder.rename(shelf.folder.with_name("away"))
    with pytest.raises(FolderGoneError):
        watch.step()
    shelf.folder.mkdir()  # a mount point without its disk
    with pytest.raises(FolderGoneError):
        watch.step()
    assert {row.state for row in shelf.paths().values()} == {PathState.READ}
    shelf.folder.rmdir()
    away.rename(shelf.folder)
    shelf.put("三.txt", "第三份")
    assert next_batch(watch).indexed == 1
    assert set(shelf.records()) == {"一", "二", "三"}
    assert {row.state for row in shelf.paths().values()} == {PathState.READ}


def test_a_batch_that_was_cut_short_is_gone_on_with_first(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    for number in range(40):
        shelf.put(f"{number}.txt", f"第{number}份")

    def stop(progress: Progress) -> None:
        if progress.step is Step.READING and progress.done > 5:
            raise KeyboardInterrupt

    first = follow()
    with pytest.raises(KeyboardInterrupt):
        first.step(stop)
    first.close()
    report = next_batch(follow())
    assert (report.batch_number, report.found, report.indexed) == (1, 40, 40)


def test_an_undone_batch_does_not_come_back_by_itself(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    shelf.put("一.txt", "第一份")
    watch = follow(NET)
    number = next_batch(watch).batch_number
    undo_batch(shelf.engine, shelf.settings, number)
    nothing_comes(watch)
    nothing_comes(follow(NET))
    assert shelf.records() == {}
    shelf.put("一.txt", "第一份，改过的")
    assert next_batch(watch).indexed == 1


def test_a_new_catalogue_is_a_batch_over_everything(
    shelf: Shelf, follow: Callable[..., FolderWatch]
) -> None:
    shelf.put("一.txt", "第一份")
    shelf.put("二.txt", "第二份")
    manifest = shelf.folder / "目录.csv"
    manifest.write_text("编号,题名,文件\n1,旧题名,一.txt\n", "utf-8")
    watch = follow(manifest=manifest)
    next_batch(watch)
    nothing_comes(watch)
    manifest.write_text("编号,题名,文件,密级\n1,新题名,一.txt,公开\n2,密的,三.txt,机密\n", "utf-8")
    report = next_batch(watch)
    assert not report.is_partial
    assert set(shelf.records()) == {"新题名", "二"}
    shelf.put("三.txt", "不得打开")
    report = next_batch(watch)
    assert (report.is_partial, report.quarantined) == (True, 1)
    assert set(shelf.records()) == {"新题名", "二"}
