from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.containers import EntryKind
from indexer.containers.unpacker import Unpacker
from indexer.extraction.kinds import DOCX
from indexer.importing.looking import Holdings, Memory, look_into
from indexer.importing.walk import walk
from indexer.settings import IndexerSettings
from tests.indexer.containers.archives import zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def unpacker(tmp_path: Path) -> Iterator[Unpacker]:
    settings = IndexerSettings(data=tmp_path / "data", database_url="")
    with Unpacker(settings, tmp_path / "papers") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    inner = zipped({"甲.txt": b"A", "密.txt": b"B"}, encrypted=["密.txt"])
    (papers / "a.zip").write_bytes(zipped({"内.zip": inner, "乙.txt": b"C"}))
    (papers / "b.txt").write_text("通知", encoding="utf-8")
    return papers


def looked(
    folder: Path, unpacker: Unpacker, memory: Memory | None = None, *sealed: str
) -> Holdings:
    return look_into(folder, walk(folder), unpacker, memory or Memory(), frozenset(sealed))


def memory_of(found: Holdings) -> Memory:
    return Memory(listings={row.path: row for row in found.learnt})


def test_every_file_has_its_place(folder: Path, unpacker: Unpacker) -> None:
    found = looked(folder, unpacker)
    assert [file.path for file in found.files] == [
        "a.zip",
        "a.zip/内.zip",
        "a.zip/内.zip/甲.txt",
        "a.zip/内.zip/密.txt",
        "a.zip/乙.txt",
        "b.txt",
    ]
    assert found.below == {
        "a.zip": ("a.zip/内.zip", "a.zip/乙.txt"),
        "a.zip/内.zip": ("a.zip/内.zip/甲.txt", "a.zip/内.zip/密.txt"),
    }
    assert found.kinds == {"a.zip": EntryKind.ARCHIVE, "a.zip/内.zip": EntryKind.ARCHIVE}
    assert found.refused == {"a.zip/内.zip/密.txt": ("encrypted", "")}
    assert [found.depth(file.path) for file in found.files] == [0, 1, 2, 2, 1, 0]
    assert (found.opened, found.member_files) == (2, 3)
    assert list(found.members("a.zip")) == [
        "a.zip/内.zip",
        "a.zip/内.zip/甲.txt",
        "a.zip/内.zip/密.txt",
        "a.zip/乙.txt",
    ]


def test_what_has_not_changed_is_remembered(folder: Path, unpacker: Unpacker) -> None:
    (folder / "a.zip").write_bytes(zipped({"内.zip": zipped({"甲.txt": b"A"})}))
    first = looked(folder, unpacker)
    unpacker.list_members = None  # type: ignore[assignment,method-assign]
    again = looked(folder, unpacker, memory_of(first))
    assert again == replace(first, learnt=())


def test_what_changed_is_looked_into_again(folder: Path, unpacker: Unpacker) -> None:
    memory = memory_of(looked(folder, unpacker))
    (folder / "a.zip").write_bytes(zipped({"丙.txt": b"CC"}))
    found = looked(folder, unpacker, memory)
    assert [file.path for file in found.files] == ["a.zip", "a.zip/丙.txt", "b.txt"]


def test_what_could_not_be_opened_is_not_remembered(folder: Path, unpacker: Unpacker) -> None:
    assert looked(folder, unpacker).learnt == ()  # a member of it is encrypted
    (folder / "a.zip").write_bytes(b"PK\x05\x06")
    found = looked(folder, unpacker)
    assert found.learnt == ()
    assert found.refused["a.zip"][0] == "damaged"


def test_what_is_known_to_be_no_container_is_not_even_looked_at(
    folder: Path, unpacker: Unpacker
) -> None:
    status = (folder / "a.zip").stat()
    kinds = {"a.zip": (status.st_size, status.st_mtime_ns, DOCX)}
    assert looked(folder, unpacker, Memory(kinds=kinds)).within == {}


def test_what_must_not_be_opened_is_not(folder: Path, unpacker: Unpacker) -> None:
    assert looked(folder, unpacker, None, "a.zip").within == {}
    found = looked(folder, unpacker, None, "a.zip/内.zip")
    assert list(found.members("a.zip")) == ["a.zip/内.zip", "a.zip/乙.txt"]
