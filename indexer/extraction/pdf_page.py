"""A page of a PDF as one reader saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LITTLE: Final = 20
"""Characters below which a picture on the page is its content: a page number, a scanner's stamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """What a reader got from a page.

    Attributes:
        text: Its text, junk and all.
        has_image: Whether a picture stands on it that may hold its text; asked only where there is
            little.
        is_vertical: Whether most of it is written from top to bottom.
    """

    text: str
    has_image: bool = False
    is_vertical: bool = False

    @property
    def has_little_text(self) -> bool:
        """Whether it is as good as without text."""
        return len("".join(self.text.split())) < LITTLE
