from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import TYPE_CHECKING

import pytest

from indexer.containers.compressed import name_within, read_bzip2, read_gzip, read_xz
from indexer.errors import ExtractionError
from tests.indexer.containers.archives import content_of, names, read, tarred

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        (read_gzip, gzip.compress(b"A" * 500)),
        (read_bzip2, bz2.compress(b"A" * 500)),
        (read_xz, lzma.compress(b"A" * 500)),
    ],
    ids=["gz", "bz2", "xz"],
)
def test_one_file_comes_out(tmp_path: Path, reader: object, content: bytes) -> None:
    found = read(reader, tmp_path, content)  # type: ignore[arg-type]
    assert names(found) == [""]
    assert content_of(found) == b"A" * 500


def test_the_name_that_gzip_keeps_is_its_name(tmp_path: Path) -> None:
    written = io.BytesIO()
    with gzip.GzipFile("通知.txt.gz", "wb", fileobj=written) as file:
        file.write(b"A")
    # The library writes Latin names alone: this one it leaves out.
    assert names(read(read_gzip, tmp_path, written.getvalue())) == [""]
    named = b"\x1f\x8b\x08\x08" + bytes(6) + "通知.txt".encode("gbk") + b"\0"
    folder = tmp_path / "named"
    folder.mkdir()
    assert names(read(read_gzip, folder, named + gzip.compress(b"A")[10:])) == [
        "通知.txt".encode("gbk")
    ]


def test_a_tar_archive_within_is_opened_with_it(tmp_path: Path) -> None:
    found = read(read_xz, tmp_path, tarred({"a.txt": b"A", "b.txt": b"B"}, "w:xz"))
    assert [content_of(found, number) for number in (0, 1)] == [b"A", b"B"]


def test_half_a_file_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError):
        read(read_gzip, tmp_path, gzip.compress(bytes(range(256)) * 50)[:-20])


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("通知.doc.gz", "通知.doc"),
        ("卷.tgz", "卷.tar"),
        ("a.XZ", "a"),
        ("无后缀", "无后缀"),
        (".gz", ".gz"),
    ],
)
def test_the_file_within_is_called_as_its_file_is(name: str, within: str) -> None:
    assert name_within(name) == within
