"""Rich Text Format: text in order, Chinese in code pages or Unicode, headers and footers too.

Source: Microsoft, Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.code_pages import codec_of
from indexer.extraction.page_text import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TOKENS: Final = (
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])|(?P<brace>[{}])|[\r\n\0]+|(?P<text>%s)|\\"
)
_PLAIN: Final = re.compile(_TOKENS % rb"[^\\{}\r\n\0]+", re.DOTALL)
# Some programs write Chinese characters as they are; their second byte may be a brace.
_TWO_BYTES: Final = re.compile(
    _TOKENS % rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]|[^\\{}\r\n\0])+", re.DOTALL
)
_TWO_BYTE_PAGES: Final = frozenset({"gb18030", "big5hkscs", "cp932", "cp949"})
_CHARSETS: Final = {
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CHARACTERS: Final = {
    "par": "\n", "line": "\n", "row": "\n", "nestrow": "\n", "sect": "\n", "page": "\n",
    "column": "\n", "cell": "\t", "nestcell": "\t", "tab": "\t", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS: Final = {
    "~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n", "\t": "\t",
}  # fmt: skip
_NO_TEXT: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "nonshppict", "shprslt", "objdata",
    "fldinst", "listtable", "listoverridetable", "listname", "leveltext", "levelnumbers",
    "rsidtbl", "themedata", "datastore", "latentstyles", "filetbl", "revtbl", "xe", "tc", "tcn",
    "rxe", "sn", "sv", "template", "private", "xmlopen", "ftnsep", "ftnsepc", "aftnsep",
    "aftnsepc", "pgdsctbl",
})  # fmt: skip
_HEADERS: Final = frozenset({"header", "headerl", "headerr", "headerf"})
_FOOTERS: Final = frozenset({"footer", "footerl", "footerr", "footerf"})
# Marked as something that old programs skip, but text is inside.
_STARRED_WITH_TEXT: Final = frozenset({"shpinst", "shptxt", "ud"})
_MAX_DEPTH: Final = 10_000
_MAX_FALLBACK: Final = 8  # bytes for one character; programs write 0, 1 or 2


class RtfExtractor:
    """Reads RTF."""

    name: Final = "rtf/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: headers, body, footers; notes stand where they are called.

        Raises:
            ExtractionError: Groups are nested beyond any document.
        """
        yield text_of_rtf(path.read_bytes())


def text_of_rtf(content: bytes) -> str:
    """Headers, body and footers.

    Raises:
        ExtractionError: Groups are nested beyond any document.
    """
    reader = _Reader()
    reader.read(content)
    parts = (*dict.fromkeys(reader.headers), reader.body, *dict.fromkeys(reader.footers))
    return page_of(line.rstrip("\t") for part in parts for line in part.split("\n"))


@dataclass(slots=True)
class _Group:
    """What holds until the closing brace.

    Attributes:
        sink: Where text goes; none where it is no text.
        outer: Where it went around a pair of ANSI and Unicode text; the Unicode half counts.
        fallback: How many bytes stand in for each Unicode character.
    """

    sink: list[str] | None
    outer: list[str] | None = None
    font: int = -1
    fallback: int = 1
    is_hidden: bool = False
    is_deleted: bool = False
    is_starred: bool = False
    in_fonts: bool = False


@dataclass(slots=True)
class _Reader:
    """The parts of one document while it is read."""

    _body: list[str] = field(default_factory=list)
    _headers: list[list[str]] = field(default_factory=list)
    _footers: list[list[str]] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=list)
    _fonts: dict[int, str] = field(default_factory=dict)
    _code_page: str = "cp1252"
    _pending: bytearray = field(default_factory=bytearray)
    _to_skip: int = 0
    _group: _Group = field(default_factory=lambda: _Group(sink=None))

    @property
    def body(self) -> str:
        return _whole(self._body)

    @property
    def headers(self) -> list[str]:
        return list(map(_whole, self._headers))

    @property
    def footers(self) -> list[str]:
        return list(map(_whole, self._footers))

    def read(self, content: bytes) -> None:
        self._group = _Group(sink=self._body)
        tokens, at = _PLAIN, 0
        while token := tokens.match(content, at):
            at = token.end()
            if token["brace"]:
                self._brace(opens=token["brace"] == b"{")
            elif token["word"]:
                word = token["word"].decode("ascii")
                number = int(token["number"]) if token["number"] else None
                if word == "bin":
                    # A length beyond the end would only hide text.
                    at += number if number and 0 < number <= len(content) - at else 0
                else:
                    self._word(word, number)
                    if word == "ansicpg" and self._code_page in _TWO_BYTE_PAGES:
                        tokens = _TWO_BYTES
            elif token["byte"]:
                self._bytes(bytes.fromhex(token["byte"].decode("ascii")))
            elif token["symbol"]:
                self._symbol(token["symbol"].decode("latin-1"))
            elif token["text"]:
                self._bytes(token["text"])
        self._flush()

    def _brace(self, *, opens: bool) -> None:
        self._flush()
        self._to_skip = 0
        if opens:
            if len(self._groups) >= _MAX_DEPTH:
                raise ExtractionError(Reason.DAMAGED, "nested too deeply")
            self._groups.append(self._group)
            self._group = replace(self._group, is_starred=False)
        elif self._groups:
            self._group = self._groups.pop()

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group.is_starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if self._group.is_starred:
            self._group.is_starred = False
            if word not in _STARRED_WITH_TEXT:
                self._flush()
                self._group.sink = None
                return
        if word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._to_skip = self._group.fallback
        elif word in _NO_TEXT or word in _HEADERS or word in _FOOTERS or word in {"upr", "ud"}:
            self._destination(word)
        else:
            self._property(word, number)

    def _destination(self, word: str) -> None:
        self._flush()
        group = self._group
        if word == "upr":
            group.outer, group.sink = group.sink, None
        elif word == "ud":
            group.sink = group.outer
        elif word in _NO_TEXT:
            group.sink = None
            group.in_fonts = word == "fonttbl"
        elif group.sink is not None:
            group.sink = []
            (self._headers if word in _HEADERS else self._footers).append(group.sink)

    def _property(self, word: str, number: int | None) -> None:
        group = self._group
        match word:
            case "ansicpg":
                self._code_page = codec_of(number or 0) or "cp1252"
            case "mac" | "pc" | "pca":
                self._code_page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
            case "f":
                self._flush()
                group.font = number or 0
            case "fcharset" if group.in_fonts:
                self._fonts[group.font] = _CHARSETS.get(number or 0, "")
            case "cpg" if group.in_fonts:
                self._fonts[group.font] = codec_of(number or 0) or "cp1252"
            case "uc":
                group.fallback = (
                    number if number is not None and 0 <= number <= _MAX_FALLBACK else 1
                )
            case "v" | "deleted":
                self._flush()
                setattr(group, "is_hidden" if word == "v" else "is_deleted", number != 0)
            case "plain":
                self._flush()
                group.is_hidden = group.is_deleted = False
                group.font = -1

    def _bytes(self, content: bytes) -> None:
        skipped = min(self._to_skip, len(content))
        self._to_skip -= skipped
        self._pending += content[skipped:]

    def _say(self, text: str) -> None:
        self._flush()
        self._to_skip = 0
        group = self._group
        if group.sink is not None and not group.is_hidden and not group.is_deleted:
            group.sink.append(text)

    def _flush(self) -> None:
        """Bytes between two commands are characters of one font."""
        if self._pending:
            content = bytes(self._pending)
            self._pending.clear()
            skipping, group = self._to_skip, self._group
            if group.sink is not None and not group.is_hidden and not group.is_deleted:
                group.sink.append(self._decoded(content))
            self._to_skip = skipping

    def _decoded(self, content: bytes) -> str:
        if content.isascii():
            return content.decode("ascii")
        of_font = self._fonts.get(self._group.font, "")
        # Latin fonts are named for Chinese text, too.
        encodings = [each for each in (of_font, self._code_page) if each] + ["cp1252"]
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        return content.decode(encodings[0], errors="replace")


def _whole(parts: list[str]) -> str:
    """The text with halves of one character joined."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
