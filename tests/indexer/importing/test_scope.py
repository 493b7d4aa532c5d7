from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.importing.scope import Scope
from indexer.repositories.files import PathState
from indexer.storage.names import key_of

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def test_a_scope_covers_its_paths_and_what_lies_below_them() -> None:
    scope = Scope(frozenset({"a.txt", "b", "b/c"}))
    assert all(map(scope.covers, ("a.txt", "b", "b/x.txt", "b/c/d/e.txt")))
    assert not any(map(scope.covers, ("a.txt2", "bb/x.txt", "c", "")))
    assert scope.outermost() == ["a.txt", "b"]
    assert scope.widened(["z"]).covers("z/1")


def test_a_batch_over_what_changed_leaves_the_rest_alone(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    for name in ("甲.txt", "乙.txt", "丙/一.txt", "丙/二.txt", "丁.txt"):
        shelf.put(name, f"{name}的正文")
    assert shelf.run().indexed == 5
    shelf.put("甲.txt", "改过的正文")
    shelf.put("新来的.txt", "正文")
    shelf.put("没有说到的.txt", "没有说到的正文")
    (shelf.folder / "丙/一.txt").unlink()
    (shelf.folder / "丁.txt").unlink()
    report = shelf.run(scope=Scope(frozenset({"甲.txt", "新来的.txt", "丙"})))
    assert report.is_partial
    assert (report.found, report.indexed, report.unchanged, report.missing) == (3, 2, 1, 1)
    assert (report.records_changed, report.records_unchanged) == (2, 1)
    states = {path: row.state for path, row in shelf.paths().items()}
    assert states["丙/一.txt"] is PathState.MISSING
    assert states["丁.txt"] is PathState.READ
    assert "没有说到的.txt" not in states
    # The net: the whole folder finds what nobody told of.
    report = shelf.run()
    assert (report.indexed, report.missing) == (1, 2)
    assert shelf.paths()["丁.txt"].state is PathState.MISSING


@pytest.mark.parametrize("way", ["..", "../papers2", "/etc", ".hidden/a.txt", "a.tmp", "link"])
def test_a_scope_leads_nowhere_that_a_walk_would_not(shelf: Shelf, way: str) -> None:
    shelf.put("a.txt", "正文")
    shelf.put(".hidden/a.txt", "正文")
    shelf.put("a.tmp", "正文")
    (shelf.folder / "link").symlink_to("/etc")
    (shelf.folder.parent / "papers2").mkdir()
    (shelf.folder.parent / "papers2" / "b.txt").write_text("别处")
    assert shelf.run(scope=Scope(frozenset({way}))).found == 0


def test_what_a_catalogue_calls_secret_is_not_opened_however_it_comes_in(shelf: Shelf) -> None:
    shelf.describe(id="1", title="公开的", file="一.txt")
    shelf.describe(id="2", title="密件", file="二.txt", secrecy="机密")
    shelf.describe(id="3", title="两份的", file="三.txt；四.txt")
    for name in ("一", "三", "四"):
        shelf.put(f"{name}.txt", f"第{name}份")
    shelf.run()
    shelf.put("二.txt", "不得打开")
    shelf.put("三.txt", "改过的第三份")
    report = shelf.run(scope=Scope(frozenset({"二.txt", "三.txt"})))
    assert (report.found, report.quarantined, report.indexed) == (3, 1, 1)
    assert set(shelf.records()) == {"公开的", "两份的"}
    texts = [shelf.text_of(record) for record in shelf.records().values()]
    assert not any("不得打开" in text for text in texts)
    assert any("改过的第三份" in text for text in texts)


def test_names_that_are_no_utf_8_are_found_by_their_key(shelf: Shelf) -> None:
    path = shelf.put(os.fsdecode("低保.txt".encode("gb18030")), "低保")
    shelf.put("别的.txt", "别的")
    report = shelf.run(scope=Scope(frozenset({key_of(path.relative_to(shelf.folder))})))
    assert (report.found, report.indexed) == (1, 1)
    assert list(shelf.records()) == ["低保"]
