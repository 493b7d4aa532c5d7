"""Lines to a page, with an end: small files can stand for endless text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PAGES: Final = 20_000
"""Of one file."""

MAX_PAGE_CHARS: Final = 50_000_000
"""In code points. A full worksheet of 2.6 million cells has some 20 million."""


def page_of(lines: Iterable[str]) -> str:
    """The lines that say something, one under the other.

    Raises:
        ExtractionError: They are more than any page holds.
    """
    kept: list[str] = []
    size = 0
    for line in lines:
        if not line.strip():
            continue
        kept.append(line)
        size += len(line) + 1
        _check(size)
    return "\n".join(kept)


def row_of(cells: Iterable[str]) -> str:
    """A row of a table as one line: the cells that say something, a tab between them.

    Raises:
        ExtractionError: They are more than any page holds: many cells may show one long text.
    """
    kept: list[str] = []
    size = 0
    for cell in cells:
        text = " ".join(cell.split())
        if text:
            kept.append(text)
            size += len(text) + 1
            _check(size)
    return "\t".join(kept)


def _check(size: int) -> None:
    if size > MAX_PAGE_CHARS:
        raise ExtractionError(Reason.MEMORY, f"a page of more than {MAX_PAGE_CHARS} characters")
