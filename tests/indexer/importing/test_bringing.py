from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.containers.unpacker import Unpacker
from indexer.importing.bringing import Bringer
from indexer.importing.looking import Holdings
from indexer.importing.spool import Spool
from indexer.importing.stores import Stores
from indexer.settings import IndexerSettings
from indexer.storage.originals import hash_file
from tests.indexer.importing.test_rereading import ROW

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def bringer(tmp_path: Path, *, in_place: bool = False) -> Bringer:
    stores = Stores.of(IndexerSettings(data=tmp_path / "data", database_url=""))
    (tmp_path / "papers").mkdir(exist_ok=True)
    (tmp_path / "papers" / "a.txt").write_text("防汛", encoding="utf-8")
    holdings = Holdings(files=())
    settings = IndexerSettings(data=tmp_path / "data", database_url="")
    unpacker = Unpacker(settings, tmp_path)
    spool = Spool(tmp_path / "papers", settings.spool, unpacker, holdings, 0)
    return Bringer(tmp_path / "papers", stores, holdings, spool, in_place=in_place)


def kept(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_a_file_is_copied_and_known_as_it_was_when_it_was_read(tmp_path: Path) -> None:
    (brought,) = bringer(tmp_path).bring([ROW])
    path = tmp_path / "papers" / "a.txt"
    assert brought.file_hash == hash_file(path)
    assert (brought.size, brought.modified_ns) == (6, path.stat().st_mtime_ns)
    assert kept(tmp_path) == [brought.file_hash]


def test_in_place_nothing_is_copied(tmp_path: Path) -> None:
    reader = bringer(tmp_path, in_place=True)
    (brought,) = reader.bring([ROW])
    assert brought.file_hash == reader.hash(ROW).file_hash
    assert kept(tmp_path) == []
    assert reader.place_of(ROW) == str(tmp_path / "papers" / "a.txt")
    assert bringer(tmp_path).place_of(ROW) is None


def test_a_file_that_is_gone_is_told_and_the_others_come(tmp_path: Path) -> None:
    first, second = bringer(tmp_path).bring([replace(ROW, path="gone.txt"), ROW])
    assert (first.file_hash, first.problem) == (None, "No such file or directory")
    assert (first.size, first.modified_ns) == (ROW.size, ROW.modified_ns)
    assert second.file_hash is not None


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = bringer(tmp_path, in_place=True)
    path = tmp_path / "papers" / "a.txt"

    def grow(_: Path) -> str:
        path.write_text("防汛与抗旱", encoding="utf-8")
        return "0" * 64

    monkeypatch.setattr("indexer.importing.bringing.hash_file", grow)
    (brought,) = reader.bring([ROW])
    assert (brought.file_hash, brought.problem) == (None, "it changed while it was read")


def test_a_later_change_is_seen(tmp_path: Path) -> None:
    reader = bringer(tmp_path, in_place=True)
    (brought,) = reader.bring([ROW])
    assert not reader.has_changed(brought)
    path = tmp_path / "papers" / "a.txt"
    os.utime(path, ns=(0, 0))
    assert reader.has_changed(brought)
    path.unlink()
    assert reader.has_changed(brought)
