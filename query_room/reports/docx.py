"""A report as a DOCX file in its six parts, tables laid out as the official form has them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from query_room.reports.grids import TITLES, Part, grid, shown, width
from query_room.reports.model import TableName, TextPart
from query_room.reports.papers import HEADINGS
from query_room.reports.placing import placed

if TYPE_CHECKING:
    from query_room.reports.papers import Paper

_BODY: Final = "仿宋_GB2312"
_HEADING: Final = "黑体"
_TITLE: Final = "方正小标宋简体"
_LINE: Final = Pt(28)
_TEXT_AREA_MM: Final = 245
_LABELS_MM: Final = {TableName.PROACTIVE: (70,), TableName.REQUESTS: (14, 26, 79)}
_CELL_SIZE: Final = {TableName.PROACTIVE: 12, TableName.REQUESTS: 9, TableName.CASES: 9}
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def docx_bytes(paper: Paper) -> bytes:
    """The bytes of the DOCX file."""
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = paper.organ
    _set_page(document)
    centred = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, paper.title, font=_TITLE, size=22, align=centred, indent=0)
    _line(document, paper.state, size=14, align=centred, indent=0)
    _written(document, paper, TextPart.OVERVIEW)
    for table in TableName:
        _line(document, TITLES[table], font=_HEADING, keep=True)
        _table(document, paper, table)
    _written(document, paper, TextPart.PROBLEMS)
    _written(document, paper, TextPart.OTHER)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_page(document: Any) -> None:  # noqa: ANN401 - python-docx publishes no types
    section = document.sections[0]
    # Table IV has fifteen columns of numbers: across, they are readable.
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(26)
    section.left_margin = section.right_margin = Mm(26)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)  # noqa: SLF001 - python-docx has no call for fields
    footer.add_run(" —")


def _written(document: Any, paper: Paper, part: TextPart) -> None:  # noqa: ANN401 - python-docx publishes no types
    _line(document, HEADINGS[part], font=_HEADING, keep=True)
    for text in paper.paragraphs(part):
        _line(document, text)


def _line(
    document: Any,  # noqa: ANN401 - python-docx publishes no types
    text: str,
    *,
    font: str = _BODY,
    size: int = 16,
    align: Any = None,  # noqa: ANN401 - python-docx publishes no types
    indent: int = 2,
    keep: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.line_spacing = _LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.first_line_indent = Pt(size * indent)
    layout.keep_with_next = keep
    if align is not None:
        paragraph.alignment = align
    _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: int) -> None:  # noqa: ANN401 - python-docx publishes no types
    run = paragraph.add_run(_UNFIT.sub("", text))
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx sets Latin only


def _table(document: Any, paper: Paper, table: TableName) -> None:  # noqa: ANN401 - python-docx publishes no types
    across_all = width(table)
    made = document.add_table(rows=len(grid(table)), cols=across_all, style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    labels = _LABELS_MM.get(table, ())
    rest = (_TEXT_AREA_MM - sum(labels)) / (across_all - len(labels))
    widths = [Mm(labels[at] if at < len(labels) else rest) for at in range(across_all)]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    heads = set()
    for down, across, cell in placed(table):
        target = made.cell(down, across)
        if cell.wide > 1 or cell.high > 1:
            target = target.merge(made.cell(down + cell.high - 1, across + cell.wide - 1))
        target.width = sum(widths[across : across + cell.wide])
        text = (
            cell.text if cell.key is None else shown(cell.key, paper.tables.cells[cell.key].count)
        )
        paragraph = target.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if cell.part is not Part.LABEL:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, _BODY, _CELL_SIZE[table])
        if cell.part is Part.HEAD:
            heads.add(down)
    for down, row in enumerate(made.rows):
        _keep_whole(row, is_head=down in heads and table is not TableName.PROACTIVE)


def _keep_whole(row: Any, *, is_head: bool) -> None:  # noqa: ANN401 - python-docx publishes no types
    """A row does not break over pages; a head comes again on each."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no call for it
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
