"""A backup, opened with nothing of the product's own."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def unpacked(path: Path) -> dict[str, bytes]:
    """Every member by name, in order."""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        plain = stream.read()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        return {
            info.name: content.read()
            for info in archive
            if (content := archive.extractfile(info)) is not None
        }


def packed(path: Path, members: Iterable[tuple[str | tarfile.TarInfo, bytes]]) -> None:
    """Write members as anybody could."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            if info.isreg():
                info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    path.write_bytes(zstandard.ZstdCompressor(write_checksum=True).compress(plain.getvalue()))
