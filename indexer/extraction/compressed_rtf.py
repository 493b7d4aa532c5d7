"""Rich text as Outlook packs it.

Source: Microsoft, [MS-OXRTFCP] Rich Text Format (RTF) Compression Algorithm, 2.1 and 2.2.
"""

from __future__ import annotations

import struct
from typing import Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason

MAX_BYTES: Final = 32 << 20
"""A longer text unpacks from no real message."""

_HEADER: Final = struct.Struct("<IIII")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_RING: Final = 4096
_SHORTEST: Final = 2
# What the ring holds before the first byte: words that every such text begins with.
_BEFORE: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}"
    rb"{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompressed(content: bytes) -> bytes:
    """The text; as far as it goes where the packing is cut off.

    Raises:
        ExtractionError: It is packed in another way, or unpacks to more than any message.
    """
    if len(content) < _HEADER.size:
        return b""
    _, raw_size, kind, _ = _HEADER.unpack_from(content)
    if raw_size > MAX_BYTES:
        raise ExtractionError(Reason.MEMORY, f"a text unpacks to {raw_size >> 20} MB")
    if kind == _PLAIN:
        return content[_HEADER.size :][:raw_size]
    if kind != _PACKED:
        raise ExtractionError(Reason.DAMAGED, "a text is packed in an unknown way")
    # Eight steps are read at once; the last of them may go beyond the end.
    return _unpacked(content, raw_size)[:raw_size]


def _unpacked(content: bytes, raw_size: int) -> bytes:
    ring = bytearray(_BEFORE.ljust(_RING, b"\0"))
    at = len(_BEFORE)
    out = bytearray()
    place = _HEADER.size
    while place < len(content) and len(out) < raw_size:
        control = content[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 2 > len(content):
                    return bytes(out)
                token = content[place] << 8 | content[place + 1]
                place += 2
                start, length = token >> 4, (token & 0xF) + _SHORTEST
                if start == at:  # a reference to the place being written ends the text
                    return bytes(out)
                for step in range(length):
                    byte = ring[(start + step) % _RING]
                    out.append(byte)
                    ring[at] = byte
                    at = (at + 1) % _RING
            else:
                if place >= len(content):
                    return bytes(out)
                out.append(content[place])
                ring[at] = content[place]
                at = (at + 1) % _RING
                place += 1
    return bytes(out)
