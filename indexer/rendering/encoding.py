"""A drawn page as the bytes that a browser gets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from PIL import ImageChops
from PIL.Image import new

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 85
# One band of rows in so many is tried as PNG, quickly and so less tightly.
_BAND: Final = 16
_EVERY: Final = 10
_HOPELESS: Final = 2.5
# Below this a difference between red, green and blue is no colour: scanners are not exact.
_GREY: Final = 12


def encoded(image: Image) -> tuple[bytes, str]:
    """The page as PNG or as JPEG, whichever is smaller, and its media type.

    Both are clean for text: PNG keeps every pixel, and JPEG its colour at full resolution.
    """
    plain = image if image.mode == "L" else _without_colour(image.convert("RGB"))
    jpeg = _saved(plain, "JPEG", quality=_QUALITY, subsampling=0)
    if _guessed_png_size(plain) > _HOPELESS * len(jpeg):
        return jpeg, "image/jpeg"
    png = _saved(plain, "PNG")
    return (png, "image/png") if len(png) <= len(jpeg) else (jpeg, "image/jpeg")


def _guessed_png_size(image: Image) -> float:
    """From a few bands of it: a photograph takes seconds as PNG, to end up too large."""
    if image.height < _BAND * _EVERY:
        return 0.0
    tops = range(0, image.height - _BAND + 1, _BAND * _EVERY)
    sample = new(image.mode, (image.width, _BAND * len(tops)))
    for place, top in enumerate(tops):
        sample.paste(image.crop((0, top, image.width, top + _BAND)), (0, place * _BAND))
    return len(_saved(sample, "PNG", compress_level=1)) * image.height / sample.height


def _saved(image: Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - of Pillow's formats
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _without_colour(image: Image) -> Image:
    """In grey, if it has no colour."""
    red, green, blue = image.split()
    # The histogram of a difference: whatever stands beyond the tolerance is colour.
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    if not any(sum(each.histogram()[_GREY:]) for each in differences):
        return image.convert("L")
    return image
