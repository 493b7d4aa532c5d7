"""Where words stand on the picture of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a page, in fractions of its width and height.

    Attributes:
        left: From the left edge of the page as it is shown, 0 to 1. right: The same, not less.
        top: From its upper edge, 0 to 1. bottom: The same, not less.
    """

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWord:
    """A run of a page's text that stands in one line, and where.

    Attributes:
        start: Its first code point in the page's text as the text store has it.
        end: One past its last; ``end > start``.
        box: Where it stands.
        confidence: How sure its reader was, 0 to 1.
    """

    start: int
    end: int
    box: Box
    confidence: float = 1.0
