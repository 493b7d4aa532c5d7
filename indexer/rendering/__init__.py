"""Pages as pictures, and where on them each character of their text stands.

The parts: a *drawer* turns one page of a file into a picture and its glyphs (one module per family
of formats), :mod:`~indexer.rendering.alignment` finds the page's stored text among the glyphs, a
*pool* (:mod:`~indexer.rendering.pool`) does both in limited processes, and
:mod:`~indexer.rendering.pictures` keeps what was drawn for the next reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from indexer.extraction.kinds import OFD, PDF

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from indexer.extraction import Reason
    from indexer.page_words import Box, PageWord

RENDERER: Final = "pictures/1"
"""Name and version; a new version draws again what was kept."""

DPI: Final = 150
"""Readable at the width of a screen, and enough for a print."""

LONGEST_SIDE: Final = 2_400
"""In pixels: an A3 sheet at 150 dpi. Larger sheets are drawn smaller."""

MAX_PAGES: Final = 20_000

IMAGES: Final = frozenset(
    {
        "image/bmp",
        "image/gif",
        "image/heic",
        "image/jp2",
        "image/jpeg",
        "image/png",
        "image/tiff",
        "image/webp",
    }
)
"""Kinds that are images themselves."""

DRAWABLE: Final = IMAGES | {OFD, PDF}
"""Kinds whose pages can be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """What was drawn for one or more characters.

    Attributes:
        text: The characters. box: Where they stand, ink and the space of their line.
    """

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as a drawer made it.

    Attributes:
        glyphs: In the order of drawing; empty where it has none, or only as ink of a picture.
        page_count: Of the file.
        is_approximate: Whether parts of it could not be drawn.
    """

    image: Image
    glyphs: tuple[Glyph, ...]
    page_count: int
    is_approximate: bool = False


class Drawer(Protocol):
    """Draws pages of one family of formats."""

    def draw(self, path: Path, page: int) -> Sheet:
        """The page with this number, from 1.

        Raises:
            ExtractionError: The file or the page cannot be read; the reason says why.
            PageMissingError: The file has no such page.
        """


class PageMissingError(Exception):
    """The file has fewer pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingJob:
    """One page to draw.

    Attributes:
        path: Its file. media_type: Told from content.
        page: From 1.
        text: What the text store has of the page; its places are looked for.
    """

    path: Path
    media_type: str
    page: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn page.

    Attributes:
        content: Its bytes. media_type: ``image/png`` or ``image/jpeg``.
        width: In pixels. height: The same.
        page_count: Of the file.
        words: Where the page's text stands, as far as it was found among the glyphs.
        is_approximate: Whether parts of it could not be drawn.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    page_count: int
    words: tuple[PageWord, ...] = ()
    is_approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrawn:
    """There is no picture, and why."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchPage:
    """The file has fewer pages."""


Drawing = Picture | NotDrawn | NoSuchPage
