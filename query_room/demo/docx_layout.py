"""A paper as DOCX, laid out as GB/T 9704-2012 asks: red head, 22 lines of 28 characters."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from query_room.demo.papers import BlockKind

if TYPE_CHECKING:
    from query_room.demo.papers import Block, Paper

_RED: Final = RGBColor(0xC8, 0x00, 0x00)
_BODY_FONT: Final = "仿宋_GB2312"
_HEADING_FONT: Final = "黑体"
_TITLE_FONT: Final = "方正小标宋简体"
_BODY_SIZE: Final = 16
_EPOCH: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def docx_bytes(paper: Paper) -> bytes:
    """The bytes of the DOCX file, the same on every run."""
    document = docx.Document()
    document.core_properties.created = _EPOCH
    document.core_properties.modified = _EPOCH
    document.core_properties.author = paper.signature
    document.core_properties.title = paper.title
    _set_page(document)
    _head(document, paper)
    for block in paper.blocks:
        _block(document, block)
    _tail(document, paper)
    content = io.BytesIO()
    document.save(content)
    return _without_clock(content.getvalue())


def _set_page(document: Any) -> None:  # noqa: ANN401 - python-docx publishes no types
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)  # noqa: SLF001 - python-docx has no call for fields
    footer.add_run(" —")


def _head(document: Any, paper: Paper) -> None:  # noqa: ANN401 - python-docx publishes no types
    for mark in (paper.copy_number, paper.secrecy, paper.urgency):
        if mark:
            _line(document, mark, font=_HEADING_FONT)
    if paper.masthead:
        _line(
            document,
            paper.masthead,
            font=_TITLE_FONT,
            size=32,
            color=_RED,
            align=WD_ALIGN_PARAGRAPH.CENTER,
        )
    if paper.number or paper.signer:
        signer = f"　　签发人：{paper.signer}" if paper.signer else ""
        line = _line(document, paper.number + signer, align=WD_ALIGN_PARAGRAPH.CENTER)
        if paper.masthead:
            _rule_below(line)
    if paper.title:
        _line(
            document, paper.title, font=_TITLE_FONT, size=22, align=WD_ALIGN_PARAGRAPH.CENTER
        ).paragraph_format.space_after = Pt(16)
    if paper.recipients:
        _line(document, f"{paper.recipients}：")


def _block(document: Any, block: Block) -> None:  # noqa: ANN401 - python-docx publishes no types
    match block.kind:
        case BlockKind.TABLE:
            table = document.add_table(rows=0, cols=max(map(len, block.rows)), style="Table Grid")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
        case BlockKind.PAGE_BREAK:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case BlockKind.CENTRED:
            _line(document, block.text, align=WD_ALIGN_PARAGRAPH.CENTER)
        case BlockKind.HEADING:
            _line(document, block.text, font=_HEADING_FONT, indent=True)
        case BlockKind.PARAGRAPH:
            _line(document, block.text, indent=True)


def _tail(document: Any, paper: Paper) -> None:  # noqa: ANN401 - python-docx publishes no types
    if paper.annex_note:
        _line(document, f"附件：{paper.annex_note}", indent=True)
    for part in (paper.signature, paper.date):
        if part:
            line = _line(document, part, align=WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.right_indent = Pt(4 * _BODY_SIZE)
    if paper.note:
        _line(document, f"（{paper.note}）", indent=True)
    if paper.subject_words:
        _line(document, f"主题词：{paper.subject_words}", font=_HEADING_FONT)
    if paper.copies_to:
        _rule_below(_line(document, f"抄送：{paper.copies_to}", size=14))
    if paper.printed_by:
        _rule_below(_line(document, paper.printed_by, size=14))


def _line(
    document: Any,  # noqa: ANN401 - python-docx publishes no types
    text: str,
    *,
    font: str = _BODY_FONT,
    size: int = _BODY_SIZE,
    color: RGBColor | None = None,
    align: Any = None,  # noqa: ANN401 - same
    indent: bool = False,
) -> Any:  # noqa: ANN401 - same
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(28)
    if size > 28:  # noqa: PLR2004 - the line must be higher than its letters
        paragraph.paragraph_format.line_spacing = Pt(size + 12)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    # Word takes the font of Han characters from eastAsia alone.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no call for it
    if color is not None:
        run.font.color.rgb = color
    return paragraph


def _rule_below(paragraph: Any) -> None:  # noqa: ANN401 - python-docx publishes no types
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "C80000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx has no call for it


def _without_clock(content: bytes) -> bytes:
    """The same ZIP with every member dated 1980: python-docx writes the time of saving."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(member, source.read(name))
    return target.getvalue()
