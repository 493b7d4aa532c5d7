"""Which glyph of an embedded font stands for a character.

Source: OpenType specification, tables ``cmap`` and ``maxp``. Fonts in documents are cut to what is
used and often lack all else, so nothing but these two tables is asked for.
"""

from __future__ import annotations

import struct
from typing import Final

_SFNT: Final = frozenset({b"\0\1\0\0", b"true", b"OTTO", b"ttcf"})
_MAX_TABLES: Final = 256
_MAX_GROUPS: Final = 100_000
_LAST: Final = 0x10FFFF
# Symbol fonts keep their characters in the private area.
_SYMBOLS: Final = 0xF000
_BYTE: Final = 0xFF

# Platform and encoding of a map, the better ones first.
_PREFERRED: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0), (3, 0))


def is_sfnt(font: bytes) -> bool:
    """Whether it is TrueType or OpenType."""
    return font[:4] in _SFNT


def has_postscript_outlines(font: bytes) -> bool:
    """Whether it is OpenType with outlines of PostScript."""
    return font[:4] == b"OTTO"


def glyph_map(font: bytes) -> dict[int, int]:
    """Code point to glyph; empty where the font has no map that can be read."""
    try:
        start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
        cmap = _table(font, start, b"cmap")
        return {} if cmap is None else _best(font, cmap)
    except (struct.error, IndexError):
        return {}


def _table(font: bytes, start: int, wanted: bytes) -> int | None:
    (count,) = struct.unpack_from(">H", font, start + 4)
    for number in range(min(count, _MAX_TABLES)):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * number)
        if tag == wanted:
            return int(offset)
    return None


def _best(font: bytes, cmap: int) -> dict[int, int]:
    _, count = struct.unpack_from(">HH", font, cmap)
    kinds: dict[tuple[int, int], int] = {}
    for number in range(min(count, _MAX_TABLES)):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        kinds[platform, encoding] = cmap + offset
    for kind in _PREFERRED:
        if kind in kinds:
            found = _read(font, kinds[kind])
            if kind == (3, 0):
                found |= {code & _BYTE: glyph for code, glyph in found.items() if code >= _SYMBOLS}
            if found:
                return found
    return {}


def _read(font: bytes, at: int) -> dict[int, int]:
    (kind,) = struct.unpack_from(">H", font, at)
    match kind:
        case 0:
            return {code: font[at + 6 + code] for code in range(256) if font[at + 6 + code]}
        case 4:
            return _segments(font, at)
        case 6:
            first, count = struct.unpack_from(">HH", font, at + 6)
            glyphs = struct.unpack_from(f">{count}H", font, at + 10)
            return {first + place: glyph for place, glyph in enumerate(glyphs) if glyph}
        case 12:
            return _groups(font, at)
    return {}


def _segments(font: bytes, at: int) -> dict[int, int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    offsets_at = at + 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    found: dict[int, int] = {}
    for number, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = offsets_at + 2 * number + offset + 2 * (code - start)
                if place + 2 > len(font):
                    break
                (glyph,) = struct.unpack_from(">H", font, place)
                if not glyph:
                    continue
            glyph = (glyph + delta) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found


def _groups(font: bytes, at: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    found: dict[int, int] = {}
    for number in range(min(count, _MAX_GROUPS)):
        start, end, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        if start <= end <= _LAST and end - start < _MAX_GROUPS:
            found |= {code: glyph + code - start for code in range(start, end + 1)}
        if len(found) > _LAST:
            break
    return found
