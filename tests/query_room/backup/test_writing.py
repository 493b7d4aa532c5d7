from __future__ import annotations

import hashlib
import io
import tarfile
from typing import TYPE_CHECKING

import zstandard

from query_room.backup.writing import BackupWriter
from tests.query_room.backup.opened import unpacked

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_can_be_read_without_this_product(tmp_path: Path) -> None:
    path = tmp_path / "b"
    long_name = f"texts/{'a' * 64}/{'b' * 90}.json"
    with path.open("wb") as file:
        writer = BackupWriter(file, at=1_000_000_000)
        writer.add("format.json", "格式".encode())
        writer.add(long_name, b"")
        writer.add_blocks("original", 700, [b"x" * 512, b"y" * 188])
        sums = writer.add_sums()
        digest = writer.finish()
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    members = unpacked(path)
    assert list(members) == ["format.json", long_name, "original", "SHA256SUMS"]
    assert members["original"] == b"x" * 512 + b"y" * 188
    lines = members["SHA256SUMS"].decode().splitlines()
    assert lines == [
        f"{hashlib.sha256(members[name]).hexdigest()}  {name}" for name in list(members)[:3]
    ]
    assert sums == hashlib.sha256(members["SHA256SUMS"]).hexdigest()


def test_a_file_that_shrinks_or_grows_while_it_is_read_spoils_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "b"
    with path.open("wb") as file:
        writer = BackupWriter(file, at=0)
        shrunk = writer.add_blocks("shrunk", 1000, [b"x" * 10])
        writer.add_blocks("grown", 10, [b"x" * 8, b"y" * 8])
        writer.add("after", b"sound")
        writer.finish()
    members = unpacked(path)
    assert members == {
        "shrunk": b"x" * 10 + bytes(990),
        "grown": b"x" * 8 + b"yy",
        "after": b"sound",
    }
    assert shrunk == hashlib.sha256(members["shrunk"]).hexdigest()


def test_a_file_may_be_larger_than_the_old_form_of_tar_can_say() -> None:
    size = 9 << 30
    written = io.BytesIO()
    writer = BackupWriter(written, at=0)
    name = f"originals/ab/{'ab' * 32}"
    header = writer._header(name, size)
    info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
    assert (len(header), info.name, info.size, info.type) == (512, name, size, tarfile.REGTYPE)
    writer.finish()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(written.getvalue()) == bytes(
        1024
    )
