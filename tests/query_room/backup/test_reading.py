from __future__ import annotations

import hashlib
import io
import tarfile
from typing import TYPE_CHECKING

import pytest
import zstandard

from indexer.errors import StorageError
from query_room.backup.reading import open_backup
from query_room.backup.writing import BackupWriter
from query_room.errors import BackupDamagedError
from tests.query_room.backup.opened import packed

if TYPE_CHECKING:
    from pathlib import Path

ORIGINAL = f"originals/ab/{'ab' * 32}"


def read(path: Path) -> dict[str, bytes]:
    with open_backup(path) as backup:
        found = {member.name.text: b"".join(member.blocks()) for member in backup}
        assert backup.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert backup.read_bytes == path.stat().st_size
    return found


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b"
    content = {"format.json": b"{}", "settings.json": b"", ORIGINAL: bytes(3_000_001)}
    with path.open("wb") as file:
        writer = BackupWriter(file, at=0)
        for name, each in content.items():
            writer.add(name, each)
        writer.finish()
    assert read(path) == content


def test_tar_of_another_make_is_read(tmp_path: Path) -> None:
    packed(tmp_path / "b", [("format.json", b"{}"), (ORIGINAL, b"x")])
    with pytest.raises(BackupDamagedError, match="trailing"):
        read(tmp_path / "b")  # Python's own pads to whole records: ours does not


def link(kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(ORIGINAL)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE],
)
def test_only_plain_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    packed(tmp_path / "b", [("format.json", b"{}"), (link(kind), b"")])
    with pytest.raises(BackupDamagedError, match="foreign_member"):
        read(tmp_path / "b")


def test_headers_that_stretch_others_are_not_followed(tmp_path: Path) -> None:
    info = tarfile.TarInfo("format.json")
    info.pax_headers = {"path": "../../outside", "comment": "x" * 100_000}
    packed(tmp_path / "b", [(info, b"{}")])
    with pytest.raises(BackupDamagedError, match="foreign_member"):
        read(tmp_path / "b")


def test_a_text_longer_than_any_is_not_read_into_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("manifest.json")
    info.size = 65 << 20
    header = info.tobuf(tarfile.USTAR_FORMAT)
    (tmp_path / "b").write_bytes(zstandard.ZstdCompressor().compress(header + bytes(1024)))
    with (
        open_backup(tmp_path / "b") as backup,
        pytest.raises(BackupDamagedError, match="too_large"),
    ):
        next(iter(backup)).content()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cut_short"),
        (b"PK\x03\x04 a package, not a backup", "no_backup"),
        (zstandard.ZstdCompressor().compress(b""), "cut_short"),
        (zstandard.ZstdCompressor().compress(b"no tar" * 200), "unreadable"),
        (zstandard.ZstdCompressor().compress(bytes(1536)), "trailing"),
        (zstandard.ZstdCompressor().compress(bytes(1024)) + b"more", "trailing"),
        (zstandard.ZstdCompressor().compress(bytes(1024)) * 2, "trailing"),
        (zstandard.ZstdCompressor().compress(bytes(512) + b"x" * 512), "unreadable"),
    ],
    ids=repr,
)
def test_what_is_no_backup_is_told_apart(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(BackupDamagedError) as error:
        read(tmp_path / "b")
    assert error.value.reason == reason


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    whole = io.BytesIO()
    writer = BackupWriter(whole, at=0)
    writer.add("format.json", b"{}")
    writer.add(ORIGINAL, bytes(range(256)))
    writer.finish()
    for size in range(len(whole.getvalue())):
        (tmp_path / "b").write_bytes(whole.getvalue()[:size])
        with pytest.raises(BackupDamagedError, match="cut_short"):
            read(tmp_path / "b")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(StorageError), open_backup(path) as backup:
            list(backup)
