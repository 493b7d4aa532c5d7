"""Pages that the tests draw themselves: what a scanner would make of a sheet."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.indexer.extraction.test_ofd import page_of
from tests.indexer.rendering.test_ofd import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = (900, 420)
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@cache
def font(size: int = 34) -> ImageFont.FreeTypeFont:
    """A font with Chinese characters; CI installs one."""
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("NotoSansCJK-Regular.*")):
            return ImageFont.truetype(path, size)
    return pytest.fail("no Chinese font: apt-get install fonts-noto-cjk")


def scan(lines: Sequence[str], *, size: tuple[int, int] = SIZE) -> Image.Image:
    """A sheet with these lines, one under the other, from its upper edge."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((60, 40 + 70 * number), line, font=font(), fill=0)
    return image


def vertical_scan(columns: Sequence[str]) -> Image.Image:
    """A sheet written from top to bottom, from its right edge."""
    image = Image.new("L", (500, 620), 255)
    pen = ImageDraw.Draw(image)
    for place, column in enumerate(columns):
        for row, character in enumerate(column):
            pen.text((420 - 80 * place, 30 + 38 * row), character, font=font(), fill=0)
    return image


def pictured_ofd(folder: Path, image: Image.Image) -> Path:
    """An OFD document whose page is a picture."""
    media = '<ofd:MultiMedia ID="5"><ofd:MediaFile>i.png</ofd:MediaFile></ofd:MultiMedia>'
    height = 170 * image.height / image.width
    shown = (
        f'<ofd:ImageObject Boundary="20 30 170 {height}" ResourceID="5"'
        f' CTM="170 0 0 {height} 0 0"/>'
    )
    return resources(folder, media, page_of(shown), i_png=encoded(image))


def encoded(*images: Image.Image, format_name: str = "PNG") -> bytes:
    """Pictures as a file; of several, each is a page."""
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}
    images[0].save(stream, format_name, **more)
    return stream.getvalue()
