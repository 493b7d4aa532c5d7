from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.containers.unpacker import Unpacker
from indexer.extraction import Reason
from indexer.importing.looking import Memory, look_into
from indexer.importing.spool import CHANGED, Spool
from indexer.importing.walk import walk
from indexer.settings import IndexerSettings
from tests.indexer.containers.archives import zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def unpacker(tmp_path: Path) -> Iterator[Unpacker]:
    settings = IndexerSettings(data=tmp_path / "data", database_url="")
    with Unpacker(settings, tmp_path / "papers", settings.spool) as opened:
        yield opened


def spool_of(tmp_path: Path, unpacker: Unpacker, room: int = 1 << 20) -> Spool:
    folder = tmp_path / "papers"
    folder.mkdir(exist_ok=True)
    for name in "ab":
        content = zipped({"甲.txt": name.encode() * 100, "乙.txt": b"B", "坏.txt": b"C"})
        (folder / f"{name}.zip").write_bytes(content)
    holdings = look_into(folder, walk(folder), unpacker, Memory(), frozenset())
    spool = Spool(folder, tmp_path / "data" / "spool", unpacker, holdings, room)
    spool.expect(set(holdings.within))
    return spool


def waiting(tmp_path: Path) -> int:
    return len(list((tmp_path / "data" / "spool").iterdir()))


def test_members_are_unpacked_together_and_each_goes_when_it_is_taken(
    tmp_path: Path, unpacker: Unpacker
) -> None:
    spool = spool_of(tmp_path, unpacker)
    found = spool.fetch("a.zip/甲.txt")
    assert not isinstance(found, tuple)
    assert found.read_bytes() == b"a" * 100
    assert "甲" not in found.name
    assert waiting(tmp_path) == 3
    spool.drop("a.zip/甲.txt")
    assert waiting(tmp_path) == 2


def test_what_waits_longest_makes_room_and_is_unpacked_again(
    tmp_path: Path, unpacker: Unpacker
) -> None:
    spool = spool_of(tmp_path, unpacker, room=110)
    spool.drop("a.zip/甲.txt")
    for path in ("a.zip/甲.txt", "b.zip/甲.txt", "a.zip/乙.txt", "b.zip/乙.txt"):
        found = spool.fetch(path)
        assert not isinstance(found, tuple)
        assert found.read_bytes()
        spool.drop(path)


def test_a_container_that_changed_gives_nothing(tmp_path: Path, unpacker: Unpacker) -> None:
    spool = spool_of(tmp_path, unpacker)
    (tmp_path / "papers" / "a.zip").write_bytes(zipped({"甲.txt": b"other"}))
    assert spool.fetch("a.zip/甲.txt") == (Reason.UNREADABLE, CHANGED)
    (tmp_path / "papers" / "b.zip").unlink()
    assert spool.fetch("b.zip/甲.txt") == (Reason.UNREADABLE, CHANGED)
