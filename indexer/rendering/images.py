"""Images as pages: frames of TIFF, photographs, scans; upright, on white, no larger than needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.rendering import LONGEST_SIDE, MAX_PAGES, PageMissingError, Sheet

if TYPE_CHECKING:
    from pathlib import Path

MAX_PIXELS: Final = 160_000_000
"""An A0 sheet at 300 dpi. What claims more is a bomb, or needs a workstation."""

_FORMATS: Final = ("TIFF", "JPEG", "PNG", "GIF", "BMP", "WEBP", "JPEG2000", "HEIF", "AVIF")
_TOP_8: Final = 255
_TOP_16: Final = 65_535
_ORIENTATION: Final = 0x0112
# Telefax has pixels twice as high as wide; nobody means more than that.
_MOST_UNEVEN: Final = 3.0
_EVEN: Final = 1.05

Image.init()
register_heif_opener()


class ImageDrawer:
    """Draws images; of those that move, and of photographs with a preview, the first."""

    def draw(self, path: Path, page: int) -> Sheet:
        """A frame; see the protocol."""
        Image.MAX_IMAGE_PIXELS = None  # checked here, before anything is decoded
        with path.open("rb") as file:
            return _drawn(file, page)


def _drawn(file: BinaryIO, page: int) -> Sheet:
    try:
        with Image.open(file, formats=_FORMATS) as image:
            return _sheet(image, page)
    except (ExtractionError, PageMissingError, MemoryError):
        raise
    except Exception as error:  # a decoder fed with anything may raise anything
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def _sheet(image: Image.Image, page: int) -> Sheet:
    page_count = _frames(image)
    if not 1 <= page <= page_count:
        raise PageMissingError
    if page > 1:
        image.seek(page - 1)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ExtractionError(Reason.MEMORY, f"{width} × {height} pixels")
    return Sheet(image=_upright(image), glyphs=(), page_count=page_count)


def _frames(image: Image.Image) -> int:
    """How many pages it has: only those of TIFF are pages."""
    if image.format != "TIFF":
        return 1
    return min(int(getattr(image, "n_frames", 1)), MAX_PAGES)


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    squeezed = _squeeze(image)
    plain = _on_white(image)
    size = (plain.width, round(plain.height * squeezed))
    if squeezed < 1:
        size = (round(plain.width / squeezed), plain.height)
    shrink = min(1.0, LONGEST_SIDE / max(size))
    size = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
    if size != plain.size:
        # Halving first is as clean and many times as fast.
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    orientation = image.getexif().get(_ORIENTATION, 1)
    if orientation == 1:
        return plain
    plain.getexif()[_ORIENTATION] = orientation
    return ImageOps.exif_transpose(plain)


def _squeeze(image: Image.Image) -> float:
    """By how much to stretch its height: a telefax has fewer lines than columns to the inch."""
    try:
        across, down = (float(each) for each in image.info.get("dpi", ()))
        ratio = across / down
    except (TypeError, ValueError, ZeroDivisionError):
        return 1.0
    is_believable = 1 / _MOST_UNEVEN < ratio < _MOST_UNEVEN
    return ratio if is_believable and not 1 / _EVEN < ratio < _EVEN else 1.0


def _on_white(image: Image.Image) -> Image.Image:
    """Its pixels in grey or in colour; what is see-through lies on white."""
    if image.mode.startswith(("I", "F")):
        numbers = image.convert("I")
        # Not stretched to what is there: a dark page stays dark.
        top = _TOP_16 if numbers.getextrema()[1] > _TOP_8 else _TOP_8  # type: ignore[operator]
        return numbers.point(lambda value: value * (_TOP_8 / top)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        return white.convert("RGB")
    return image.convert("L" if image.mode == "L" else "RGB")
