from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from indexer.rendering.encoding import encoded


def opened(image: Image.Image) -> tuple[Image.Image, str]:
    content, media_type = encoded(image)
    return Image.open(io.BytesIO(content)), media_type


def page_of_text() -> Image.Image:
    image = Image.new("RGB", (600, 800), "white")
    for line in range(30):
        ImageDraw.Draw(image).text((40, 20 + 24 * line), "archives " * 10, fill="black")
    return image


def test_text_keeps_every_pixel() -> None:
    image = page_of_text()
    kept, media_type = opened(image)
    assert (media_type, kept.mode) == ("image/png", "L")
    assert kept.tobytes() == image.convert("L").tobytes()


def test_a_photograph_becomes_a_jpeg() -> None:
    noise = Image.effect_noise((300, 300), 80)
    photograph = Image.merge("RGB", [noise, noise.rotate(90), noise.rotate(180)])
    kept, media_type = opened(photograph)
    assert (media_type, kept.mode) == ("image/jpeg", "RGB")


@pytest.mark.parametrize(("colour", "mode"), [("#c80000", "RGB"), ("#141210", "L")])
def test_colour_is_kept_where_there_is_any(colour: str, mode: str) -> None:
    image = page_of_text()
    ImageDraw.Draw(image).rectangle((0, 0, 100, 30), fill=colour)
    kept, _ = opened(image)
    assert kept.mode == mode
