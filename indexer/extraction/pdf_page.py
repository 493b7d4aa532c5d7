"""A page of a PDF as one reader saw it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """What a reader got from a page.

    Attributes:
        text: Its text, junk and all.
        has_image: Whether a picture stands on it; asked only where there is next to no text.
        is_vertical: Whether most of it is written from top to bottom.
    """

    text: str
    has_image: bool = False
    is_vertical: bool = False
