"""The body of a text: what stays the same when a document is saved in another format.

Letters, digits and characters in their folded form; no white space, no punctuation, no page
furniture. Lines and pages break elsewhere in a PDF than in the Word document it was made from, a
reader of scans puts commas where dots are, and only one of them has page numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE_LINES: Final = 2
"""So many lines at the top and at the foot of a page may be its furniture."""

_REPEATED_ON: Final = 3
_SHARE: Final = 0.4  # heads of left and right pages differ
_DIGITS: Final = re.compile(r"\d+")
# — 3 —, 第3页, 3/12, 第 3 页 共 12 页, Page 3 of 12: as the folded letters and digits of the line.
_PAGE_NUMBER: Final = re.compile(r"第?\d{1,5}页?(共\d{1,5}页?)?|page\d{1,5}(of\d{1,5})?")
# The same of a text of one page, where nothing repeats that could tell.
_ONLY_PAGE: Final = re.compile(r"第?1(页(共1页)?)?")
_LONGEST_PAGE_NUMBER: Final = 40


class _BodyTable(dict[int, str | None]):
    """Code point to what stays of it in a body, filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        kept = "".join(part for part in fold(chr(code)) if part.isalnum()) or None
        self[code] = kept
        return kept


_TABLE: Final = _BodyTable()


def body_of(pages: Sequence[str]) -> str:
    """The body of a text, pages joined; ``""`` where it has no letter, digit or character.

    A running head counts once, where it stands first; page numbers never.
    """
    if len(pages) == 1:
        return _without_only_number(pages[0]).translate(_TABLE)
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges = [_edges(page) for page in lines]
    heads = _running_heads(lines, edges)
    seen: set[str] = set()
    kept: list[str] = []
    for page, edge in zip(lines, edges, strict=True):
        for number, line in enumerate(page):
            if number in edge:
                bare = line.translate(_TABLE)
                if _PAGE_NUMBER.fullmatch(bare):
                    continue
                shape = _shape(bare)
                if shape in heads:
                    if shape in seen:
                        continue
                    seen.add(shape)
            kept.append(line)
    return "".join(kept).translate(_TABLE)


def _without_only_number(page: str) -> str:
    """A page without the number at its foot."""
    above, line_end, last = page.rstrip().rpartition("\n")
    if not line_end or len(last) > _LONGEST_PAGE_NUMBER:
        return page
    return above if _ONLY_PAGE.fullmatch("".join(last.split()).strip("-—–")) else page


def _edges(page: Sequence[str]) -> frozenset[int]:
    """The places of the lines that may be furniture."""
    last = len(page)
    return frozenset((*range(min(EDGE_LINES, last)), *range(max(0, last - EDGE_LINES), last)))


def _running_heads(
    lines: Sequence[Sequence[str]], edges: Sequence[frozenset[int]]
) -> frozenset[str]:
    shapes: Counter[str] = Counter()
    for page, edge in zip(lines, edges, strict=True):
        shapes.update({_shape(page[number].translate(_TABLE)) for number in edge})
    enough = max(_REPEATED_ON, len(lines) * _SHARE)
    return frozenset(shape for shape, count in shapes.items() if shape and count >= enough)


def _shape(bare: str) -> str:
    """A line but for its numbers: the page's own may stand in its head."""
    return _DIGITS.sub("0", bare)
