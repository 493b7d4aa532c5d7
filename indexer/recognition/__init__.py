"""Pictures of pages to text, page by page, each in a process that can be killed.

The parts: a *recognizer* finds lines on the picture of a page (:mod:`~indexer.recognition.rapid` is
the one there is), :mod:`~indexer.recognition.reading_order` puts them in the order in which they
are read, :mod:`~indexer.recognition.page_text` makes them the page's text and says where each
character stands, and a *pool* (:mod:`~indexer.recognition.pool`) does it in limited processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from indexer.extraction import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL.Image import Image

    from indexer.page_words import Box, PageWord


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCharacter:
    """A character on a picture, and where it stands.

    Attributes:
        confidence: How sure the recognizer is, 0 to 1.
    """

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A line of writing on a picture, across or from top to bottom.

    Attributes:
        characters: In the order in which they are read, at least one; spaces stand nowhere.
        text: All of it, with its spaces; the characters are found in it one after the other.
        box: Where it stands.
    """

    text: str
    characters: tuple[FoundCharacter, ...]
    box: Box


class Recognizer(Protocol):
    """Reads pictures."""

    @property
    def name(self) -> str:
        """Name and version, e.g. ``ocr/1``."""

    def lines(self, image: Image) -> Sequence[FoundLine]:
        """The lines on a picture, in no order; none where nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionJob:
    """One page to recognise.

    Attributes:
        path: Its file. media_type: Told from content.
        page: From 1.
    """

    path: Path
    media_type: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizedPage:
    """What was read from the picture of a page.

    Attributes:
        text: Line by line; empty where nothing is written.
        words: Where its characters stand.
        page_count: Of the file.
    """

    text: str
    words: tuple[PageWord, ...]
    page_count: int


Reading = RecognizedPage | Failed
"""A page, or why there is none."""
