"""What reports on the archive are put together from; names of files may hold what no paper may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from query_room.letters.document import Paragraph, Role, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LISTED: Final = 30
"""Rows, files and paths of each list; the table of all files has the rest."""

_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def heading(text: str) -> Paragraph:
    """The heading of a part."""
    return Paragraph(role=Role.ITEM, text=text)


def body(text: str) -> Paragraph:
    """A paragraph."""
    return Paragraph(role=Role.BODY, text=_plain(text))


def item(text: str) -> Paragraph:
    """A line of a list."""
    return Paragraph(role=Role.ITEM, text=_plain(text))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> TableBlock:
    """A table under its headings."""
    return TableBlock(rows=(head, *(tuple(map(_plain, row)) for row in rows)))


def more(items: Sequence[object]) -> str:
    """That a list is shortened, where it is."""
    return f"（以下列前 {LISTED}）" if len(items) > LISTED else ""


def _plain(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
