"""What the pages of an OFD document use: fonts, images, composed objects and ways of drawing.

Source: GB/T 33190-2016, chapter 7.9. Everything is found by its identifier and read when it is
first used.
"""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.ofd_package import nodes, resolved
from indexer.rendering import LONGEST_SIDE
from indexer.rendering.glyph_maps import glyph_map
from indexer.rendering.images import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from indexer.extraction.ofd_package import OfdPackage

_FORMATS: Final = ("JPEG", "PNG", "BMP", "GIF", "TIFF")
_UNITS: Final = ("CompositeGraphicUnit", "CompositeGraphUnit")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdFont:
    """A font.

    Attributes:
        name: As the document calls it. file: The font itself, or ``None`` where it is not embedded.
        glyphs: Its glyphs by code point, as far as the file tells.
    """

    name: str
    is_bold: bool
    is_italic: bool
    file: bytes | None
    glyphs: dict[int, int]


class OfdResources:
    """The resources of one page.

    Args:
        package: The document's package.
        parts: Parts that define resources; where two define the same, the later counts.
    """

    def __init__(self, package: OfdPackage, parts: Iterable[str]) -> None:
        self._package = package
        self._fonts: dict[str, tuple[etree._Element, str]] = {}
        self._media: dict[str, tuple[etree._Element, str]] = {}
        self.units: dict[str, etree._Element] = {}
        """Composed objects."""
        self.ways: dict[str, etree._Element] = {}
        """Ways of drawing that objects and layers refer to."""
        for part in parts:
            tree = package.tree(part)
            if tree is not None:
                self._take(tree, resolved(part, f"{tree.get('BaseLoc') or '.'}/x"))

    def font(self, key: str) -> OfdFont | None:
        """A font, or ``None`` where none is defined by that name."""
        if key not in self._fonts:
            return None
        node, base = self._fonts[key]
        file = self._file(node, "FontFile", base)
        return OfdFont(
            name=f"{node.get('FontName') or ''} {node.get('FamilyName') or ''}",
            is_bold=node.get("Bold") == "true",
            is_italic=node.get("Italic") == "true",
            file=file,
            glyphs=glyph_map(file) if file else {},
        )

    def image(self, key: str) -> Image.Image | None:
        """An image in grey, in colour, or in either with what is see-through in it.

        ``None`` where it is missing or of a kind that cannot be read.

        Raises:
            ExtractionError: It has too many pixels.
        """
        if key not in self._media:
            return None
        node, base = self._media[key]
        content = self._file(node, "MediaFile", base)
        return None if content is None else opened_image(content)

    def _take(self, tree: etree._Element, base: str) -> None:
        self._fonts |= {node.get("ID") or "": (node, base) for node in nodes(tree, "Font")}
        self._media |= {node.get("ID") or "": (node, base) for node in nodes(tree, "MultiMedia")}
        self.ways |= {node.get("ID") or "": node for node in nodes(tree, "DrawParam")}
        for name in _UNITS:
            self.units |= {node.get("ID") or "": node for node in nodes(tree, name)}

    def _file(self, node: etree._Element, name: str, base: str) -> bytes | None:
        place = next((each.text or "" for each in nodes(node, name)), "").strip()
        if not place:
            return None
        # Some producers leave out the folder that all files lie in, some repeat it.
        parent = posixpath.dirname(posixpath.dirname(base))
        for start in (base, f"{parent}/x", f"{parent}/Res/x"):
            content = self._package.content(resolved(start, place))
            if content:
                return content
        return None


def opened_image(content: bytes) -> Image.Image | None:
    """An image in grey or in colour, with what is see-through in it; ``None`` if it is none.

    Raises:
        ExtractionError: It has too many pixels.
    """
    Image.MAX_IMAGE_PIXELS = None  # checked here, before anything is decoded
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            return _plain(image)
    except (ExtractionError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a decoder fed with anything may raise anything
        return None


def _plain(image: Image.Image) -> Image.Image:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ExtractionError(Reason.MEMORY, f"{width} × {height} pixels")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    is_clear = image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info
    grey = image.mode in {"1", "L", "LA"}
    plain = image.convert(("LA" if grey else "RGBA") if is_clear else ("L" if grey else "RGB"))
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return plain
