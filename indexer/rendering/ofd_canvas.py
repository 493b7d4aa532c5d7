"""Objects of OFD pages, drawn on a page of PDF; where their letters stand is noted on the way.

Source: GB/T 33190-2016, chapters 8 to 13. What cannot be drawn is left out, and said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.ofd_package import local_name
from indexer.extraction.ofd_text import MAX_DEPTH, corner_of, numbers_in
from indexer.page_words import Box
from indexer.rendering import Glyph
from indexer.rendering.matrices import UNIT, joined, matrix_in, moved_step, place_of, shown
from indexer.rendering.ofd_letters import letters_of, turned
from indexer.rendering.ofd_paths import operators_of
from indexer.rendering.ofd_styles import BLACK, OPAQUE, Colour, Style
from indexer.rendering.ofd_typefaces import TypeFace

if TYPE_CHECKING:
    from lxml import etree
    from PIL.Image import Image

    from indexer.rendering.matrices import Matrix
    from indexer.rendering.ofd_letters import Letter
    from indexer.rendering.ofd_resources import OfdResources
    from indexer.rendering.pdf_making import PdfMaker

Clip = tuple[float, float, float, float]

MAX_OPERATORS: Final = 1_000_000
"""On one page. A large map has a tenth of it."""

_POINTS: Final = 72 / 25.4
# Of the size of type: how far it reaches above its foot and below it.
_ABOVE, _BELOW = 0.88, 0.12
_SLANT: Final = 0.2
_BOLD: Final = 0.03
_BOLD_WEIGHT: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The paper: its upper left corner and its size, in millimetres."""

    left: float
    top: float
    width: float
    height: float


class OfdCanvas:
    """A page being drawn.

    Args:
        maker: What is drawn on. resources: What the page uses. sheet: The paper.

    Attributes:
        sheet: The paper. glyphs: Letters and where they stand.
        is_approximate: Whether anything was left out.
    """

    def __init__(self, maker: PdfMaker, resources: OfdResources, sheet: Paper) -> None:
        self._maker = maker
        self._resources = resources
        self.sheet = sheet
        self._alpha = cache(maker.alpha)
        self._fonts: dict[str, TypeFace] = {}
        self._images: dict[str, str | None] = {}
        self.glyphs: list[Glyph] = []
        self.is_approximate = False

    def draw(
        self,
        content: etree._Element,
        matrix: Matrix = UNIT,
        *,
        layer: str = "",
        alpha: float = 1.0,
        depth: int = 0,
    ) -> None:
        """Draw what stands below a node.

        Args:
            content: A page, a layer, an appearance or a composed object.
            matrix: From its lengths to those of the page.
            layer: The way of drawing of its layer.
            alpha: How dense all of it is.
            depth: How many nodes it stands in.

        Raises:
            ExtractionError: There is more than any page has.
        """
        if depth > MAX_DEPTH:
            self.is_approximate = True
            return
        for node in content:
            if len(self._maker.operators) > MAX_OPERATORS:
                raise ExtractionError(Reason.MEMORY, f"more than {MAX_OPERATORS} steps of drawing")
            if node.get("Visible") == "false":
                continue
            match local_name(node):
                case "TextObject" | "PathObject" | "ImageObject" | "CompositeObject":
                    self._object(node, matrix, layer, alpha, depth)
                case "Layer" | "PageBlock" | "Content":
                    way = node.get("DrawParam") or layer
                    self.draw(node, matrix, layer=way, alpha=alpha, depth=depth + 1)
                case "VideoObject":
                    self.is_approximate = True

    def stamp(
        self, image: Image, box: tuple[float, float, float, float], clip: Clip | None
    ) -> None:
        """Print an image on what is there, like a seal.

        Args:
            image: The image.
            box: Left, top, width and height on the page.
            clip: The part of it that is printed, in the same form within the box; all for ``None``.
        """
        left, top, width, height = box
        self.begin_stamp(box, clip)
        placed = self._on_paper((width, 0.0, 0.0, -height, left, top + height))
        self._write(f"{shown(placed)} cm /{self._maker.image(image)} Do")
        self.end_stamp()

    def begin_stamp(self, box: Clip, clip: Clip | None) -> None:
        """Print everything from now on like a seal in this box."""
        left, top, width, height = box
        across, down, wide, high = clip or (0.0, 0.0, width, height)
        placed = self._on_paper((1.0, 0.0, 0.0, 1.0, left + across, top + down))
        corners = [place_of(x, y, placed) for x, y in ((0, 0), (wide, 0), (wide, high), (0, high))]
        steps = [f"{x:.4f} {y:.4f} {'l' if at else 'm'}" for at, (x, y) in enumerate(corners)]
        self._maker.operators += ["q", *steps, "h W n", f"/{self._maker.ink()} gs"]

    def end_stamp(self) -> None:
        """Draw as before."""
        self._write("Q")

    def _object(
        self, node: etree._Element, matrix: Matrix, layer: str, alpha: float, depth: int
    ) -> None:
        left, top = corner_of(node)
        own = matrix_in(node.get("CTM"))
        placed = joined(own or UNIT, joined((1.0, 0.0, 0.0, 1.0, left, top), matrix))
        dense = alpha * next(iter(numbers_in(node.get("Alpha"))), OPAQUE) / OPAQUE
        style = Style(node, layer, self._resources.ways)
        self._write("q")
        self._clip(node, placed, joined((1.0, 0.0, 0.0, 1.0, left, top), matrix))
        match local_name(node):
            case "TextObject":
                self._text(node, placed, style, dense)
            case "PathObject":
                self._path(node, placed, style, dense)
            case "ImageObject":
                if own is None:
                    size = (numbers_in(node.get("Boundary")) + [0.0] * 4)[2:4]
                    placed = joined((size[0], 0.0, 0.0, size[1], 0.0, 0.0), placed)
                self._image(node, placed, dense)
            case _:
                unit = self._resources.units.get(node.get("ResourceID") or "")
                if unit is None:
                    self.is_approximate = True
                else:
                    self.draw(unit, placed, layer=layer, alpha=dense, depth=depth + 1)
        self._write("Q")

    def _path(self, node: etree._Element, matrix: Matrix, style: Style, alpha: float) -> None:
        data = next((each.text or "" for each in node if local_name(each) == "AbbreviatedData"), "")
        drawn = operators_of(data)
        fill = style.colour("FillColor") if node.get("Fill") == "true" else None
        stroke = None
        if node.get("Stroke") != "false":
            stroke = style.colour("StrokeColor") or BLACK
        if not drawn or (fill is None and stroke is None):
            return
        # Each by itself: the two may be of different density.
        even = "*" if node.get("Rule") == "Even-Odd" else ""
        for colour, paint in ((fill, f"f{even}"), (stroke, "S")):
            if colour is not None:
                self._paint(colour, alpha, is_stroke=paint == "S")
                self._write(f"q {shown(self._on_paper(matrix))} cm")
                if paint == "S":
                    self._write(style.lines())
                self._maker.operators += drawn
                self._write(f"{paint} Q")

    def _image(self, node: etree._Element, matrix: Matrix, alpha: float) -> None:
        key = node.get("ResourceID") or ""
        if key not in self._images:
            image = self._resources.image(key)
            self._images[key] = None if image is None else self._maker.image(image)
        name = self._images[key]
        if name is None:
            self.is_approximate = True
            return
        upright = joined((1.0, 0.0, 0.0, -1.0, 0.0, 1.0), matrix)
        self._write(f"/{self._alpha(alpha)} gs {shown(self._on_paper(upright))} cm /{name} Do")

    def _text(self, node: etree._Element, matrix: Matrix, style: Style, alpha: float) -> None:
        size = next(iter(numbers_in(node.get("Size"))), 0.0)
        if size <= 0:
            return
        kind = self._type(node.get("Font") or "")
        stretch = next(iter(numbers_in(node.get("HScale"))), 1.0) or 1.0
        fill = style.colour("FillColor") or BLACK
        is_filled = node.get("Fill") != "false"
        is_outlined = node.get("Stroke") == "true"
        weight = next(iter(numbers_in(node.get("Weight"))), 0.0)
        is_bold = kind.can_be_imitated and (kind.is_bold or weight >= _BOLD_WEIGHT)
        cosine, sine = turned(node)
        slant = _SLANT if kind.can_be_imitated and (kind.is_italic or _is_italic(node)) else 0.0
        self._paint(fill, alpha, is_stroke=False)
        line = fill if is_bold and not is_outlined else style.colour("StrokeColor") or BLACK
        if is_outlined or is_bold:
            self._write(line.operator(stroke=True))
            self._write(style.lines() if is_outlined else f"{size * _BOLD * _POINTS:.4f} w")
        modes = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}
        self._write(f"BT {modes[is_filled, is_outlined or is_bold]} Tr")
        right = (size * stretch * cosine, size * stretch * sine)
        up = (size * sine, -size * cosine)
        for letter in letters_of(node, size):
            shape = (
                *right, up[0] + slant * right[0], up[1] + slant * right[1], letter.x, letter.y,
            )  # fmt: skip
            self._letter(kind, letter, self._on_paper(joined(shape, matrix)))
            self._note(
                letter, joined((cosine, sine, -sine, cosine, letter.x, letter.y), matrix), size
            )
        self._write("ET")

    def _letter(self, kind: TypeFace, letter: Letter, shape: Matrix) -> None:
        if not letter.is_drawn or letter.text.isspace():
            return
        font, code = kind.code_of(letter)
        if font:
            self._write(f"/{font} 1 Tf {shown(shape)} Tm <{code}> Tj")
        else:
            self.is_approximate = True

    def _note(self, letter: Letter, matrix: Matrix, size: float) -> None:
        corners = [
            place_of(x, y, matrix)
            for x in (0.0, letter.width)
            for y in (-_ABOVE * size, _BELOW * size)
        ]
        sheet = self.sheet
        across = [(x - sheet.left) / sheet.width for x, _ in corners]
        down = [(y - sheet.top) / sheet.height for _, y in corners]
        edges = [
            min(max(edge, 0.0), 1.0) for edge in (min(across), min(down), max(across), max(down))
        ]
        left, top, right, bottom = edges
        if left < right and top < bottom and not letter.text.isspace():
            box = Box(left=left, top=top, right=right, bottom=bottom)
            self.glyphs.append(Glyph(text=letter.text, box=box))

    def _clip(self, node: etree._Element, inner: Matrix, outer: Matrix) -> None:
        """Keep to the areas that an object is cut to."""
        for clips in node:
            if local_name(clips) != "Clips":
                continue
            matrix = outer if clips.get("TransFlag") == "false" else inner
            for clip in clips:
                drawn: list[str] = []
                for area in clip:
                    placed = joined(matrix_in(area.get("CTM")) or UNIT, matrix)
                    for shape in area:
                        drawn += self._clipping(shape, placed)
                if drawn:
                    self._maker.operators += [*drawn, "W n"]

    def _clipping(self, shape: etree._Element, matrix: Matrix) -> list[str]:
        if local_name(shape) != "Path":
            self.is_approximate = True  # letters to look through
            return []
        left, top = corner_of(shape)
        own = joined(matrix_in(shape.get("CTM")) or UNIT, (1.0, 0.0, 0.0, 1.0, left, top))
        data = next(
            (each.text or "" for each in shape if local_name(each) == "AbbreviatedData"), ""
        )
        there = self._on_paper(joined(own, matrix))
        return [moved_step(operator, there) for operator in operators_of(data)]

    def _paint(self, colour: Colour, alpha: float, *, is_stroke: bool) -> None:
        self.is_approximate |= not colour.is_plain
        self._write(f"/{self._alpha(alpha * colour.alpha)} gs {colour.operator(stroke=is_stroke)}")

    def _type(self, key: str) -> TypeFace:
        if key not in self._fonts:
            self._fonts[key] = TypeFace(self._maker, self._resources.font(key))
        return self._fonts[key]

    def _on_paper(self, matrix: Matrix) -> Matrix:
        """From millimetres downwards to points upwards."""
        sheet = self.sheet
        return joined(
            matrix,
            (
                _POINTS, 0.0, 0.0, -_POINTS,
                -sheet.left * _POINTS, self._maker.height + sheet.top * _POINTS,
            ),
        )  # fmt: skip

    def _write(self, operator: str) -> None:
        self._maker.operators.append(operator)


def _is_italic(node: etree._Element) -> bool:
    return node.get("Italic") == "true"
