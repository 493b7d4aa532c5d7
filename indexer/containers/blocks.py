"""Bytes of files, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.containers.decompression import BLOCK
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.containers import Blocks


def blocks_of(path: Path, start: int = 0, size: int | None = None) -> Iterator[bytes]:
    """The bytes of a file, or ``size`` of them from ``start``.

    Raises:
        ExtractionError: It ends before.
    """
    with path.open("rb") as file:
        file.seek(start)
        left = size
        while left is None or left > 0:
            block = file.read(BLOCK if left is None else min(BLOCK, left))
            if not block:
                break
            left = None if left is None else left - len(block)
            yield block
    if left:
        raise ExtractionError(Reason.DAMAGED, "cut short")


def of_bytes(content: bytes) -> Blocks:
    """What is in memory already."""
    return lambda: iter((content,))


def refused(problem: ExtractionError) -> Blocks:
    """What cannot be read."""

    def read() -> Iterator[bytes]:
        raise problem

    return read


def write(path: Path, blocks: Iterable[bytes], limit: int) -> int:
    """How many bytes were written to a new file; no more than ``limit`` and one block.

    What was written before an error stays, for who wants what can be read of it.
    """
    written = 0
    with path.open("xb") as file:
        for block in blocks:
            file.write(block)
            written += len(block)
            if written > limit:
                break
    return written
