"""The letters of an OFD text object: which glyph, where, and for which character.

Source: GB/T 33190-2016, chapter 11.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.extraction.ofd_package import local_name
from indexer.extraction.ofd_text import deltas_in, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MAX_LETTERS: Final = 20_000
"""In one text object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One character.

    Attributes:
        x: Where its foot begins, in the object's own lengths. y: The same.
        width: Of the place it takes.
        glyph: Its number in the font, where the document says; ``None`` else.
        is_drawn: Whether it has ink: of several for one glyph only the first.
    """

    text: str
    x: float
    y: float
    width: float
    glyph: int | None
    is_drawn: bool = True


def letters_of(node: etree._Element, size: float) -> Iterator[Letter]:
    """The letters of a text object, in order.

    Args:
        node: The object.
        size: Of its type.
    """
    glyphs = _glyphs_of(node)
    count = 0
    x = y = 0.0
    for code in node:
        if local_name(code) != "TextCode":
            continue
        x = next(iter(numbers_in(code.get("X"))), x)
        y = next(iter(numbers_in(code.get("Y"))), y)
        text = "".join(str(part) for part in code.itertext()).strip("\r\n")
        text = text[: MAX_LETTERS - count]
        at_x, at_y = x, y
        for letter, (right, down) in zip(text, _steps(code, text, size), strict=True):
            glyph, is_drawn = glyphs.get(count, (None, True))
            full = _width(letter) * size
            yield Letter(
                text=letter,
                x=at_x,
                y=at_y,
                # A letter is as wide as the step to the next one, if that is a step to the right.
                width=min(right, full * 2) if right > 0 else full,
                glyph=glyph,
                is_drawn=is_drawn,
            )
            at_x, at_y = at_x + right, at_y + down
            count += 1


def turned(node: etree._Element) -> tuple[float, float]:
    """Cosine and sine of the angle, clockwise, by which each letter is turned."""
    angle = math.radians(next(iter(numbers_in(node.get("CharDirection"))), 0.0))
    return math.cos(angle), math.sin(angle)


def _steps(code: etree._Element, text: str, size: float) -> list[tuple[float, float]]:
    """From each letter to the next; after the last one nobody says."""
    wanted = max(len(text) - 1, 0)
    right = deltas_in(code.get("DeltaX"), wanted)[:wanted]
    down = deltas_in(code.get("DeltaY"), wanted)[:wanted]
    if not right and not down:
        return [(_width(letter) * size, 0.0) for letter in text]
    # Whoever gives fewer steps than letters means the last one to go on.
    right += [right[-1] if right else 0.0] * (wanted - len(right))
    down += [down[-1] if down else 0.0] * (wanted - len(down))
    return [*zip(right, down, strict=True), (0.0, 0.0)][: len(text)]


def _glyphs_of(node: etree._Element) -> dict[int, tuple[int | None, bool]]:
    """By the place of a character: its glyph, and whether it has one of its own."""
    found: dict[int, tuple[int | None, bool]] = {}
    for change in node:
        if local_name(change) != "CGTransform":
            continue
        place = int(next(iter(numbers_in(change.get("CodePosition"))), 0.0))
        count = int(next(iter(numbers_in(change.get("CodeCount"))), 1.0))
        within = next((each for each in change if local_name(each) == "Glyphs"), None)
        glyphs = [] if within is None else [int(each) for each in numbers_in(within.text)]
        for step in range(min(max(count, 0), MAX_LETTERS)):
            if step < len(glyphs):
                found[place + step] = (glyphs[step], True)
            elif glyphs:
                found[place + step] = (None, False)
    return found


def _width(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5
