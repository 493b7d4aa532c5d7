"""Containers of which a part can be read without the rest.

Layout: zstd frames, each one JSON value; then a JSON table of ``[bytes, note]``, one entry to a
frame; then twelve bytes: the table's length and checksum.
"""

from __future__ import annotations

import json
import zlib
from os import SEEK_END
from typing import IO, TYPE_CHECKING, Any, Final

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVEL: Final = 3
_TRAILER: Final = 12
# Text that came from a broken encoding may hold lone surrogates; what was put comes back unchanged.
_SURROGATES: Final = "surrogatepass"


class DamagedContainerError(ValueError):
    """It is not as it was written."""


def pack(parts: Iterable[tuple[object, object]]) -> bytes:
    """A container.

    Args:
        parts: For each frame its value and a note for the table, both plain JSON.
    """
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    frames: list[bytes] = []
    table: list[tuple[int, object]] = []
    for value, note in parts:
        text = json.dumps(value, ensure_ascii=False).encode(errors=_SURROGATES)
        frames.append(compressor.compress(text))
        table.append((len(frames[-1]), note))
    index = json.dumps(table).encode()
    trailer = len(index).to_bytes(8) + zlib.crc32(index).to_bytes(4)
    return b"".join((*frames, index, trailer))


def table_of(file: IO[bytes]) -> list[tuple[int, Any]]:
    """The table of a container: the bytes of each frame and its note.

    Raises:
        DamagedContainerError: It has none that can be trusted.
        OSError: It cannot be read.
    """
    end = file.seek(0, SEEK_END)
    file.seek(max(0, end - _TRAILER))
    trailer = file.read(_TRAILER)
    size = int.from_bytes(trailer[:8])
    if len(trailer) == _TRAILER and size <= end - _TRAILER:
        file.seek(end - _TRAILER - size)
        index = file.read(size)
        if zlib.crc32(index) == int.from_bytes(trailer[8:]):
            return [(size, note) for size, note in json.loads(index)]
    raise DamagedContainerError


def unpack(frame: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """The value of a frame.

    Raises:
        DamagedContainerError: It is not as it was written.
    """
    try:
        text = zstandard.ZstdDecompressor().decompress(frame)
        return json.loads(text.decode(errors=_SURROGATES))
    except (zstandard.ZstdError, ValueError) as error:
        raise DamagedContainerError from error
