"""Formats that our readers do not read and an office program does: how they are known.

Each is handed to the program with the filter that reads this very format. Left to choose for
itself, it takes what it does not know for plain text and gives the bytes as letters.

Source for the names of filters: LibreOffice, ``filter/source/config/fragments/filters``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFICE: Final = "LibreOffice"
"""The program, as the detail of what needs it names it."""

OLDER_WORD: Final = "application/msword"
"""Word 6 and 95 lie in the same storages as Word 97; the reader of those tells them apart."""

WORD_2: Final = "application/x-msword-2"
EXCEL_4: Final = "application/x-ms-excel-4"
WORDPERFECT: Final = "application/vnd.wordperfect"
WRITE: Final = "application/x-mswrite"
WORKS: Final = "application/vnd.ms-works"
HWP_3: Final = "application/x-hwp-3"
OPENOFFICE_TEXT: Final = "application/vnd.sun.xml.writer"
OPENOFFICE_TABLE: Final = "application/vnd.sun.xml.calc"
STAR_WRITER: Final = "application/vnd.stardivision.writer"

SIGNATURES: Final = (
    (b"\xdb\xa5\x2d\0", WORD_2),
    # The first record of a worksheet, of Excel 2, 3 and 4.
    (b"\x09\x00\x04\x00", EXCEL_4),
    (b"\x09\x02\x06\x00", EXCEL_4),
    (b"\x09\x04\x06\x00", EXCEL_4),
    (b"\xffWPC", WORDPERFECT),
    (b"\x31\xbe\0\0\0\xab", WRITE),
    (b"\x32\xbe\0\0\0\xab", WRITE),
    (b"HWP Document File V3", HWP_3),
)
"""How files begin."""

STREAMS: Final = (("StarWriterDocument", STAR_WRITER), ("MN0", WORKS))
"""What stands in storages (OLE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFilter:
    """How the office program reads a format.

    Attributes:
        name: What it calls the filter.
        target: The format that it writes then, as the suffix of a name.
    """

    name: str
    target: str


_TEXT: Final = "odt"
_TABLE: Final = "ods"
FILTERS: Final[Mapping[str, OfficeFilter]] = MappingProxyType(
    {
        OLDER_WORD: OfficeFilter(name="MS WinWord 6.0", target=_TEXT),
        WORD_2: OfficeFilter(name="MS WinWord 5", target=_TEXT),
        EXCEL_4: OfficeFilter(name="MS Excel 4.0", target=_TABLE),
        WORDPERFECT: OfficeFilter(name="WordPerfect", target=_TEXT),
        WRITE: OfficeFilter(name="MS_Write", target=_TEXT),
        WORKS: OfficeFilter(name="MS_Works", target=_TEXT),
        HWP_3: OfficeFilter(name="writer_MIZI_Hwp_97", target=_TEXT),
        OPENOFFICE_TEXT: OfficeFilter(name="StarOffice XML (Writer)", target=_TEXT),
        OPENOFFICE_TABLE: OfficeFilter(name="StarOffice XML (Calc)", target=_TABLE),
        STAR_WRITER: OfficeFilter(name="StarOffice_Writer", target=_TEXT),
    }
)
"""By media type."""
