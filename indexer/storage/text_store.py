"""Extracted pages in a folder, one container per file and extractor version.

Layout: ``ab/cd/<hash>.<extractor>.text`` holds zstd frames of about 64 KiB of text (each a JSON list
of pages), then a JSON table of the frames, then twelve bytes: the table's length and checksum. A
page is read by decompressing its frame alone.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING, Final

import zstandard

from indexer.errors import TextMissingError
from indexer.records import FileHash
from indexer.storage.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BLOCK_CHARS: Final = 20_000
"""Code points per frame: some 60 KiB of Chinese text."""

_LEVEL: Final = 3
_TRAILER: Final = 12
_SUFFIX: Final = ".text"
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_~-]")


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
            frame = compressor.compress(json.dumps(block, ensure_ascii=False).encode())
            frames.append(frame)
            table.append((len(frame), len(block)))
        index = json.dumps(table).encode()
        trailer = len(index).to_bytes(8) + zlib.crc32(index).to_bytes(4)
        write_atomically(self._path(file_hash, extractor), b"".join((*frames, index, trailer)))

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages; see the port."""
        content = self._read(file_hash, extractor)
        pages: list[str] = []
        at = 0
        for size, _ in _table(content, file_hash):
            pages += _block(content[at : at + size], file_hash)
            at += size
        return tuple(pages)

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page; see the port."""
        content = self._read(file_hash, extractor)
        at, first = 0, 1
        for size, count in _table(content, file_hash):
            if first <= number < first + count:
                return _block(content[at : at + size], file_hash)[number - first]
            at += size
            first += count
        raise TextMissingError(f"{file_hash} has no page {number}")

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of a file; see the port."""
        for path in self._folder(file_hash).glob(f"{file_hash}.*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every text in the store; see the port."""
        for path in sorted(self._root.glob(f"*/*/*{_SUFFIX}")):
            file_hash, _, extractor = path.name.removesuffix(_SUFFIX).partition(".")
            yield FileHash(file_hash), extractor.replace("~", "/")

    def _read(self, file_hash: FileHash, extractor: str) -> bytes:
        try:
            return self._path(file_hash, extractor).read_bytes()
        except OSError as error:
            raise TextMissingError(f"{file_hash} ({extractor})") from error

    def _path(self, file_hash: FileHash, extractor: str) -> Path:
        name = _UNSAFE.sub("_", extractor.replace("/", "~"))
        return self._folder(file_hash) / f"{file_hash}.{name}{_SUFFIX}"

    def _folder(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2] / file_hash[2:4]


def _blocks(pages: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for page in pages:
        block.append(page)
        size += len(page)
        if size >= BLOCK_CHARS:
            yield block
            block, size = [], 0
    if block:
        yield block


def _table(content: bytes, file_hash: FileHash) -> list[tuple[int, int]]:
    trailer = content[-_TRAILER:]
    size = int.from_bytes(trailer[:8])
    index = content[-_TRAILER - size : -_TRAILER]
    damaged = len(content) < _TRAILER + size or zlib.crc32(index) != int.from_bytes(trailer[8:])
    if damaged:
        raise TextMissingError(f"{file_hash} is damaged in the text store")
    return [(size, count) for size, count in json.loads(index)]


def _block(frame: bytes, file_hash: FileHash) -> list[str]:
    try:
        pages: list[str] = json.loads(zstandard.ZstdDecompressor().decompress(frame))
    except (zstandard.ZstdError, ValueError) as error:
        raise TextMissingError(f"{file_hash} is damaged in the text store") from error
    return pages
