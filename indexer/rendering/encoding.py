"""A drawn page as the bytes that a browser gets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import ImageChops

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 85
# Below this a difference between red, green and blue is no colour: scanners are not exact.
_GREY: Final = 12


def encoded(image: Image) -> tuple[bytes, str]:
    """The page as PNG or as JPEG, whichever is smaller, and its media type.

    Both are clean for text: PNG keeps every pixel, and JPEG its colour at full resolution.
    """
    plain = image if image.mode == "L" else _without_colour(image.convert("RGB"))
    png, jpeg = io.BytesIO(), io.BytesIO()
    plain.save(png, "PNG")
    plain.save(jpeg, "JPEG", quality=_QUALITY, subsampling=0)
    if png.tell() <= jpeg.tell():
        return png.getvalue(), "image/png"
    return jpeg.getvalue(), "image/jpeg"


def _without_colour(image: Image) -> Image:
    """In grey, if it has no colour."""
    red, green, blue = image.split()
    # The histogram of a difference: whatever stands beyond the tolerance is colour.
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    if not any(sum(each.histogram()[_GREY:]) for each in differences):
        return image.convert("L")
    return image
