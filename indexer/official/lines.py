"""The lines of a document, as every module here reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_LINE: Final = 1_000
"""Code points of a line that are looked at: no line of a head or a tail is longer."""

TAIL_LINES: Final = 60
"""Lines from the end among which the tail (版记) is looked for; a web page adds its own."""


def lines_of(pages: Iterable[str]) -> list[str]:
    """The lines that are not blank, without outer white space, cut to :data:`MAX_LINE`."""
    return [
        stripped[:MAX_LINE]
        for page in pages
        for line in page.splitlines()
        if (stripped := line.strip())
    ]


def tail_of(lines: Sequence[str]) -> Sequence[str]:
    """The last lines, among which the tail stands."""
    return lines[-TAIL_LINES:]


def closed_up(text: str) -> str:
    """Text without white space: lines are stretched to a width by blanks."""
    return "".join(text.split())
