"""A paper as plain text, the way typists copied papers into the first office computers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.demo.papers import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.demo.papers import Block, Paper

_WIDTH: Final = 36
"""Full-width characters on a line, for what is centred or set to the right."""


def plain_text(paper: Paper, *, encoding: str = "utf-8", wrap: int = 0) -> bytes:
    """The bytes of the text file.

    Args:
        paper: What it says.
        encoding: ``utf-8``, ``gb18030`` or another that holds every character of it.
        wrap: Characters on a line, or 0 to leave every paragraph on one line.
    """
    lines = [line for part in _lines(paper) for line in _wrapped(part, wrap)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def _lines(paper: Paper) -> Iterator[str]:
    yield from _head(paper)
    for block in paper.blocks:
        yield from _block(block)
    yield from _tail(paper)


def _head(paper: Paper) -> Iterator[str]:
    for mark in (paper.copy_number, paper.secrecy, paper.urgency):
        if mark:
            yield mark
    if paper.masthead:
        yield _centred(paper.masthead)
        yield ""
    if paper.number or paper.signer:
        signer = f"　　签发人：{paper.signer}" if paper.signer else ""
        yield _centred(paper.number + signer)
        yield ""
    if paper.title:
        yield _centred(paper.title)
        yield ""
    if paper.recipients:
        yield f"{paper.recipients}："


def _tail(paper: Paper) -> Iterator[str]:
    if paper.annex_note:
        yield ""
        yield f"　　附件：{paper.annex_note}"
    if paper.signature or paper.date:
        yield ""
    for part in (paper.signature, paper.date):
        if part:
            yield "　" * max(_WIDTH - len(part) - 4, 2) + part
    if paper.note:
        yield f"　　（{paper.note}）"
    for label, part in (("主题词", paper.subject_words), ("抄送", paper.copies_to)):
        if part:
            yield f"{label}：{part}"
    if paper.printed_by:
        yield paper.printed_by


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TABLE:
            for row in block.rows:
                yield "\t".join(row)
        case BlockKind.CENTRED:
            yield _centred(block.text)
        case BlockKind.PAGE_BREAK:
            yield "\f"
        case BlockKind.HEADING | BlockKind.PARAGRAPH:
            yield f"　　{block.text}"


def _centred(text: str) -> str:
    return "　" * max((_WIDTH - len(text)) // 2, 0) + text


def _wrapped(line: str, width: int) -> list[str]:
    if not width or len(line) <= width or "\t" in line:
        return [line]
    return [line[start : start + width] for start in range(0, len(line), width)]
