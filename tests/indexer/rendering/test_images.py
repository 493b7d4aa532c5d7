"""Images as archives hold them: turned, of one bit, of four inks, and hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from indexer.errors import ExtractionError
from indexer.rendering import LONGEST_SIDE, PageMissingError, images
from indexer.rendering.images import ImageDrawer

if TYPE_CHECKING:
    from pathlib import Path


def draw(path: Path, page: int = 1) -> Image.Image:
    return ImageDrawer().draw(path, page).image


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    image.save(path, **options)
    return path


def spotted(mode: str = "L", size: tuple[int, int] = (200, 100)) -> Image.Image:
    """White, with a black square in the upper left corner."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, 20, 20), fill="black")
    return image.convert(mode)


def dark_corner(image: Image.Image) -> str:
    """In which corner the square is."""
    grey = image.convert("L")
    corners = {
        "upper left": (10, 10),
        "upper right": (grey.width - 10, 10),
        "lower right": (grey.width - 10, grey.height - 10),
        "lower left": (10, grey.height - 10),
    }
    (found,) = [name for name, place in corners.items() if grey.getpixel(place) < 100]  # type: ignore[operator]
    return found


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "webp", "jp2", "tif"])
def test_every_format_of_scanners_and_telephones_is_drawn(tmp_path: Path, suffix: str) -> None:
    drawn = draw(saved(tmp_path / f"a.{suffix}", spotted("RGB")))
    assert drawn.size == (200, 100)
    assert dark_corner(drawn) == "upper left"


def test_heic_is_drawn(tmp_path: Path) -> None:
    pi_heif = pytest.importorskip("pillow_heif", reason="writes HEIC; only reading is needed")
    pi_heif.from_pillow(spotted("RGB")).save(tmp_path / "a.heic")
    assert dark_corner(draw(tmp_path / "a.heic")) == "upper left"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_whatever_the_pixels_are_paper_is_white_and_ink_black(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        image = spotted().convert("I").point(lambda value: value * 257).convert("I;16")
    else:
        image = spotted("RGB").convert(mode) if mode not in {"I", "F"} else spotted().convert(mode)
    suffix = {"CMYK": "jpg", "F": "tif", "RGBA": "png", "LA": "png"}.get(mode, "tif")
    drawn = draw(saved(tmp_path / f"a.{suffix}", image))
    assert drawn.mode in {"L", "RGB"}
    grey = drawn.convert("L")
    assert grey.getpixel((5, 5)) == pytest.approx(0, abs=40)
    assert grey.getpixel((150, 50)) == pytest.approx(255, abs=5)


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    drawn = draw(saved(tmp_path / "a.png", Image.new("RGBA", (20, 20), (0, 0, 0, 0))))
    assert drawn.convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, "upper left", (200, 100)),
        (3, "lower right", (200, 100)),
        (6, "upper right", (100, 200)),
        (8, "lower left", (100, 200)),
    ],
)
def test_a_photograph_is_shown_upright(
    tmp_path: Path, orientation: int, corner: str, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    drawn = draw(saved(tmp_path / "a.jpg", spotted("RGB"), exif=exif))
    assert drawn.size == size
    assert dark_corner(drawn) == corner


def test_the_second_frame_of_a_tiff_is_its_second_page(tmp_path: Path) -> None:
    first, second = Image.new("L", (50, 50), 255), spotted()
    path = saved(tmp_path / "a.tif", first, save_all=True, append_images=[second])
    assert ImageDrawer().draw(path, 1).page_count == 2
    assert dark_corner(draw(path, 2)) == "upper left"
    with pytest.raises(PageMissingError):
        draw(path, 3)


def test_only_tiff_has_pages(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.gif", spotted(), save_all=True, append_images=[spotted("L", (9, 9))])
    assert ImageDrawer().draw(path, 1).page_count == 1
    with pytest.raises(PageMissingError):
        draw(path, 2)


def test_a_telefax_is_not_squeezed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.tif", spotted("1", (204, 98)), dpi=(204, 98))
    assert draw(path).size == (204, 204)


def test_a_large_scan_is_drawn_smaller(tmp_path: Path) -> None:
    drawn = draw(saved(tmp_path / "a.png", Image.new("1", (9000, 3000), 1)))
    assert drawn.size == (LONGEST_SIDE, LONGEST_SIDE // 3)


def test_too_many_pixels_are_never_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.png", spotted())
    monkeypatch.setattr(images, "MAX_PIXELS", 19_999)
    with pytest.raises(ExtractionError) as refused:
        draw(path)
    assert (refused.value.reason, refused.value.detail) == ("memory", "200 × 100 pixels")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"II*\0\x08\0\0\0", b"not one"])
def test_what_is_no_sound_image_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(ExtractionError) as refused:
        draw(path)
    assert refused.value.reason == "damaged"
