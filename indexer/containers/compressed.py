"""GZ, BZ2 and XZ: one file, or a TAR archive, made smaller."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of, write
from indexer.containers.decompression import bzip2, gzip, unpacked, xz
from indexer.containers.tar_archive import read_tar
from indexer.errors import ExtractionError
from indexer.extraction.kinds import TAR, media_type_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.containers import Reader
    from indexer.containers.budget import Workplace
    from indexer.containers.decompression import Decompressor

_SUFFIXES: Final = {
    "tgz": "tar", "tbz": "tar", "tbz2": "tar", "txz": "tar",
    "gz": "", "z": "", "bz2": "", "xz": "",
}  # fmt: skip
_HEAD: Final = 10
_HAS_EXTRA, _HAS_NAME = 4, 8
_MAX_NAME: Final = 1024


def reader_of(new: Callable[[], Decompressor]) -> Reader:
    """The reader of what one kind of decompressor unpacks."""

    def read(path: Path, workplace: Workplace) -> Contents:
        """The TAR archive within, or the one file.

        Raises:
            ExtractionError: It is damaged; of a cut TAR archive the beginning is read.
            LimitError: More comes out than may.
        """
        inner = workplace.new_path()
        problem = None
        budget = workplace.budget
        try:
            size = write(inner, unpacked(blocks_of(path), new), budget.bytes_left)
        except ExtractionError as error:
            problem, size = error, inner.stat().st_size
        budget.must_hold(size=size)
        if media_type_of(inner, "") == TAR:
            found = read_tar(inner, workplace)
            return Contents(
                members=found.members,
                passed_over=found.passed_over,
                problem=problem or found.problem,
            )
        if problem is not None:
            raise problem
        member = RawMember(name=_name(path), size=size, blocks=lambda: blocks_of(inner))
        return Contents(members=(member,))

    return read


read_gzip: Final = reader_of(gzip)
read_bzip2: Final = reader_of(bzip2)
read_xz: Final = reader_of(xz)


def name_within(name: str) -> str:
    """What the one file within a compressed file of this name is called."""
    stem, _, suffix = PurePosixPath(name).name.rpartition(".")
    replaced = _SUFFIXES.get(suffix.lower())
    if not stem or replaced is None:
        return name
    return f"{stem}.{replaced}" if replaced else stem


def _name(path: Path) -> bytes | str:
    """The name in the head of a gzip file, or ``""``: it is then called as its file is."""
    with path.open("rb") as file:
        head = file.read(_HEAD + _MAX_NAME)
    if not head.startswith(b"\x1f\x8b") or len(head) < _HEAD or not head[3] & _HAS_NAME:
        return ""
    start = _HEAD
    if head[3] & _HAS_EXTRA:
        start += 2 + int.from_bytes(head[start : start + 2], "little")
    name, end, _ = head[start:].partition(b"\0")
    return name if end else ""
