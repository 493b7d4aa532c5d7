"""Which characters look alike? ``python -m benchmarks.look_alikes FONT [--index N] > TABLE``.

Draws the 6,763 characters of GB 2312 with a font, blurs them a little, and compares every pair. The
table in ``indexer/analysis/dictionaries/look_alikes.txt`` was made so; ``SOURCE.md`` beside it says
with which font. numpy comes with the text recognition of the development environment.
"""

from __future__ import annotations

from typing import Final

import click
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from indexer.analysis.fold import fold

SIDE: Final = 40
BLUR: Final = 1.2
LEAST: Final = 0.77
"""Cosine of two drawings from which they count as alike."""

MOST: Final = 9
"""Characters that one is said to look like, the most alike first."""


@click.command()
@click.argument("font", type=click.Path(exists=True))
@click.option("--index", default=2, show_default=True, help="Of the face in a collection.")
def main(font: str, index: int) -> None:
    """Print a line for each character: itself, and those that look like it."""
    characters = [each for each in _gb2312() if fold(each) == each]
    drawings = np.stack([_drawn(each, font, index) for each in characters])
    for character, row in zip(characters, drawings @ drawings.T, strict=True):
        nearest = np.argsort(-row)[: MOST + 1]
        alike = [characters[at] for at in nearest if row[at] >= LEAST]
        others = "".join(each for each in alike if each != character)[:MOST]
        if others:
            print(f"{character} {others}")


def _gb2312() -> list[str]:
    codes = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [text for code in codes if (text := code.decode("gb2312", "ignore"))]


def _drawn(character: str, font: str, index: int) -> npt.NDArray[np.float32]:
    image = Image.new("L", (SIDE, SIDE), 0)
    face = ImageFont.truetype(font, SIDE - 4, index=index)
    ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), character, font=face, fill=255, anchor="mm")
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float32).ravel()
    grey -= grey.mean()
    grey /= np.linalg.norm(grey)
    return grey


if __name__ == "__main__":
    main()
