"""Extracted pages in a folder, one container per file and extractor version.

Layout: ``ab/<hash>.<extractor>.text`` holds zstd frames of at most 64 KiB of text (each a JSON
list of pages; a longer page has a frame of its own), then a JSON table of the frames, then twelve
bytes: the table's length and checksum. A page is read by reading its frame alone.
"""

from __future__ import annotations

import json
import zlib
from os import SEEK_END
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote, unquote

import zstandard

from indexer.errors import TextMissingError
from indexer.records import FileHash
from indexer.storage.atomic import sweep, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BLOCK_CHARS: Final = 20_000
"""Code points per frame: some 60 KiB of Chinese text."""

_LEVEL: Final = 3
_TRAILER: Final = 12
_SUFFIX: Final = ".text"
# Text that came from a broken encoding may hold lone surrogates; what was put comes back unchanged.
_SURROGATES: Final = "surrogatepass"


class FolderTextStore:
    """A :class:`~indexer.storage.TextStore` on a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, file_hash: FileHash, extractor: str, pages: Sequence[str]) -> None:
        """Keep the pages; see the port."""
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        frames: list[bytes] = []
        table: list[tuple[int, int]] = []  # bytes of the frame, pages in it
        for block in _blocks(pages):
            text = json.dumps(block, ensure_ascii=False).encode(errors=_SURROGATES)
            frame = compressor.compress(text)
            frames.append(frame)
            table.append((len(frame), len(block)))
        index = json.dumps(table).encode()
        trailer = len(index).to_bytes(8) + zlib.crc32(index).to_bytes(4)
        write_atomically(
            self._path(file_hash, extractor),
            b"".join((*frames, index, trailer)),
            incoming=self._root / "incoming",
        )

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages; see the port."""
        with self._open(file_hash, extractor) as file:
            table = _table(file, file_hash)
            file.seek(0)
            return tuple(page for size, _ in table for page in _block(file.read(size), file_hash))

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page; see the port."""
        with self._open(file_hash, extractor) as file:
            at, first = 0, 1
            for size, count in _table(file, file_hash):
                if first <= number < first + count:
                    file.seek(at)
                    return _block(file.read(size), file_hash)[number - first]
                at += size
                first += count
        raise TextMissingError(f"{file_hash} has no page {number}")

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of a file; see the port."""
        for path in self._folder(file_hash).glob(f"{file_hash}.*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every text in the store; see the port."""
        for path in sorted(self._root.glob(f"??/*{_SUFFIX}")):
            file_hash, _, extractor = path.name.removesuffix(_SUFFIX).partition(".")
            yield FileHash(file_hash), unquote(extractor)

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""
        sweep(self._root / "incoming")

    def _open(self, file_hash: FileHash, extractor: str) -> IO[bytes]:
        try:
            return self._path(file_hash, extractor).open("rb")
        except OSError as error:
            raise TextMissingError(f"{file_hash} ({extractor})") from error

    def _path(self, file_hash: FileHash, extractor: str) -> Path:
        return self._folder(file_hash) / f"{file_hash}.{quote(extractor, safe='')}{_SUFFIX}"

    def _folder(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2]


def _blocks(pages: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for page in pages:
        if block and size + len(page) > BLOCK_CHARS:
            yield block
            block, size = [], 0
        block.append(page)
        size += len(page)
    if block:
        yield block


def _table(file: IO[bytes], file_hash: FileHash) -> list[tuple[int, int]]:
    try:
        end = file.seek(0, SEEK_END)
        file.seek(max(0, end - _TRAILER))
        trailer = file.read(_TRAILER)
        size = int.from_bytes(trailer[:8])
        if len(trailer) == _TRAILER and size <= end - _TRAILER:
            file.seek(end - _TRAILER - size)
            index = file.read(size)
            if zlib.crc32(index) == int.from_bytes(trailer[8:]):
                return [(size, count) for size, count in json.loads(index)]
    except OSError as error:
        raise TextMissingError(f"{file_hash} cannot be read from the text store") from error
    raise TextMissingError(f"{file_hash} is damaged in the text store")


def _block(frame: bytes, file_hash: FileHash) -> list[str]:
    try:
        text = zstandard.ZstdDecompressor().decompress(frame)
        pages: list[str] = json.loads(text.decode(errors=_SURROGATES))
    except (zstandard.ZstdError, ValueError) as error:
        raise TextMissingError(f"{file_hash} is damaged in the text store") from error
    return pages
