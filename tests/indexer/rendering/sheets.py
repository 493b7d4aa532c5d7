"""Drawn pages under a magnifying glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from indexer.page_words import Box, PageWord

_DARK = 128


def ink(image: Image, box: Box) -> float:
    """Which share of a box is dark."""
    part = image.convert("L").crop(
        (
            round(box.left * image.width),
            round(box.top * image.height),
            max(round(box.right * image.width), round(box.left * image.width) + 1),
            max(round(box.bottom * image.height), round(box.top * image.height) + 1),
        )
    )
    counted = part.histogram()
    return sum(counted[:_DARK]) / sum(counted)


def covered(image: Image, boxes: Iterable[Box]) -> float:
    """Which share of a page's ink lies in the boxes; 1.0 where they hide all of it."""
    rest = image.convert("L")
    whole = sum(rest.histogram()[:_DARK])
    for box in boxes:
        edges = (box.left, box.top, box.right, box.bottom)
        sides = (rest.width, rest.height, rest.width, rest.height)
        # One pixel of grey around a letter is no ink of another.
        left, top, right, bottom = (
            round(edge * side) for edge, side in zip(edges, sides, strict=True)
        )
        rest.paste(255, (left - 1, top - 1, right + 1, bottom + 1))
    return 1 - sum(rest.histogram()[:_DARK]) / whole


def boxes_in(words: Iterable[PageWord], text: str, wanted: str) -> list[Box]:
    """The boxes of the characters of the first place where ``wanted`` stands."""
    start = text.index(wanted)
    return [word.box for word in words if start <= word.start < start + len(wanted)]
