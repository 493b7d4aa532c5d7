from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from indexer.errors import StorageFullError
from indexer.settings import IndexerSettings
from query_room.archive import uploading
from query_room.archive.uploading import Receiving, safe_path
from query_room.errors import InvalidFieldError
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO


@pytest.fixture
def settings(tmp_path: Path) -> RoomSettings:
    indexer = IndexerSettings(data=tmp_path / "data", database_url="sqlite://")
    return RoomSettings(indexer=indexer, upload_files=6)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("低保.txt", "低保.txt"),
        ("2008/民政局/低保.txt", "2008/民政局/低保.txt"),
        ("C:\\我的文档\\低保.txt", "C:/我的文档/低保.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/../../b.txt", "a/b.txt"),
        ("..", "未命名"),
        ("./.", "未命名"),
        ("\0\x1b[31ma\u202egnp.txt", "[31magnp.txt"),
        ("a\nb.txt", "a b.txt"),
        (" a.txt ", "a.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_a_name_stays_where_it_is_put(name: str, kept: str) -> None:
    assert str(safe_path(name)) == kept


@pytest.mark.parametrize("name", ["长" * 3000 + ".pdf", "a/" * 500 + "b.pdf", "x." + "y" * 4000])
def test_no_name_is_too_long_for_a_disk(name: str, tmp_path: Path) -> None:
    path = tmp_path / safe_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert len(os.fsencode(path)) < 4096
    assert all(len(os.fsencode(part)) <= 255 for part in path.parts)


def part(receiving: Receiving, text: str) -> IO[bytes]:
    file = receiving.open()
    file.write(text.encode())
    return file


def test_two_files_of_one_name_are_two_files(settings: RoomSettings) -> None:
    receiving = Receiving(settings, 100)
    names = ("a.txt", "a.txt", "a.txt/b.txt", "c/a.txt", "C/a.txt")
    received = receiving.keep(
        [(name, part(receiving, f"第{number}份")) for number, name in enumerate(names)],
        ("目录.csv", part(receiving, "题名,文件")),
    )
    assert received.files == 5
    assert received.manifest == received.folder / "目录.csv"
    found = {
        path.relative_to(received.folder).as_posix(): path.read_text("utf-8")
        for path in received.folder.rglob("*")
        if path.is_file()
    }
    assert found == {
        "a.txt": "第0份",
        "a (2).txt": "第1份",
        "a.txt_b.txt": "第2份",
        "c/a.txt": "第3份",
        "C/a.txt": "第4份",
        "目录.csv": "题名,文件",
    }
    assert [each.name for each in received.folder.parent.iterdir()] == ["files"]


def test_more_than_is_allowed_is_refused_as_it_comes(settings: RoomSettings) -> None:
    receiving = Receiving(settings, 100)
    for _ in range(7):
        receiving.open()
    with pytest.raises(InvalidFieldError):
        receiving.open()
    receiving.drop()
    assert list(settings.indexer.uploads.iterdir()) == []


def test_without_a_name_there_is_no_file(settings: RoomSettings) -> None:
    receiving = Receiving(settings, 100)
    with pytest.raises(InvalidFieldError):
        receiving.keep([("", io.BytesIO(b""))], None)
    receiving.drop()


def test_a_disk_without_room_takes_nothing(
    settings: RoomSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "_LEFT_FREE", 1 << 60)
    with pytest.raises(StorageFullError):
        Receiving(settings, 100)
    assert not settings.indexer.uploads.exists()
