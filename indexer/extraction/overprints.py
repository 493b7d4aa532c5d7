"""Bold type imitated by printing twice, a hair apart: read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Char = TypeVar("Char")

# Nearer than any real double letter.
_OVERPRINT: Final = 0.12
_OVERPRINT_OF_WIDTH: Final = 0.4


class Print(NamedTuple):
    """A character where it was printed.

    Attributes:
        x: Its left edge. y: Its lower edge. width: Of its glyph. size: Of its font; all in points.
    """

    text: str
    x: float
    y: float
    width: float
    size: float


def without_overprints(chars: Iterable[Char], print_of: Callable[[Char], Print]) -> Iterator[Char]:
    """The characters that no earlier one stands under.

    Args:
        chars: In the order in which they were printed.
        print_of: Tells where one was printed.
    """
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for char in chars:
        text, x, y, width, size = print_of(char)
        size = max(size, 0.1)
        reach = min(size * _OVERPRINT, max(width, 0.1) * _OVERPRINT_OF_WIDTH)
        # A cell is as large as the character, so few are near enough to a second one.
        is_again = not text.isspace() and any(
            abs(other_x - x) <= reach and abs(other_y - y) <= reach
            for column in range(round((x - reach) / size), round((x + reach) / size) + 1)
            for row in range(round((y - reach) / size), round((y + reach) / size) + 1)
            for other_x, other_y in seen.get((text, column, row), ())
        )
        if not is_again:
            seen.setdefault((text, round(x / size), round(y / size)), []).append((x, y))
            yield char
