"""Files of LibreOffice and other writers of OpenDocument: texts, spreadsheets, presentations.

The text is read from every paragraph of ``content.xml`` as a stream, numbers and dates as the
program that wrote them showed them. Deleted text that is still kept for review is no text.

Source: OASIS OpenDocument 1.3, parts 2 (packages) and 3 (schema).
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.package import forget, opened_member, opened_package, walk
from indexer.extraction.page_text import page_of, row_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml import etree

MAX_CONTENT_BYTES: Final = 512 << 20
"""Unpacked; it is read as a stream."""

_PREFIXES: Final = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in (
        ("text", "text"),
        ("table", "table"),
        ("drawing", "draw"),
        ("office", "office"),
        ("style", "style"),
        ("manifest", "manifest"),
        ("presentation", "presentation"),
    )
}
_TABLE_NAME: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}name"
_SPACES: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"
_MAX_SPACES: Final = 100
_PARAGRAPHS: Final = frozenset({"text:p", "text:h"})
# Not part of the line they stand in: their own paragraphs are lines, or they are no text.
_APART: Final = frozenset(
    {"text:p", "text:h", "text:note", "text:ruby-text", "office:annotation", "text:tracked-changes"}
    # In a header it stands for the name of whichever sheet.
    | {"text:sheet-name"}
)
_DELETED: Final = "text:tracked-changes"
_HEADERS: Final = frozenset({"style:header", "style:header-left", "style:header-first"})
_FOOTERS: Final = frozenset({"style:footer", "style:footer-left", "style:footer-first"})
_MASTERS: Final = frozenset({"style:master-page"})
_NOTES: Final = "presentation:notes"
_DEFAULT_NAMES: Final = ("Sheet", "工作表", "Table")


class OdtExtractor:
    """Reads ODT."""

    name: Final = "odt/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: headers, body, footers; its writer does not say where pages end.

        Raises:
            ExtractionError: Not a sound package, one with a password, or larger than any text.
        """
        with opened_package(path) as package:
            _refuse_encrypted(package)
            lines = [line for page in _pages(package, "") for line in page]
            yield page_of(
                (
                    *_printed(package, _HEADERS),
                    *lines,
                    *_printed(package, _FOOTERS),
                )
            )


class OdsExtractor:
    """Reads ODS."""

    name: Final = "ods/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per sheet: its name, then row by row; repeated cells and rows once.

        Raises:
            ExtractionError: Not a sound package, one with a password, or larger than any workbook.
        """
        yield from _paged(path, "table:table", _HEADERS, _FOOTERS)


class OdpExtractor:
    """Reads ODP."""

    name: Final = "odp/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per slide, with its notes; what stands on all slides is on the first.

        Raises:
            ExtractionError: Not a sound package, one with a password, or larger than any set of
                slides.
        """
        yield from _paged(path, "draw:page", _MASTERS, frozenset())


def _paged(path: Path, page: str, above: frozenset[str], below: frozenset[str]) -> Iterator[str]:
    with opened_package(path) as package:
        _refuse_encrypted(package)
        # Printed on every page; once is enough to find it.
        headers = tuple(_printed(package, above))
        footers = tuple(_printed(package, below))
        for lines in _pages(package, page):
            yield page_of((*headers, *lines, *footers))
            headers, footers = (), ()


def _refuse_encrypted(package: zipfile.ZipFile) -> None:
    if "META-INF/manifest.xml" not in package.NameToInfo:
        return
    with opened_member(package, "META-INF/manifest.xml") as stream:
        for _, node in walk(stream, events=("end",)):
            if _name(node) == "manifest:encryption-data":
                raise ExtractionError(Reason.ENCRYPTED, "a password protects the document")


def _printed(package: zipfile.ZipFile, sides: frozenset[str]) -> Iterable[str]:
    """What is printed above or below every page, each line once."""
    if "styles.xml" not in package.NameToInfo:
        return ()
    texts: dict[str, None] = {}
    inside = notes = 0
    with opened_member(package, "styles.xml") as stream:
        for event, node in walk(stream, events=("start", "end")):
            name = _name(node)
            if name in sides:
                inside += 1 if event == "start" else -1
            elif name == _NOTES:
                notes += 1 if event == "start" else -1
            elif inside and not notes and event == "end" and name in _PARAGRAPHS:
                texts[_line(node)] = None
    return texts


def _pages(package: zipfile.ZipFile, page: str) -> Iterator[list[str]]:
    """The lines between the ends of these elements; all of them for ``""``."""
    with opened_member(package, "content.xml", MAX_CONTENT_BYTES) as stream:
        yield from _Content(page).pages(stream)


class _Content:
    """The lines of the page that is being read, and of the row and the cell in it."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._has_rows = page == "table:table"
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._cell: list[str] | None = None
        self._deleted = 0
        self._paragraphs = 0
        self._open_pages = 0

    def pages(self, stream: IO[bytes]) -> Iterator[list[str]]:
        for event, node in walk(stream, events=("start", "end")):
            name = _name(node)
            if name == _DELETED:
                self._deleted += 1 if event == "start" else -1
            if not self._deleted:
                if event == "start":
                    self._begin(name, node)
                elif self._end(name, node):
                    yield self._lines
                    self._lines = []
            # What a line still needs to be told from its parts must not be forgotten before it.
            if event == "end" and not self._paragraphs:
                forget(node)
        if not self._page:
            yield self._lines

    def _begin(self, name: str, node: etree._Element) -> None:
        if name in _PARAGRAPHS:
            self._paragraphs += 1
        elif name == self._page:
            self._open_pages += 1
            title = node.get(_TABLE_NAME, "")
            if title.rstrip(" 0123456789") not in (*_DEFAULT_NAMES, ""):
                self._lines.append(title)
        elif self._has_rows and name == "table:table-cell":
            self._cell = []

    def _end(self, name: str, node: etree._Element) -> bool:
        """Take the text of an element; whether a page ends with it."""
        if name in _PARAGRAPHS:
            self._paragraphs -= 1
            (self._lines if self._cell is None else self._cell).append(_line(node))
        elif self._cell is not None and name == "table:table-cell":
            self._cells.append(" ".join(self._cell))
            self._cell = None
        elif self._has_rows and name == "table:table-row":
            self._lines.append(row_of(self._cells))
            self._cells.clear()
        elif name == self._page:
            self._open_pages -= 1
            return not self._open_pages
        return False


def _name(node: etree._Element) -> str:
    namespace, _, name = node.tag[1:].rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def _line(node: etree._Element) -> str:
    return "".join(_runs(node)).strip("\n")


def _runs(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            match _name(child):
                case "text:s":
                    yield " " * _count(child.get(_SPACES))
                case "text:tab":
                    yield "\t"
                case "text:line-break":
                    yield "\n"
                case name if name not in _APART:
                    yield from _runs(child)
        yield child.tail or ""


def _count(text: str | None) -> int:
    return min(int(text), _MAX_SPACES) if text and text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004
