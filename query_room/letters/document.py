"""A letter laid out: blocks in order, read from the mark-up of a filled template.

The mark-up, a line each; an empty line ends a paragraph:

* ``# 标题`` the title, ``## 清依申〔2026〕12号`` the line below it
* ``@ 张三：`` the addressee, without indent
* ``> 2026年3月2日`` to the right: signature and date
* ``| 档号 | 题名 |`` a row of a table; the first row of several is its head
* ``- 附件`` an item of a list
* ``! 小字`` small print at the foot
* anything else: a paragraph with its first line indented
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias


class Role(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    NUMBER = "number"
    ADDRESSEE = "addressee"
    BODY = "body"
    ITEM = "item"
    SIGNATURE = "signature"
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of one role."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """Rows of cells, all of one width; the first is the head."""

    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Paragraph | TableBlock
_MARKS: Final = {
    "## ": Role.NUMBER,
    "# ": Role.TITLE,
    "@ ": Role.ADDRESSEE,
    "> ": Role.SIGNATURE,
    "- ": Role.ITEM,
    "! ": Role.SMALL,
}
ESCAPE: Final = "\u2060"
"""Word joiner: set before a line of a value that would otherwise be read as mark-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLetter:
    """A template filled in: the words that went out, whatever template stands there later.

    Attributes:
        organ: Whose name stands at the head. text: In the mark-up above.
        salt: Without it nobody can try texts against the digest; erased with the text.
    """

    organ: str
    text: str
    salt: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of salt, organ and text, in hex."""
        return hashlib.sha256(f"{self.salt}\0{self.organ}\0{self.text}".encode()).hexdigest()

    def document(self) -> Document:
        """The letter laid out."""
        return read_document(self.text, self.organ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A letter ready to be drawn. ``organ``: whose name stands in red at its head."""

    organ: str
    blocks: tuple[Block, ...]


def read_document(text: str, organ: str) -> Document:
    """The blocks of a filled template."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in (*text.splitlines(), ""):
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            width = max(map(len, rows))
            blocks.append(
                TableBlock(rows=tuple((*row, *[""] * (width - len(row))) for row in rows))
            )
            rows = []
        if line.strip():
            blocks.append(_paragraph(line))
    return Document(organ=organ, blocks=tuple(blocks))


def _paragraph(line: str) -> Paragraph:
    for mark, role in _MARKS.items():
        if line.startswith(mark):
            return Paragraph(role=role, text=line.removeprefix(mark).replace(ESCAPE, "").strip())
    return Paragraph(role=Role.BODY, text=line.replace(ESCAPE, "").strip())
