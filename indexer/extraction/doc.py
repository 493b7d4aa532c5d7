"""Documents of Word 97 to 2003 and Kingsoft WPS, read by their piece table.

Headers and footers, text boxes, notes and comments are there; codes of fields, hidden text and text
that was deleted under revision are not.

Source: Microsoft, [MS-DOC] Word (.doc) Binary File Format: 2.4.1 (retrieving text), 2.5 (FIB),
2.6.1 (character properties), 2.8.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.compound_file import opened_storage, stream_of
from indexer.extraction.old_formats import OFFICE
from indexer.extraction.page_text import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MARK_97: Final = 0xA5EC
_OLDER_MARKS: Final = frozenset({0xA5DB, 0xA5DC, _MARK_97})
_FIRST_97: Final = 0xC1
_ENCRYPTED: Final = 0x0100
_TABLE_1: Final = 0x0200
# Offsets in the file information block.
_LENGTHS: Final = 76
_CHARACTER_PAGES: Final = 0xFA
_HEADER_STORIES: Final = 0xF2
_PIECES: Final = 0x1A2

_PREFIX, _PIECE_TABLE = 1, 2
_COMPRESSED: Final = 1 << 30
_PAGE: Final = 512
# Operand sizes of properties by the three highest bits of their code; 6 says its size itself.
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE: Final = 6
_UNSEEN: Final = frozenset({0x0800, 0x083C})  # sprmCFRMarkDel, sprmCFVanish
_ON: Final = frozenset({1, 0x81})
# The first six stories are separators of notes; then six per section.
_SEPARATORS: Final = 6
_FOOTERS: Final = frozenset({2, 3, 5})

_FIELD: Final = re.compile("[\x13\x14\x15]")
_ROW_END: Final = re.compile("\x07{2,}")
_SIGNS: Final = str.maketrans(
    {"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "",
     "\xa0": " ", "\x01": "", "\x02": "", "\x03": "", "\x04": "", "\x05": "", "\x08": ""}
)  # fmt: skip


class DocExtractor:
    """Reads DOC, DOT and WPS."""

    name: Final = "doc/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: headers, body, boxes, notes, comments, footers.

        Raises:
            ExtractionError: Not a sound document, or one with a password; one of Word 95 or older
                needs a tool.
        """
        with opened_storage(path) as storage:
            main = stream_of(storage, "WordDocument")
            flags = _checked_flags(main)
            table = stream_of(storage, "1Table" if flags & _TABLE_1 else "0Table")
            stories = _stories(main, table)
        yield page_of(
            line.rstrip("\t") for story in stories for line in _readable(story).split("\n")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A run of characters: where it stands in the document, and in the stream."""

    start: int
    end: int
    offset: int
    width: int


def _checked_flags(main: bytes) -> int:
    mark, version = struct.unpack_from("<HH", main, 0)
    flags: int = struct.unpack_from("<H", main, 10)[0]
    if flags & _ENCRYPTED:
        raise ExtractionError(Reason.ENCRYPTED, "a password protects the document")
    if mark != _MARK_97 or version < _FIRST_97:
        if mark in _OLDER_MARKS:
            raise ExtractionError(Reason.NEEDS_TOOL, OFFICE)
        raise ExtractionError(Reason.DAMAGED, "no file information block")
    return flags


def _stories(main: bytes, table: bytes) -> Iterator[str]:
    """The parts of the document in the order in which they are read."""
    text = _text(main, table)
    body, notes, headers, _, comments, endnotes, boxes, header_boxes = struct.unpack_from(
        "<8i", main, _LENGTHS
    )
    if min(body, notes, headers, comments, endnotes, boxes, header_boxes) < 0:
        raise ExtractionError(Reason.DAMAGED, "a part of negative length")
    parts: list[str] = []
    at = 0
    for length in (body, notes, headers, comments, endnotes, boxes, header_boxes):
        parts.append(text[at : at + length])
        at += length
    above, below = _headers(main, table, parts[2])
    yield from dict.fromkeys((*above, parts[6]))
    yield from (parts[0], parts[5], parts[1], parts[4], parts[3])
    yield from dict.fromkeys(below)
    yield text[at:].rstrip("\r")


def _headers(main: bytes, table: bytes, text: str) -> tuple[list[str], list[str]]:
    """Headers and footers; all as headers where the table of them is damaged."""
    plan = _part_of(main, table, _HEADER_STORIES)
    ends = struct.unpack(f"<{len(plan) // 4}I", plan[: len(plan) // 4 * 4])
    stories = [text[start:end] for start, end in pairwise(ends)][_SEPARATORS:]
    if sum(map(len, stories)) < len(text.rstrip("\r")) // 2:
        return [text], []
    above: list[str] = []
    below: list[str] = []
    for number, story in enumerate(stories):
        (below if number % 6 in _FOOTERS else above).append(story)
    return above, below


def _text(main: bytes, table: bytes) -> str:
    """All characters of the document, a space in place of each that is not seen."""
    unseen = _unseen(main, table)
    return "".join(_piece_text(main, piece, unseen) for piece in _pieces(main, table))


def _pieces(main: bytes, table: bytes) -> list[_Piece]:
    clx = _part_of(main, table, _PIECES)
    at = 0
    while at + 3 <= len(clx) and clx[at] == _PREFIX:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != _PIECE_TABLE:
        raise ExtractionError(Reason.DAMAGED, "no piece table")
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    count = (size - 4) // 12
    if count < 1:
        raise ExtractionError(Reason.DAMAGED, "an empty piece table")
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    pieces: list[_Piece] = []
    total = 0
    for number, (start, end) in enumerate(pairwise(places)):
        place: int = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        width = 1 if place & _COMPRESSED else 2
        offset = place & (_COMPRESSED - 1)
        piece = _Piece(
            start=start, end=end, offset=offset // 2 if width == 1 else offset, width=width
        )
        total += (end - start) * width
        # Pieces may share bytes only by a lie: a small file would stand for endless text.
        if end < start or total > 2 * len(main):
            raise ExtractionError(Reason.DAMAGED, "a piece table that does not fit the text")
        pieces.append(piece)
    return pieces


def _piece_text(main: bytes, piece: _Piece, unseen: Sequence[tuple[int, int]]) -> str:
    end = piece.offset + (piece.end - piece.start) * piece.width
    content = main[piece.offset : end]
    text = (
        content.decode("cp1252", "replace")
        if piece.width == 1
        else content[: len(content) // 2 * 2].decode("utf-16-le", "surrogatepass")
    )
    # Halves of rare characters count as two: lengths are in units of UTF-16.
    units = _units(text) if piece.width == 2 else text  # noqa: PLR2004 - bytes of a character
    shown: list[str] = []
    at = 0
    for place in range(max(bisect_left(unseen, (piece.offset, 0)) - 1, 0), len(unseen)):
        start, stop = unseen[place]
        if start >= end:
            break
        a = max((start - piece.offset) // piece.width, at)
        b = min((min(stop, end) - piece.offset) // piece.width, len(units))
        if b > a:
            shown += (units[at:a], "\x01" * (b - a))
            at = b
    return "".join((*shown, units[at:]))


def _units(text: str) -> str:
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(
        chr(unit)
        for character in text
        for unit in struct.unpack(
            f"<{1 + (character > chr(0xFFFF))}H", character.encode("utf-16-le", "surrogatepass")
        )
    )


def _unseen(main: bytes, table: bytes) -> list[tuple[int, int]]:
    """The stretches of the stream whose characters are hidden or deleted, in order."""
    plan = _part_of(main, table, _CHARACTER_PAGES)
    count = max(len(plan) - 4, 0) // 8
    stretches: set[tuple[int, int]] = set()
    for (page,) in struct.iter_unpack("<I", plan[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        at = (page & 0x3FFFFF) * _PAGE
        formats = main[at : at + _PAGE]
        if len(formats) == _PAGE:
            stretches.update(_unseen_on_page(formats))
    return sorted(stretches)


def _unseen_on_page(formats: bytes) -> Iterator[tuple[int, int]]:
    count = formats[-1]
    if 4 * (count + 1) + count >= _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", formats)
    for number, (start, end) in enumerate(pairwise(places)):
        at = 2 * formats[4 * (count + 1) + number]
        if at and start < end:
            properties = formats[at + 1 : at + 1 + formats[at]]
            if _hides(properties):
                yield start, end


def _hides(properties: bytes) -> bool:
    at = 0
    hides = dict.fromkeys(_UNSEEN, False)
    while at + 3 <= len(properties):
        code: int = struct.unpack_from("<H", properties, at)[0]
        kind = code >> 13
        if code in hides:
            hides[code] = properties[at + 2] in _ON
        at += 2 + (properties[at + 2] + 1 if kind == _VARIABLE else _OPERANDS[kind])
    return any(hides.values())


def _part_of(main: bytes, table: bytes, at: int) -> bytes:
    """A part of the table stream, by the place in the block that tells where it is."""
    start, length = struct.unpack_from("<II", main, at)
    return table[start : start + length]


def _readable(story: str) -> str:
    """A story without codes of fields, and with signs that people know."""
    whole = story.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _ROW_END.sub("\n", _without_codes(whole)).translate(_SIGNS)


def _without_codes(text: str) -> str:
    """A field is its beginning, its code, a separator, what it shows, and its end."""
    open_fields: list[list[str]] = [[]]
    at = 0
    for mark in _FIELD.finditer(text):
        open_fields[-1].append(text[at : mark.start()])
        at = mark.end()
        if mark[0] == "\x13":
            open_fields.append(["\x13"])
        elif len(open_fields) == 1:
            continue
        elif mark[0] == "\x14":
            open_fields[-1].clear()
        else:
            shown = open_fields.pop()
            if not shown or shown[0] != "\x13":
                open_fields[-1].extend(shown)
    open_fields[-1].append(text[at:])
    # One that never ends was none.
    return "".join("".join(each) for each in open_fields).replace("\x13", "")
