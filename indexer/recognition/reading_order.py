"""Lines in the order in which people read them: rows, columns, and pages written downwards.

A recogniser finds lines wherever they stand. Rows go from top to bottom, what stands in one row
from left to right. Columns are read one after the other, between the headings that span them;
cells of a table are no columns. A page written from top to bottom is read from the right.
"""

from __future__ import annotations

from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.recognition import FoundLine

    Together = Callable[[FoundLine, FoundLine], bool]

_SAME: Final = 0.5
"""Share of their height by which lines of one row overlap."""

_TALL: Final = 1.5
_MIN_COLUMN: Final = 3
"""Lines side by side that make columns; fewer are a signature beside a seal."""

_FULL: Final = 0.6
"""Share of a column's width that its lines fill as a rule: cells of a table do not."""

_MAX_SPANNING: Final = 0.5
_MIDDLE: Final = (0.2, 0.8)
_MAX_PARTED: Final = 3
# Of the width of a page: places are compared no more finely.
_SLACK: Final = 0.006


def in_rows(lines: Sequence[FoundLine], aspect: float) -> list[list[FoundLine]]:
    """The rows of a page, each with its lines as they are read.

    Args:
        lines: In any order.
        aspect: Height of the page by its width.
    """
    tall = sum(len(line.text) for line in lines if _is_tall(line, aspect))
    if tall * 2 > sum(len(line.text) for line in lines):
        return [[line] for line in _downwards(lines)]
    return _across(lines)


def _is_tall(line: FoundLine, aspect: float) -> bool:
    width, height = line.box.right - line.box.left, (line.box.bottom - line.box.top) * aspect
    return len(line.text) > 1 and height > width * _TALL


def _downwards(lines: Sequence[FoundLine]) -> list[FoundLine]:
    """Lines of a page written from top to bottom: from the right."""
    columns = _grouped(
        sorted(lines, key=lambda line: -line.box.right),
        lambda one, other: _overlap(
            (one.box.left, one.box.right), (other.box.left, other.box.right)
        ),
    )
    ordered = (sorted(column, key=lambda line: line.box.top) for column in columns)
    return list(chain.from_iterable(ordered))


def _across(lines: Sequence[FoundLine]) -> list[list[FoundLine]]:
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines)
    rows: list[list[FoundLine]] = []
    left: list[FoundLine] = []
    right: list[FoundLine] = []
    for line in sorted(lines, key=lambda each: each.box.top):
        if line.box.right <= gutter + _SLACK:
            left.append(line)
        elif line.box.left >= gutter:
            right.append(line)
        else:
            rows += [*_across(left), *_across(right), [line]]
            left, right = [], []
    return [*rows, *_across(left), *_across(right)]


def _rows(lines: Sequence[FoundLine]) -> list[list[FoundLine]]:
    rows = _grouped(
        sorted(lines, key=lambda line: line.box.top + line.box.bottom),
        lambda one, other: _overlap(
            (one.box.top, one.box.bottom), (other.box.top, other.box.bottom)
        ),
    )
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def _gutter(lines: Sequence[FoundLine], depth: int = _MAX_PARTED) -> float | None:
    """Where a white strip parts columns of running text, or ``None``.

    Args:
        lines: In any order.
        depth: How often a column may itself be parted.
    """
    if len(lines) < 2 * _MIN_COLUMN:
        return None
    edges = [line.box.left for line in lines], [line.box.right for line in lines]
    start, end = min(edges[0]), max(edges[1])
    first, last = (start + (end - start) * share for share in _MIDDLE)
    candidates = sorted({round(each, 2) for each in edges[1] if first <= each <= last})
    found: tuple[int, float] | None = None
    for place in candidates:
        left = [line for line in lines if line.box.right <= place + _SLACK]
        right = [line for line in lines if line.box.left >= place]
        spanning = len(lines) - len(left) - len(right)
        if (
            spanning <= len(lines) * _MAX_SPANNING
            and _is_text(left, depth)
            and _is_text(right, depth)
        ):
            best = (spanning, -place)
            found = best if found is None or best < found else found
    return None if found is None else -found[1]


def _is_text(column: Sequence[FoundLine], depth: int) -> bool:
    """Whether lines are running text, in a column or in several."""
    if len(column) < _MIN_COLUMN:
        return False
    width = max(line.box.right for line in column) - min(line.box.left for line in column)
    if median(line.box.right - line.box.left for line in column) >= width * _FULL:
        return True
    return depth > 0 and _gutter(column, depth - 1) is not None


def _grouped(lines: Iterable[FoundLine], is_same: Together) -> list[list[FoundLine]]:
    """Lines that follow each other and stand together with the first of their group."""
    groups: list[list[FoundLine]] = []
    for line in lines:
        if groups and is_same(groups[-1][0], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > min(one[1] - one[0], other[1] - other[0]) * _SAME
