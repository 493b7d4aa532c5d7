"""A paper as PDF with real Chinese text, set in the STSong-Light that every reader brings along."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    HRFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from query_room.demo.papers import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.demo.papers import Block, Paper

_FONT: Final = "STSong-Light"
_RED: Final = colors.HexColor("#C80000")
_SIZE: Final = 16
_LEADING: Final = 28
_TEXT_WIDTH: Final = A4[0] - 54 * mm
_CELL_SIZE: Final = 12
_CELL_PADDING: Final = 4
_WIDEST_CELL: Final = 12
_CELL_STYLE: Final = (
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
)


def pdf_bytes(paper: Paper, *, password: str = "") -> bytes:
    """The bytes of the PDF file, the same on every run.

    Args:
        paper: What it says.
        password: Asked for on opening; ``""`` leaves the file open.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    content = io.BytesIO()
    # RC4: reportlab's AES draws a random vector, and the file would differ on every run.
    lock = StandardEncryption(password, strength=128) if password else None
    template = SimpleDocTemplate(
        content,
        pagesize=A4,
        topMargin=37 * mm,
        bottomMargin=35 * mm,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        title=paper.title,
        author=paper.signature,
        invariant=1,
        encrypt=lock,
    )
    template.build([*_flow(paper)], onFirstPage=_page_number, onLaterPages=_page_number)
    return content.getvalue()


def _page_number(canvas: Any, template: Any) -> None:  # noqa: ANN401 - reportlab publishes no types
    canvas.saveState()
    canvas.setFont(_FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 25 * mm, f"— {template.page} —")
    canvas.restoreState()


def _flow(paper: Paper) -> Iterator[Any]:
    for mark in (paper.copy_number, paper.secrecy, paper.urgency):
        if mark:
            yield _line(mark)
    if paper.masthead:
        yield _line(paper.masthead, size=30, leading=44, alignment=TA_CENTER, textColor=_RED)
    if paper.number or paper.signer:
        signer = f"　　签发人：{paper.signer}" if paper.signer else ""
        yield _line(paper.number + signer, alignment=TA_CENTER)
    if paper.masthead:
        yield HRFlowable(width="100%", thickness=1.5, color=_RED, spaceBefore=4, spaceAfter=22)
    if paper.title:
        yield _line(paper.title, size=22, leading=34, alignment=TA_CENTER)
        yield Spacer(1, 14)
    if paper.recipients:
        yield _line(f"{paper.recipients}：")
    for block in paper.blocks:
        yield _block(block)
    yield from _tail(paper)


def _tail(paper: Paper) -> Iterator[Any]:
    if paper.annex_note:
        yield _line(f"附件：{paper.annex_note}", firstLineIndent=2 * _SIZE)
    for part in (paper.signature, paper.date):
        if part:
            yield _line(part, alignment=TA_RIGHT, rightIndent=4 * _SIZE)
    if paper.note:
        yield _line(f"（{paper.note}）", firstLineIndent=2 * _SIZE)
    if paper.subject_words:
        yield _line(f"主题词：{paper.subject_words}")
    for part in (paper.copies_to and f"抄送：{paper.copies_to}", paper.printed_by):
        if part:
            yield HRFlowable(width="100%", thickness=0.7, color=colors.black)
            yield _line(part, size=14)


def _block(block: Block) -> Any:  # noqa: ANN401 - reportlab publishes no types
    match block.kind:
        case BlockKind.TABLE:
            cells = [
                [_line(cell, size=_CELL_SIZE, leading=20) for cell in row] for row in block.rows
            ]
            table = Table(cells, repeatRows=1, colWidths=_column_widths(block.rows))
            table.setStyle(TableStyle(_CELL_STYLE))
            return table
        case BlockKind.PAGE_BREAK:
            return PageBreak()
        case BlockKind.CENTRED:
            return _line(block.text, alignment=TA_CENTER)
        case BlockKind.HEADING | BlockKind.PARAGRAPH:
            return _line(block.text, firstLineIndent=2 * _SIZE)


def _column_widths(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Widths by the longest cell, so that no name is broken where another column has room."""
    needed = [
        2 * _CELL_PADDING + _CELL_SIZE * min(max(map(_width, column)), _WIDEST_CELL)
        for column in zip(*rows, strict=True)
    ]
    return [_TEXT_WIDTH * width / sum(needed) for width in needed]


def _width(text: str) -> float:
    """Width in Han characters; ASCII is half as wide."""
    return sum(0.5 if character.isascii() else 1 for character in text) + 0.1


def _line(
    text: str,
    *,
    size: int = _SIZE,
    leading: int = _LEADING,
    **style: Any,  # noqa: ANN401 - reportlab's own style names
) -> Any:  # noqa: ANN401 - reportlab publishes no types
    return Paragraph(
        html.escape(text, quote=False),
        ParagraphStyle(
            f"{size}", fontName=_FONT, fontSize=size, leading=leading, wordWrap="CJK", **style
        ),
    )
