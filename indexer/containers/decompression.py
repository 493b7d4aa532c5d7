"""Compressed bytes to bytes, never more of them at once than a block."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import TYPE_CHECKING, Final, Protocol

import zstandard

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BLOCK: Final = 1 << 18
"""Bytes read and given at a time."""

_MEMORY: Final = 512 << 20
_GZIP: Final = 31
_RAW: Final = -15
_MAGIC: Final = 2
"""Bytes by which another stream of the same kind is known; what follows otherwise is no part."""


class Decompressor(Protocol):
    """What :mod:`bz2` and :mod:`lzma` have in common, and :mod:`zlib` is made to have."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more input."""

    @property
    def unused_data(self) -> bytes:
        """Input after the end of the stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many bytes of output; the rest comes at the next call."""


class _Inflater:
    """zlib in the manner of the others."""

    def __init__(self, window: int) -> None:
        self._stream = zlib.decompressobj(window)
        self._rest = b""
        self._has_more = False

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._rest and not self._has_more

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        given = self._stream.decompress(self._rest + data, max_length)
        self._rest = self._stream.unconsumed_tail
        # It may have read all of its input and not yet said all that came of it.
        self._has_more = len(given) == max_length and not self._stream.eof
        return given


def raw_deflate() -> Decompressor:
    """Deflate without a head, as ZIP has it."""
    return _Inflater(_RAW)


def gzip() -> Decompressor:
    """One stream of gzip."""
    return _Inflater(_GZIP)


def bzip2() -> Decompressor:
    """One stream of bzip2."""
    return bz2.BZ2Decompressor()


def xz() -> Decompressor:
    """One stream of xz."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def unpacked(
    source: Iterable[bytes], new: Callable[[], Decompressor], streams: int | None = None
) -> Iterator[bytes]:
    """The bytes of one stream, or of several one after another.

    Args:
        source: Compressed bytes.
        new: Makes a decompressor for each stream.
        streams: How many to read; all there are unless given. What follows them is passed over.

    Raises:
        ExtractionError: They are damaged or cut short.
    """
    stream: Decompressor | None = None
    magic = b""
    ended = 0
    try:
        for given in source:
            data = given
            while data or (stream is not None and not stream.needs_input):
                if stream is None:
                    # Zeros fill up the last block of a tape.
                    data = data if not magic else data.lstrip(b"\0")
                    if magic and not data.startswith(magic):
                        break
                    magic = data[:_MAGIC]
                    stream = new()
                block = stream.decompress(data, BLOCK)
                data = b""
                if block:
                    yield block
                if stream.eof:
                    data, stream = stream.unused_data, None
                    ended += 1
                    if ended == streams:
                        return
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
    if stream is not None:
        raise ExtractionError(Reason.DAMAGED, "cut short")


def zstd(source: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of zstandard frames.

    Raises:
        ExtractionError: They are damaged.
    """
    try:
        # All it asks of a file is to be read.
        with zstandard.ZstdDecompressor(max_window_size=_MEMORY).stream_reader(
            _Readable(source),  # type: ignore[arg-type]
            read_across_frames=True,
            closefd=False,
        ) as stream:
            while block := stream.read(BLOCK):
                yield block
    except zstandard.ZstdError as error:
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


class _Readable:
    """Blocks, to be read like a file."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self._source = iter(source)
        self._rest = b""

    def read(self, size: int) -> bytes:
        if not self._rest:
            self._rest = next(self._source, b"")
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
