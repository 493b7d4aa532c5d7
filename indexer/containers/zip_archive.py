"""ZIP archives."""

from __future__ import annotations

import stat
import zlib
from typing import TYPE_CHECKING, Final

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of, refused
from indexer.containers.decompression import bzip2, raw_deflate, unpacked, xz, zstd
from indexer.containers.zip_directory import (
    IS_ENCRYPTED,
    ZipEntry,
    data_offset,
    entries_by_heads,
    entries_in_directory,
    overlap,
)
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from indexer.containers.budget import Workplace
    from indexer.containers.decompression import Decompressor

_STORED: Final = 0
_ZSTD: Final = 93
_METHODS: Final[dict[int, Callable[[], Decompressor]]] = {8: raw_deflate, 12: bzip2, 95: xz}


def read_zip(path: Path, workplace: Workplace) -> Contents:
    """The members of a ZIP archive; of one that is cut short, those that are still whole.

    Raises:
        ExtractionError: There is no entry in it, or entries lie over each other.
        LimitError: It has too many entries.
    """
    problem = None
    with path.open("rb") as file:
        entries = entries_in_directory(file, workplace.budget)
        if entries is None:
            problem = ExtractionError(Reason.DAMAGED, "its directory is lost")
            entries = list(entries_by_heads(file, workplace.budget))
    if not entries and problem is not None:
        raise problem
    if overlap(entries):
        raise ExtractionError(Reason.MEMORY, "members lie over each other")
    files = [each for each in entries if not _is_folder(each)]
    kept = [each for each in files if stat.S_IFMT(each.mode) in {0, stat.S_IFREG}]
    return Contents(
        members=tuple(_member(path, each) for each in kept),
        passed_over=len(files) - len(kept),
        problem=problem,
    )


def _is_folder(entry: ZipEntry) -> bool:
    ends = ("/", "\\") if isinstance(entry.name, str) else (b"/", b"\\")
    # A backslash may be half of a character of Big5 or GBK: a folder has no bytes, either.
    return stat.S_ISDIR(entry.mode) or (
        entry.name.endswith(ends[0])  # type: ignore[arg-type]
        or (entry.name.endswith(ends[1]) and not entry.size)  # type: ignore[arg-type]
    )


def _member(path: Path, entry: ZipEntry) -> RawMember:
    problem = None
    if entry.flags & IS_ENCRYPTED:
        problem = ExtractionError(Reason.ENCRYPTED)
    elif entry.method not in {_STORED, _ZSTD, *_METHODS}:
        problem = ExtractionError(Reason.UNSUPPORTED, f"ZIP compression method {entry.method}")
    return RawMember(
        name=entry.name,
        size=entry.size,
        blocks=refused(problem) if problem else lambda: _checked(path, entry),
        problem=problem,
    )


def _checked(path: Path, entry: ZipEntry) -> Iterator[bytes]:
    """The bytes of an entry, no more than it says, and those that it says."""
    checksum = count = 0
    for block in _unpacked(path, entry):
        checksum = zlib.crc32(block, checksum)
        count += len(block)
        if entry.size is not None and count > entry.size:
            raise ExtractionError(Reason.DAMAGED, "a member is longer than it says")
        yield block
    if entry.size is not None and (count, checksum) != (entry.size, entry.checksum):
        raise ExtractionError(Reason.DAMAGED, "a member is not what its checksum says")


def _unpacked(path: Path, entry: ZipEntry) -> Iterable[bytes]:
    with path.open("rb") as file:
        start = data_offset(file, entry)
    if entry.packed is None and entry.method == _STORED:
        raise ExtractionError(Reason.DAMAGED, "nothing says where a member ends")
    packed = blocks_of(path, start, entry.packed)
    if entry.method == _STORED:
        return packed
    if entry.method == _ZSTD:
        return zstd(packed)
    return unpacked(packed, _METHODS[entry.method], streams=1)
