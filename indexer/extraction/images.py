"""Pictures that are documents: how many pages they are. Their text is recognised later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pi_heif import register_heif_opener
from PIL import Image, UnidentifiedImageError

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PIXELS: Final = 160_000_000
"""An A0 sheet at 300 dpi. What claims more is a bomb, or needs a workstation."""

_FORMATS: Final = ("TIFF", "JPEG", "PNG", "GIF", "BMP", "WEBP", "JPEG2000", "HEIF", "AVIF")

register_heif_opener()


class ImageExtractor:
    """Counts the pages of TIFF; every other picture is one. Nothing is decoded."""

    name: Final = "image/1"

    def pages(self, path: Path) -> Iterator[PicturePage]:
        """A picture for each page.

        Raises:
            ExtractionError: It is damaged, or larger than is decoded.
        """
        Image.MAX_IMAGE_PIXELS = None  # asked here, for each page
        try:
            with Image.open(path, formats=_FORMATS) as image:
                for number in range(1, _frames(image) + 1):
                    if number > 1:
                        image.seek(number - 1)
                    _refuse_bomb(*image.size)
                    yield PicturePage()
        except UnidentifiedImageError as error:
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        except (ExtractionError, MemoryError, GeneratorExit):
            raise
        except Exception as error:  # whoever reads hostile headers may raise anything
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ExtractionError(Reason.MEMORY, f"{width} × {height} pixels")


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
