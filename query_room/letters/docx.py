"""A letter as DOCX, after the layout of official documents.

Source: GB/T 9704-2012: A4; margins 37 mm above, 28 mm left, 26 mm right; text in 三号 (16 pt) 仿宋,
28 pt a line; title in 二号 (22 pt) 小标宋; the organ's name in red above a red rule.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from query_room.letters.document import Paragraph, Role, TableBlock

if TYPE_CHECKING:
    from query_room.letters.document import Document

_RED: Final = RGBColor(0xC0, 0x00, 0x00)
_TITLE_FONT: Final = "方正小标宋简体"
_BODY_FONT: Final = "仿宋_GB2312"
_MONGOLIAN_FONT: Final = "Mongolian Baiti"
_MONGOLIAN: Final = range(0x1800, 0x18B0)
_LINE: Final = Pt(28)
_BODY: Final = 16
_MOMENT: Final = dt.datetime(2008, 5, 1, tzinfo=dt.UTC)
"""A fixed time in the file's properties: the same letter must give the same bytes."""
_TEXT_WIDTH_MM: Final = 156.0
_WIDEST, _MARGIN = 32, 4
"""In half letters: how much of a column counts for its width, and what stands beside it."""
_ZIP_MOMENT: Final = (2008, 5, 1, 0, 0, 0)


def draw_docx(document: Document) -> bytes:
    """The document as a DOCX file; the same document gives the same bytes."""
    made = docx.Document()
    _page(made.sections[0])
    _head(made, document.organ)
    before: Role | None = None
    for block, after in zip_longest(document.blocks, document.blocks[1:]):
        match block:
            case TableBlock():
                _table(made, block)
                before = None
            case Paragraph():
                _paragraph(made, block, before, keep=_stays_with(block, after))
                before = block.role
    properties = made.core_properties
    properties.created = properties.modified = _MOMENT
    properties.author = properties.last_modified_by = document.organ
    properties.title = ""
    stream = io.BytesIO()
    made.save(stream)
    return _with_fixed_times(stream.getvalue())


def _page(section: Any) -> None:  # noqa: ANN401 - the library has no types
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", 14)
    field = _run(paragraph, "", 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        field._r.append(part)  # noqa: SLF001 - fields have no other way in
    _run(paragraph, " —", 14)


def _head(made: Any, organ: str) -> None:  # noqa: ANN401 - the library has no types
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(18)
    run = _run(paragraph, organ, 30, _TITLE_FONT)
    run.font.color.rgb = _RED
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "C00000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - borders have no other way in


def _stays_with(block: Paragraph, after: Paragraph | TableBlock | None) -> bool:
    """Whether a paragraph stands on the page of what follows it.

    A signature never stands alone on a page (GB/T 9704-2012, 7.3.5: no page without text), nor does
    what introduces a list or a table stand apart from it.
    """
    if isinstance(after, TableBlock):
        return True
    if after is None:
        return False
    introduces = block.text.endswith("：") and block.role is not Role.SIGNATURE
    return introduces or after.role in (Role.SIGNATURE, Role.SMALL)


def _paragraph(
    made: Any,  # noqa: ANN401 - the library has no types
    block: Paragraph,
    before: Role | None,
    *,
    keep: bool,
) -> None:
    paragraph = made.add_paragraph()
    layout = paragraph.paragraph_format
    layout.keep_with_next = keep
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = _LINE
    size, font = _BODY, _BODY_FONT
    match block.role:
        case Role.TITLE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            layout.line_spacing = Pt(36)
            size, font = 22, _TITLE_FONT
        case Role.NUMBER:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            layout.space_after = _LINE
        case Role.BODY | Role.ITEM:
            layout.first_line_indent = Pt(2 * _BODY)
        case Role.SIGNATURE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            layout.right_indent = Pt(2 * _BODY)
            layout.keep_together = True
            if before is not Role.SIGNATURE:
                layout.space_before = 2 * _LINE  # room for the seal
        case Role.SMALL:
            layout.line_spacing = Pt(20)
            size = 12
        case Role.ADDRESSEE:
            layout.keep_with_next = True
    _run(paragraph, block.text, size, font)


def _table(made: Any, block: TableBlock) -> None:  # noqa: ANN401 - the library has no types
    table = made.add_table(rows=0, cols=len(block.rows[0]))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _widths(block)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # the grid, which LibreOffice follows; Word follows the cells
    for place, row in enumerate(block.rows):
        line = table.add_row()
        # A row is not torn apart, and the first is repeated on the next page.
        for name in ("cantSplit", "tblHeader")[: 2 if place == 0 else 1]:
            line._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))  # noqa: SLF001 - no other way
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(22)
            _run(paragraph, text, 12)


def _widths(block: TableBlock) -> list[float]:
    """Widths of the columns in mm: by what stands in them, the longest no more than a few times."""
    shares = [
        min(max(map(_breadth, column)), _WIDEST) + _MARGIN
        for column in zip(*block.rows, strict=True)
    ]
    return [_TEXT_WIDTH_MM * share / sum(shares) for share in shares]


def _breadth(text: str) -> int:
    """How many half letters a text takes on one line: a Chinese one takes two."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _run(paragraph: Any, text: str, size: int, font: str = _BODY_FONT) -> Any:  # noqa: ANN401 - no types
    run = None
    for piece, is_mongolian in _by_script(text):
        run = paragraph.add_run(piece)
        run.font.size = Pt(size)
        name = _MONGOLIAN_FONT if is_mongolian else font
        run.font.name = name
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)  # noqa: SLF001 - same
    return run


def _by_script(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each wholly Mongolian or wholly not; one empty piece for no text."""
    pieces: list[tuple[str, bool]] = []
    for char in text:
        is_mongolian = ord(char) in _MONGOLIAN
        if pieces and pieces[-1][1] is is_mongolian:
            pieces[-1] = (pieces[-1][0] + char, is_mongolian)
        else:
            pieces.append((char, is_mongolian))
    return pieces or [("", False)]


def _with_fixed_times(content: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in sorted(
            before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            member = zipfile.ZipInfo(name, _ZIP_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return stream.getvalue()
