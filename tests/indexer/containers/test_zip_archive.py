from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from indexer.containers.budget import LimitError
from indexer.containers.zip_archive import read_zip
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from tests.indexer.containers.archives import content_of, names, read, small, zipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_members_come_out_as_they_went_in(tmp_path: Path, method: int) -> None:
    found = read(read_zip, tmp_path, zipped({"a/甲.txt": b"A" * 5000, "a/": b""}, method=method))
    assert names(found) == ["a/甲.txt"]
    assert content_of(found) == b"A" * 5000
    assert found.problem is None


def test_names_without_a_flag_stay_bytes(tmp_path: Path) -> None:
    found = read(read_zip, tmp_path, zipped({"知青.txt": b""}, encoding="gbk"))
    assert names(found) == ["知青.txt".encode("gbk")]


def test_a_flag_that_is_not_true_is_not_believed(tmp_path: Path) -> None:
    content = zipped({"知青.txt": b""}, encoding="gbk")
    # General purpose bit 11, in the entry's own head and in the directory.
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(magic) + at
        content = content[:place] + struct.pack("<H", 0x800) + content[place + 2 :]
    assert names(read(read_zip, tmp_path, content)) == ["知青.txt".encode("gbk")]


def test_the_unicode_name_beside_the_old_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("name.txt")
    value = struct.pack("<BL", 1, zlib.crc32(b"name.txt")) + "知青.txt".encode()
    info.extra = struct.pack("<HH", 0x7075, len(value)) + value
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, b"")
    assert names(read(read_zip, tmp_path, path.read_bytes())) == ["知青.txt"]


def test_links_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("link")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", b"A")
    found = read(read_zip, tmp_path, path.read_bytes())
    assert (names(found), found.passed_over) == ([b"a.txt"], 1)


def test_something_may_stand_before_the_archive(tmp_path: Path) -> None:
    found = read(read_zip, tmp_path, b"MZ" * 500 + zipped({"a.txt": b"A"}))
    assert content_of(found) == b"A"


def test_without_its_directory_entries_are_told_by_their_heads(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"A" * 500, "b.txt": b"B" * 500})
    found = read(read_zip, tmp_path, content[: content.index(b"PK\x01\x02")])
    assert names(found) == [b"a.txt", b"b.txt"]
    assert content_of(found, 1) == b"B" * 500
    assert found.problem is not None
    assert found.problem.reason == Reason.DAMAGED


def test_what_was_written_to_a_pipe_is_salvaged_too(tmp_path: Path) -> None:
    # Sizes follow the bytes: only the end of the stream tells where they end.
    class Pipe:
        def __init__(self) -> None:
            self.content = b""

        def write(self, data: bytes) -> int:
            self.content += data
            return len(data)

        def flush(self) -> None:
            pass

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("a.txt", b"A" * 500)
        archive.writestr("b.txt", b"B" * 500)
    content = pipe.content
    found = read(read_zip, tmp_path, content[: content.index(b"PK\x01\x02")])
    assert [content_of(found, number) for number in (0, 1)] == [b"A" * 500, b"B" * 500]


def test_four_bytes_alone_are_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as refused:
        read(read_zip, tmp_path, b"PK\x03\x04" + bytes(range(200)))
    assert refused.value.reason == Reason.DAMAGED


def test_a_method_nobody_reads_is_named(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"A"}, method=zipfile.ZIP_STORED)
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = content.index(magic) + at
        content = content[:place] + struct.pack("<H", 98) + content[place + 2 :]
    (member,) = read(read_zip, tmp_path, content).members
    assert member.problem is not None
    assert member.problem.reason == Reason.UNSUPPORTED
    assert "98" in member.problem.detail


def test_a_directory_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    content = zipped([(f"{number}.txt", b"") for number in range(300)])
    with pytest.raises(LimitError):
        read(read_zip, tmp_path, content, small(members=100))
