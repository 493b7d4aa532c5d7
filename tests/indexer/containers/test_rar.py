"""RAR archives from the archivist's folder to their members, by the real programs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from indexer.containers.rar import read_rar
from indexer.containers.rar_messages import RarFound, RarWanted
from indexer.containers.unpacker import Unpacker
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from tests.indexer.containers.archives import read, shown, small, zipped
from tests.indexer.containers.rar_archives import RAR5, rar4, rar5, rar5_with_hidden_names
from tests.indexer.containers.test_unpacker import settings

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers.budget import Limits


@pytest.fixture
def unar() -> None:
    if shutil.which("unar") is None or shutil.which("lsar") is None:
        pytest.skip("unar is not installed: no RAR archive was read")


def listed(
    tmp_path: Path, content: bytes, name: str = "a.rar", limits: Limits | None = None
) -> dict[str, str]:
    path = tmp_path / name
    path.write_bytes(content)
    with Unpacker(settings(tmp_path), tmp_path, limits=limits) as unpacker:
        return shown(unpacker.list_members(path, name))


def unpacked(
    tmp_path: Path, content: bytes, *places: str, name: str = "a.rar"
) -> dict[str, bytes | str]:
    path, spool = tmp_path / name, tmp_path / "data" / "spool"
    path.write_bytes(content)
    wanted = {place: spool / str(number) for number, place in enumerate(places)}
    with Unpacker(settings(tmp_path), tmp_path, spool) as unpacker:
        unpacker.list_members(path, name)
        problems = unpacker.unpack(path, name, wanted)
        return {
            place: problems[place][0] if place in problems else file.read_bytes()
            for place, file in wanted.items()
        }


@pytest.mark.usefixtures("unar")
def test_members_come_out_as_they_went_in_whatever_they_are_called(tmp_path: Path) -> None:
    content = rar5(
        [("甲.txt", b"A" * 5000), ("空.txt", b""), ("../../外/乙.txt", b"B"), ("甲.txt", b"C")],
        links={"链": "/etc/passwd"},
    )
    places = ("甲.txt", "空.txt", "外/乙.txt", "甲 (2).txt")
    assert listed(tmp_path, content) == {"": "archive", **dict.fromkeys(places, "file")}
    assert list(unpacked(tmp_path, content, *places).values()) == [b"A" * 5000, b"", b"B", b"C"]
    assert not (tmp_path / "外").exists()


@pytest.mark.usefixtures("unar")
def test_old_names_are_decoded_together(tmp_path: Path) -> None:
    content = rar4(
        [("收文\\关于低保的通知.txt".encode("gbk"), b"A"), ("名单.txt".encode("gbk"), b"B")]
    )
    assert list(listed(tmp_path, content)) == ["", "收文/关于低保的通知.txt", "名单.txt"]


@pytest.mark.usefixtures("unar")
@pytest.mark.parametrize("version", [4, 5])
def test_an_encrypted_member_leaves_the_others(tmp_path: Path, version: int) -> None:
    members = [("a.txt", b"A" * 50), ("b.txt", b"B" * 16), ("c.txt", b"C")]
    content = (
        rar5(members, encrypted=["b.txt"])
        if version == 5
        else rar4([(name.encode(), each) for name, each in members], encrypted=[b"b.txt"])
    )
    assert unpacked(tmp_path, content, "a.txt", "b.txt", "c.txt") == {
        "a.txt": b"A" * 50,
        "b.txt": Reason.ENCRYPTED,
        "c.txt": b"C",
    }


@pytest.mark.usefixtures("unar")
def test_a_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    content = bytearray(rar5([("a.txt", b"A" * 50), ("b.txt", b"B" * 500), ("c.txt", b"C" * 9)]))
    content[content.index(b"B" * 500) + 100] ^= 1
    assert listed(tmp_path, bytes(content)) == {
        "": "archive",
        "a.txt": "file",
        "b.txt": Reason.DAMAGED,
        "c.txt": "file",
    }


@pytest.mark.usefixtures("unar")
def test_a_cut_archive_gives_what_is_whole(tmp_path: Path) -> None:
    content = rar5([("a.txt", b"A" * 50), ("b.txt", b"B" * 500)])
    found = listed(tmp_path, content[: content.index(b"B" * 500) + 100])
    assert found == {"": "archive", "a.txt": "file", "b.txt": Reason.DAMAGED}


@pytest.mark.usefixtures("unar")
@pytest.mark.parametrize(
    "content", [rar4([(b"a.txt", b"A")], flags=1), rar5([("a.txt", b"A")], flags=1)]
)
def test_a_part_of_a_divided_archive_says_so_beside_what_it_gives(
    tmp_path: Path, content: bytes
) -> None:
    assert listed(tmp_path, content) == {"": Reason.DAMAGED, "a.txt": "file"}


@pytest.mark.usefixtures("unar")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rar5_with_hidden_names(), Reason.ENCRYPTED),
        (rar5([]), Reason.EMPTY),
        (RAR5 + bytes(100), Reason.EMPTY),
    ],
)
def test_one_that_gives_nothing_says_why(tmp_path: Path, content: bytes, reason: Reason) -> None:
    assert listed(tmp_path, content) == {"": reason}


@pytest.mark.usefixtures("unar")
def test_it_is_read_within_others_and_others_within_it(tmp_path: Path) -> None:
    content = zipped({"内.rar": rar5([("包.zip", zipped({"甲.txt": b"A"}))]), "乙.txt": b"B"})
    place = "内.rar/包.zip/甲.txt"
    assert unpacked(tmp_path, content, place, "乙.txt", name="外.zip") == {
        place: b"A",
        "乙.txt": b"B",
    }


@pytest.mark.usefixtures("unar")
def test_more_than_may_come_out_is_refused(tmp_path: Path) -> None:
    content = rar5([(f"{number}.txt", b"\0" * 100) for number in range(9)])
    assert listed(tmp_path, content, limits=small(members=8)) == {"": Reason.MEMORY}
    big = rar5([("a.txt", b"\0" * (2 << 20))])
    assert listed(tmp_path, big, limits=small(total_bytes=1 << 20)) == {"": Reason.MEMORY}


def test_without_the_program_it_is_told_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert listed(tmp_path, rar5([("a.txt", b"A")])) == {"": Reason.NEEDS_TOOL}


def test_nobody_opens_it_where_there_is_no_pool(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as refused:
        read(read_rar, tmp_path, rar5([("a.txt", b"A")]))
    assert refused.value.reason == Reason.NEEDS_TOOL


def test_a_process_that_was_broken_into_gets_no_other_file(tmp_path: Path) -> None:
    other = tmp_path / "other.rar"
    other.write_bytes(rar5([("a.txt", b"A")]))
    folder = tmp_path / "folder"
    folder.mkdir()
    asked = RarWanted(path=str(folder / ".." / "other.rar"), room=1 << 20)
    with Unpacker(settings(tmp_path), folder) as unpacker:
        found = unpacker._rar(asked, folder / "a.zip", folder, 60.0)
    assert found == RarFound(reason=Reason.INTERNAL, detail="no such archive")
