"""Mail of Outlook (MSG): who, when, what about, the text, names of attachments.

Source: Microsoft, [MS-OXMSG] Outlook Item (.msg) File Format, 2.1 (properties), 2.4 (streams);
[MS-OXPROPS] for the numbers of properties.
"""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.code_pages import codec_of
from indexer.extraction.compound_file import opened_storage, stream_of
from indexer.extraction.compressed_rtf import decompressed
from indexer.extraction.encoding import decode
from indexer.extraction.html import decoded_page, text_of_page
from indexer.extraction.page_text import page_of
from indexer.extraction.rtf import text_of_rtf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import olefile

_SUBJECT: Final = 0x0037
_SENT: Final = 0x0039
_SENDER: Final = (0x0C1A, 0x0C1F)
_TO: Final = 0x0E04
_COPIES: Final = 0x0E03
_DELIVERED: Final = 0x0E06
_BODY: Final = 0x1000
_RTF: Final = 0x1009
_HTML: Final = 0x1013
_NAMES: Final = (0x3707, 0x3704, 0x3001)
_ENCODINGS: Final = (0x3FFD, 0x3FDE)
"""Of the message, of the text as it came over the net."""
_EMBEDDED: Final = "__substg1.0_3701000D"
_ATTACHED: Final = "__attach_version1.0_#"
_PROPERTIES: Final = "__properties_version1.0"

_UNICODE, _ANSI, _BINARY = 0x001F, 0x001E, 0x0102
_INTEGER, _TIME = 0x0003, 0x0040
_ENTRY: Final = struct.Struct("<HHI8s")
_HEADS: Final = (32, 24)
"""Bytes before the properties of a message, and of one within another."""
_CHINA: Final = dt.timezone(dt.timedelta(hours=8))
_FIRST: Final = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_MAX_DEPTH: Final = 8


class MsgExtractor:
    """Reads MSG."""

    name: Final = "msg/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: the headers that people see, the text, then the names of the attachments.

        A message that is attached is read where it is attached.

        Raises:
            ExtractionError: Not a sound storage, or messages are nested beyond any use.
        """
        with opened_storage(path) as storage:
            page = page_of(
                line for text in _Message(storage, "", 0).texts() for line in text.splitlines()
            )
        yield page


class _Message:
    """A message at a place in a storage."""

    def __init__(self, storage: olefile.OleFileIO, place: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ExtractionError(Reason.DAMAGED, "nested too deeply")
        self._storage = storage
        self._place = place
        self._depth = depth
        self._numbers = self._fixed()
        self._encoding = next(
            (name for key in _ENCODINGS if (name := codec_of(self._numbers.get(key, 0)))), ""
        )

    def texts(self) -> Iterator[str]:
        """What people see of it."""
        sender = dict.fromkeys(
            name
            for key in _SENDER
            # A place in the directory of a mail server says nothing to people.
            if (name := self._text(key)) and not name.upper().startswith("/O=")
        )
        for shown, value in (
            ("主题", self._text(_SUBJECT)),
            ("发件人", " ".join(sender)),
            ("收件人", self._text(_TO)),
            ("抄送", self._text(_COPIES)),
            ("日期", self._date()),
        ):
            if value:
                yield f"{shown}：{' '.join(value.split())}"
        yield self._body()
        for attached in self._attachments():
            yield from attached

    def _body(self) -> str:
        if body := self._text(_BODY):
            return body
        if page := self._binary(_HTML):
            return text_of_page(decoded_page(page))
        if page_text := self._text(_HTML):
            return text_of_page(page_text)
        rtf = self._binary(_RTF)
        return text_of_rtf(decompressed(rtf)) if rtf else ""

    def _attachments(self) -> Iterator[Iterator[str]]:
        depth = len(self._place.split("/")) if self._place else 0
        places = dict.fromkeys(
            "/".join(entry[: depth + 1])
            for entry in self._storage.listdir()
            if len(entry) > depth + 1
            and "/".join(entry[:depth]) == self._place
            and entry[depth].startswith(_ATTACHED)
        )
        for place in places:
            embedded = f"{place}/{_EMBEDDED}"
            if self._storage.exists(f"{embedded}/{_PROPERTIES}"):
                yield _Message(self._storage, embedded, self._depth + 1).texts()
            name = next((name for key in _NAMES if (name := self._text(key, place))), "")
            if name:
                yield iter([f"附件：{' '.join(name.split())}"])

    def _text(self, key: int, place: str | None = None) -> str:
        if content := self._stream(key, _UNICODE, place):
            return content.decode("utf-16-le", "replace").strip("\0")
        content = self._stream(key, _ANSI, place).rstrip(b"\0")
        try:
            return content.decode(self._encoding) if self._encoding else decode(content)
        except UnicodeDecodeError:
            return decode(content)

    def _binary(self, key: int) -> bytes:
        return self._stream(key, _BINARY, None).rstrip(b"\0")

    def _stream(self, key: int, kind: int, place: str | None) -> bytes:
        where = self._place if place is None else place
        name = f"{where}/__substg1.0_{key:04X}{kind:04X}".lstrip("/")
        return stream_of(self._storage, name) if self._storage.exists(name) else b""

    def _fixed(self) -> dict[int, int]:
        """Numbers and times, by property."""
        name = f"{self._place}/{_PROPERTIES}".lstrip("/")
        if not self._storage.exists(name):
            return {}
        content = stream_of(self._storage, name)[_HEADS[self._depth > 0] :]
        whole = len(content) // _ENTRY.size * _ENTRY.size
        return {
            key: int.from_bytes(value[: 8 if kind == _TIME else 4], "little")
            for kind, key, _, value in _ENTRY.iter_unpack(content[:whole])
            if kind in (_INTEGER, _TIME)
        }

    def _date(self) -> str:
        ticks = self._numbers.get(_SENT) or self._numbers.get(_DELIVERED) or 0
        try:
            moment = _FIRST + dt.timedelta(microseconds=ticks // 10)
            return moment.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M") if ticks else ""
        except OverflowError:
            return ""
