"""Workbooks of Excel 2007 and later: each sheet a page, cells as people see them.

The sheets are read as streams: no library that opens a workbook whole says what a number looks
like, reads the headers that are printed, or stays small on a hostile file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.number_formats import BUILT_IN, GENERAL, plain, shown
from indexer.extraction.package import (
    forget,
    has_part,
    main_part,
    name_in,
    opened_package,
    opened_part,
    relations,
    targets,
    walk,
)
from indexer.extraction.page_text import page_of, row_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

    from docx.opc.packuri import PackURI
    from lxml import etree

MAX_SHEET_BYTES: Final = 512 << 20
"""Unpacked. A sheet is read as a stream, so it may be larger than other parts."""

MAX_COLUMNS: Final = 16_384
"""Source: Microsoft, Excel specifications and limits."""

SHEETS: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Namespaces of workbooks, in both spellings."""

_DRAWINGS: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_REFERENCE: Final = tuple(
    f"{{{namespace}}}id"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
TRUTHS: Final = frozenset({"1", "true", "on"})
"""What an attribute says that is true."""

DEFAULT_NAME: Final = re.compile(r"(?:Sheet|工作表|Chart|图表)\s?\d+", re.IGNORECASE)
# In what is printed above and below: &C centres, &"宋体,常规"&12 chooses a font, &P is a number.
_PRINT_CODES: Final = re.compile(
    r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&(?P<kept>&)|&[A-Za-z+-]', re.IGNORECASE
)
_HEADERS: Final = ("oddHeader", "evenHeader", "firstHeader")
_FOOTERS: Final = ("oddFooter", "evenFooter", "firstFooter")


class XlsxExtractor:
    """Reads XLSX, XLSM and their templates."""

    name: Final = "xlsx/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per sheet, hidden ones too: its name, then row by row.

        Raises:
            ExtractionError: Not a sound package, or larger than any workbook.
        """
        with opened_package(path) as package:
            book = read_book(package)
            for sheet in book.sheets:
                yield page_of(_lines(package, sheet.part, sheet.name, book))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """A sheet of a workbook: its name, its part of the package, whether it is hidden."""

    name: str
    part: PackURI
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets of a workbook share.

    Attributes:
        strings: That cells name by their number. formats: The number format of each style.
        from_1904: Days count from 1904, as on old Macintoshes.
    """

    sheets: tuple[BookSheet, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def read_book(package: zipfile.ZipFile) -> Book:
    """The workbook that a package holds.

    Raises:
        ExtractionError: It holds none, or one without sheets.
    """
    main = main_part(package)
    parts = {each.key: each.target for each in relations(package, main)}
    sheets: list[BookSheet] = []
    from_1904 = False
    with opened_part(package, main) as stream:
        for _, node in walk(stream, events=("end",)):
            match name_in(node.tag, SHEETS):
                case "sheet":
                    sheets.extend(
                        BookSheet(
                            name=node.get("name") or "",
                            part=parts[key],
                            is_hidden=node.get("state", "visible") != "visible",
                        )
                        for key in map(node.get, _REFERENCE)
                        if key in parts
                    )
                case "workbookPr":
                    from_1904 = node.get("date1904") in TRUTHS
    if not sheets:
        raise ExtractionError(Reason.DAMAGED, "the workbook names no sheet")
    return Book(
        sheets=tuple(sheets),
        strings=tuple(_strings(package, main)),
        formats=tuple(_formats(package, main)),
        from_1904=from_1904,
    )


def _strings(package: zipfile.ZipFile, main: PackURI) -> Iterator[str]:
    """The strings that cells name by their number."""
    part = _side_part(package, main, RT.SHARED_STRINGS)
    if part is None:
        return
    with opened_part(package, part, MAX_SHEET_BYTES) as stream:
        for _, node in walk(stream, events=("end",)):
            if name_in(node.tag, SHEETS) == "si":
                yield string_of(node)
                forget(node)


def string_of(node: etree._Element) -> str:
    """The runs of a string, without the readings that stand above its characters."""
    texts: list[str] = []
    for child in node:
        match name_in(child.tag, SHEETS):
            case "t":
                texts.append(child.text or "")
            case "r":
                texts.extend(each.text or "" for each in child if name_in(each.tag, SHEETS) == "t")
    return "".join(texts)


def _formats(package: zipfile.ZipFile, main: PackURI) -> Iterator[str]:
    """The number format of each style of cells."""
    part = _side_part(package, main, RT.STYLES)
    if part is None:
        return
    codes = dict(BUILT_IN)
    with opened_part(package, part) as stream:
        for _, node in walk(stream, events=("end",)):
            name = name_in(node.tag, SHEETS)
            if name == "numFmt":
                codes[whole_number(node.get("numFmtId"))] = node.get("formatCode") or GENERAL
            elif name == "cellXfs":
                for style in node:
                    yield codes.get(whole_number(style.get("numFmtId")), GENERAL)


def _side_part(package: zipfile.ZipFile, main: PackURI, kind: str) -> PackURI | None:
    return next((each for each in targets(package, main, kind) if has_part(package, each)), None)


def _lines(package: zipfile.ZipFile, part: PackURI, name: str, book: Book) -> Iterator[str]:
    if not DEFAULT_NAME.fullmatch(name):
        yield name
    rows: list[str] = []
    printed: dict[str, str] = {}
    if has_part(package, part):
        rows.append(page_of(_rows(package, part, book, printed)))
    yield from dict.fromkeys(printed[key] for key in _HEADERS if key in printed)
    yield from rows
    for side in dict.fromkeys(targets(package, part, RT.DRAWING, RT.COMMENTS)):
        if has_part(package, side):
            yield from _side_lines(package, side)
    yield from dict.fromkeys(printed[key] for key in _FOOTERS if key in printed)


def _rows(
    package: zipfile.ZipFile, part: PackURI, book: Book, printed: dict[str, str]
) -> Iterator[str]:
    cells: list[str] = []
    with opened_part(package, part, MAX_SHEET_BYTES) as stream:
        for _, node in walk(stream, events=("end",)):
            name = name_in(node.tag, SHEETS)
            if name == "c":
                if len(cells) == MAX_COLUMNS:
                    raise ExtractionError(Reason.MEMORY, f"a row of more than {MAX_COLUMNS} cells")
                cells.append(_cell(node, book))
            elif name == "row":
                yield row_of(cells)
                cells.clear()
                forget(node)
            elif name in _HEADERS or name in _FOOTERS:
                printed[name] = _PRINT_CODES.sub(_print_code, node.text or "").strip()


def _print_code(code: re.Match[str]) -> str:
    # Left, middle and right part stand apart.
    return "\n" if code[0].upper() in {"&L", "&C", "&R"} else code["kept"] or ""


def _cell(node: etree._Element, book: Book) -> str:
    value = ""
    for child in node:
        match name_in(child.tag, SHEETS):
            case "v":
                value = child.text or ""
            case "is":
                return string_of(child)
    match node.get("t", "n"):
        case "s":
            number = whole_number(value)
            return book.strings[number] if 0 <= number < len(book.strings) else ""
        case "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        case "n":
            return _number(value, whole_number(node.get("s")), book)
    return value


def _number(value: str, style: int, book: Book) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    if 0 <= style < len(book.formats):
        return shown(number, book.formats[style], from_1904=book.from_1904)
    return plain(number)


def whole_number(text: str | None) -> int:
    """A number of a few digits as an attribute says it; 0 for anything else."""
    # isdecimal alone lets through what int refuses to read at any length.
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def _side_lines(package: zipfile.ZipFile, part: PackURI) -> Iterator[str]:
    """Text boxes and comments: the paragraphs of a part beside the sheet."""
    with opened_part(package, part) as stream:
        texts: list[str] = []
        for _, node in walk(stream, events=("end",)):
            is_text = name_in(node.tag, _DRAWINGS) or name_in(node.tag, SHEETS)
            if is_text == "t":
                texts.append(node.text or "")
            elif is_text in {"p", "comment"}:
                yield "".join(texts)
                texts.clear()
                forget(node)
