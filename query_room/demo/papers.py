"""A paper: the parts of an official document in the order of GB/T 9704-2012, before its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.demo.manuscripts import Manuscript, ManuscriptFile

_HEADING: Final = re.compile(r"第?[一二三四五六七八九十]+[、章条部分].{0,30}(?<![。；，])")
_ARABIC_DATES_SINCE: Final = 2012
"""GB/T 9704-2012 7.3.5.4 replaced Chinese numerals in dates."""
_DIGITS: Final = "〇一二三四五六七八九"


class BlockKind(Enum):
    """What a block of the text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CENTRED = "centred"
    TABLE = "table"
    PAGE_BREAK = "page break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the text.

    Attributes:
        kind: What it is.
        text: Its text; empty for a table and a page break.
        rows: The cells of a table, header row first.
    """

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document, its parts in reading order; a part that it lacks is empty."""

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    masthead: str = ""
    number: str = ""
    signer: str = ""
    title: str = ""
    recipients: str = ""
    blocks: tuple[Block, ...] = ()
    annex_note: str = ""
    signature: str = ""
    date: str = ""
    note: str = ""
    subject_words: str = ""
    copies_to: str = ""
    printed_by: str = ""


def paper_of(manuscript: Manuscript, file: ManuscriptFile) -> Paper:
    """The paper that a manuscript's file describes.

    What the catalogue already says (title, number, agency, date) is taken from there for the main
    text; an attachment says for itself what it carries.
    """
    row, parts = manuscript.row, file.parts
    implied: dict[str, str] = {}
    if not file.is_attachment:
        implied = {
            "标题": row["题名"],
            "字号": row["文号"],
            "署名": row["责任者"],
            "落款日期": written_date(row["日期"]),
        }
    part = {**implied, **parts}.get
    return Paper(
        copy_number=part("份号", ""),
        secrecy=part("密级", ""),
        urgency=part("紧急", ""),
        masthead=part("红头", ""),
        number=part("字号", ""),
        signer=part("签发人", ""),
        title=part("标题", ""),
        recipients=part("主送", ""),
        blocks=tuple(_blocks(file.body)),
        annex_note=part("附件说明", ""),
        signature=part("署名", ""),
        date=part("落款日期", ""),
        note=part("附注", ""),
        subject_words=part("主题词", ""),
        copies_to=part("抄送", ""),
        printed_by=part("印发", ""),
    )


def written_date(digits: str) -> str:
    """``20080312`` as its time wrote it: 二〇〇八年三月十二日, from 2012 on 2012年3月12日.

    ``00`` for day or month leaves them out.
    """
    year, month, day = digits[:4], int(digits[4:6]), int(digits[6:])
    if int(year) >= _ARABIC_DATES_SINCE:
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    text = "".join(_DIGITS[int(digit)] for digit in year) + "年"
    text += f"{_numeral(month)}月" if month else ""
    return text + (f"{_numeral(day)}日" if day else "")


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return lead + (_DIGITS[ones] if ones else "")


def _blocks(body: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in (*body.splitlines(), ""):
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            yield Block(kind=BlockKind.TABLE, rows=tuple(rows))
            rows = []
        text = line.strip()
        if text == "----":
            yield Block(kind=BlockKind.PAGE_BREAK)
        elif text.startswith("^"):
            yield Block(kind=BlockKind.CENTRED, text=text[1:].strip())
        elif text:
            is_heading = _HEADING.fullmatch(text) is not None
            yield Block(kind=BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH, text=text)
