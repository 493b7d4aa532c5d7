"""Presentations of PowerPoint 97 to 2003 and Kingsoft DPS: each slide a page, with its notes.

Only what the last edit left: slides that were deleted stay in the file and are not read.

Source: Microsoft, [MS-PPT] PowerPoint (.ppt) Binary File Format: 2.1.2 (reading), 2.3 (user edits),
2.4.14 (lists of slides), 2.9 (text).
"""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.compound_file import opened_storage, stream_of
from indexer.extraction.page_text import page_of
from indexer.extraction.ppt_records import Record, record_at, records_in, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STREAM: Final = "PowerPoint Document"
_CURRENT: Final = "Current User"
_ENCRYPTED_TOKEN: Final = 0xF3D1C4DF

_DOCUMENT: Final = 0x03E8
_SLIDE: Final = 0x03EE
_NOTES: Final = 0x03F0
_NOTES_ATOM: Final = 0x03F1
_SLIDE_PERSIST: Final = 0x03F3
_OUTLINE_REFERENCE: Final = 0x0F9E
_TEXT_HEADER: Final = 0x0F9F
_TEXT_CHARS: Final = 0x0FA0
_TEXT_BYTES: Final = 0x0FA8
_STRING: Final = 0x0FBA
_SLIDE_LIST: Final = 0x0FF0
_USER_EDIT: Final = 0x0FF5
_PERSIST_DIRECTORY: Final = 0x1772
_COMMENT: Final = 0x2EE0

_SLIDES, _NOTE_PAGES = 0, 2
"""Instances of lists of slides; 1 is the masters', whose text says "click to edit"."""
_COMMENT_TEXT: Final = 1
_WITH_ENCRYPTION: Final = 32
"""Length of a user edit that names a key."""
_SIGNS: Final = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\0": "", "\xad": ""})
_U32: Final = struct.Struct("<I")


class PptExtractor:
    """Reads PPT, PPS, POT and DPS."""

    name: Final = "ppt/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per slide in the order of showing: the slide, its notes and comments.

        Raises:
            ExtractionError: Encrypted, damaged, or without slides.
        """
        with opened_storage(path) as storage:
            current = stream_of(storage, _CURRENT) if storage.exists(_CURRENT) else b""
            if _number(current, 12) == _ENCRYPTED_TOKEN:
                raise ExtractionError(Reason.ENCRYPTED, "a password protects the presentation")
            reader = _Reader(stream_of(storage, _STREAM), _number(current, 16))
        if reader.is_encrypted:
            raise ExtractionError(Reason.ENCRYPTED, "a password protects the presentation")
        if not reader.slides:
            raise ExtractionError(Reason.EMPTY, "no slides")
        for slide in reader.slides:
            yield page_of(reader.lines(slide))


@dataclass(slots=True)
class _Slide:
    """A slide, and the texts that the outline holds for it."""

    place: int
    slide_id: int
    outline: list[str] = field(default_factory=list)


class _Reader:
    """The document as the last edit left it."""

    def __init__(self, stream: bytes, last_edit: int) -> None:
        self._stream = stream
        self.is_encrypted = False
        places = self._places(last_edit)
        self.slides: list[_Slide] = []
        self._notes: defaultdict[int, list[Record]] = defaultdict(list)
        document = self._document(places)
        if document is not None:
            self._list(document, places)
            # One that is named again and again is still one.
            self.slides = list({each.place: each for each in reversed(self.slides)}.values())[::-1]
        if not self.slides:
            self._salvage()

    def lines(self, slide: _Slide) -> Iterator[str]:
        """What a slide says, then its notes."""
        left = dict(enumerate(slide.outline))
        record = record_at(self._stream, slide.place)
        if record is not None and record.kind == _SLIDE:
            for text in self._texts(record, left):
                yield from text.split("\n")
        for text in left.values():
            yield from text.split("\n")
        for note in self._notes.get(slide.slide_id, ()):
            for text in self._texts(note, {}):
                yield from text.split("\n")

    def _texts(self, within: Record, outline: dict[int, str]) -> Iterator[str]:
        comment_end = 0
        for each in walk(self._stream, within):
            if each.kind == _COMMENT:
                comment_end = each.end
            elif each.kind == _OUTLINE_REFERENCE:
                yield outline.pop(self._u32(each.begin), "")
            elif each.kind in (_TEXT_CHARS, _TEXT_BYTES):
                yield self._text(each)
            elif each.kind == _STRING and each.instance == _COMMENT_TEXT:
                # Other strings name fonts, programs and who commented.
                yield self._text(each) if each.begin < comment_end else ""

    def _text(self, record: Record) -> str:
        content = self._stream[record.begin : record.end]
        # Text in bytes is the lower half of characters whose upper half is zero.
        codec = "latin-1" if record.kind == _TEXT_BYTES else "utf-16-le"
        return content.decode(codec, "replace").translate(_SIGNS)

    def _places(self, edit: int) -> dict[int, int]:
        """Where each object lies: the latest edit that names it is right."""
        places: dict[int, int] = {}
        seen: set[int] = set()
        while edit and edit not in seen:
            seen.add(edit)
            record = record_at(self._stream, edit)
            if record is None or record.kind != _USER_EDIT:
                break
            self.is_encrypted |= record.end - record.begin >= _WITH_ENCRYPTION
            directory = record_at(self._stream, self._u32(record.begin + 12))
            if directory is not None and directory.kind == _PERSIST_DIRECTORY:
                for key, place in self._entries(directory):
                    places.setdefault(key, place)
            edit = self._u32(record.begin + 8)
        return places

    def _entries(self, directory: Record) -> Iterator[tuple[int, int]]:
        at = directory.begin
        while at + 4 <= directory.end:
            packed = self._u32(at)
            first, count = packed & 0xFFFFF, packed >> 20
            at += 4
            for key in range(first, first + count):
                if at + 4 > directory.end:
                    return
                yield key, self._u32(at)
                at += 4

    def _document(self, places: dict[int, int]) -> Record | None:
        for place in places.values():
            record = record_at(self._stream, place)
            if record is not None and record.kind == _DOCUMENT:
                return record
        return None

    def _list(self, document: Record, places: dict[int, int]) -> None:
        for each in records_in(self._stream, document.begin, document.end):
            if each.kind == _SLIDE_LIST and each.instance in (_SLIDES, _NOTE_PAGES):
                self._listed(each, places)

    def _listed(self, listed: Record, places: dict[int, int]) -> None:
        slide: _Slide | None = None
        for each in records_in(self._stream, listed.begin, listed.end):
            if each.kind == _SLIDE_PERSIST:
                place = places.get(self._u32(each.begin), -1)
                slide = None
                if listed.instance == _NOTE_PAGES:
                    self._note(record_at(self._stream, place))
                else:
                    slide = _Slide(place, self._u32(each.begin + 12))
                    self.slides.append(slide)
            elif slide is not None and each.kind == _TEXT_HEADER:
                slide.outline.append("")
            elif slide is not None and each.kind in (_TEXT_CHARS, _TEXT_BYTES) and slide.outline:
                slide.outline[-1] += self._text(each)

    def _note(self, record: Record | None) -> None:
        if record is None or record.kind != _NOTES:
            return
        for each in records_in(self._stream, record.begin, record.end):
            if each.kind == _NOTES_ATOM:
                self._notes[self._u32(each.begin)].append(record)
                return

    def _salvage(self) -> None:
        """Slides one after another, where nothing says which of them are shown."""
        at = 0
        while (record := record_at(self._stream, at)) is not None:
            if record.kind == _SLIDE:
                self.slides.append(_Slide(at, -len(self.slides) - 1))
            at = record.end

    def _u32(self, at: int) -> int:
        return _number(self._stream, at)


def _number(content: bytes, at: int) -> int:
    """Four bytes as a number; 0 where there are none."""
    if not 0 <= at <= len(content) - _U32.size:
        return 0
    return int(_U32.unpack_from(content, at)[0])
