"""How an object of OFD is painted: its own word, else that of its way of drawing, else its layer's.

Source: GB/T 33190-2016, chapters 8.2 and 8.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.extraction.ofd_package import local_name
from indexer.extraction.ofd_text import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

OPAQUE: Final = 255.0
_LINE: Final = 0.353
_CAPS: Final = {"Butt": 0, "Round": 1, "Square": 2}
_JOINS: Final = {"Miter": 0, "Round": 1, "Bevel": 2}
# A way of drawing may refer to another, and that to a third.
_MAX_REFERENCES: Final = 8
_SHADES: Final = frozenset({"AxialShd", "RadialShd", "GouraudShd", "LaGourandShd", "Pattern"})
_FILLS: Final = {1: "g", 3: "rg", 4: "k"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A colour.

    Attributes:
        parts: Grey, or red, green and blue, or four inks; 0 to 1 each.
        alpha: How dense, 0 to 1.
        is_plain: Whether it is one; a shading is shown by a colour of it.
    """

    parts: tuple[float, ...]
    alpha: float = 1.0
    is_plain: bool = True

    def operator(self, *, stroke: bool) -> str:
        """As an operator of PDF."""
        name = _FILLS[len(self.parts)]
        numbers = " ".join(f"{part:.4f}" for part in self.parts)
        return f"{numbers} {name.upper() if stroke else name}"


BLACK: Final = Colour(parts=(0.0,))


class Style:
    """What paints an object.

    Args:
        node: The object.
        layer: Its layer's way of drawing, or ``""``.
        ways: Ways of drawing by identifier.
    """

    def __init__(
        self, node: etree._Element, layer: str, ways: Mapping[str, etree._Element]
    ) -> None:
        self._chain = [node, *_ways(node.get("DrawParam"), ways), *_ways(layer, ways)]

    def colour(self, name: str) -> Colour | None:
        """``FillColor`` or ``StrokeColor``; ``None`` where nobody says."""
        for each in self._chain:
            for child in each:
                if local_name(child) == name:
                    return _colour(child)
        return None

    def lines(self) -> str:
        """Width, ends, corners and dashes of lines, as operators of PDF."""
        width = next(iter(numbers_in(self._value("LineWidth"))), _LINE)
        cap = _CAPS.get(self._value("Cap"), 0)
        join = _JOINS.get(self._value("Join"), 0)
        miter = max(next(iter(numbers_in(self._value("MiterLimit"))), 3.528), 1.0)
        dashes = [max(each, 0.0) for each in numbers_in(self._value("DashPattern"))[:16]]
        written = f"{max(width, 0.0):.4f} w {cap} J {join} j {miter:.3f} M"
        if sum(dashes) > 0:
            offset = next(iter(numbers_in(self._value("DashOffset"))), 0.0)
            pattern = " ".join(f"{each:.4f}" for each in dashes)
            written += f" [{pattern}] {max(offset, 0.0):.4f} d"
        return written

    def _value(self, name: str) -> str:
        return next((each.get(name) or "" for each in self._chain if each.get(name)), "")


def _ways(key: str | None, ways: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    for _ in range(_MAX_REFERENCES):
        way = ways.get(key or "")
        if way is None:
            return
        yield way
        key = way.get("Relative")


def _colour(node: etree._Element) -> Colour | None:
    """A colour; of a shading the first one it names, of a pattern none."""
    alpha = next(iter(numbers_in(node.get("Alpha"))), OPAQUE) / OPAQUE
    if any(local_name(child) in _SHADES for child in node):
        within = (each for each in node.iter() if local_name(each) == "Color")
        parts = next((found for each in within if (found := _parts(each.get("Value")))), None)
        # Better nothing than a dark field over what stands under a pattern.
        return Colour(parts=parts or (1.0,), alpha=alpha if parts else 0.0, is_plain=False)
    parts = _parts(node.get("Value"))
    return None if parts is None else Colour(parts=parts, alpha=alpha)


def _parts(value: str | None) -> tuple[float, ...] | None:
    try:
        numbers = [
            int(word[1:], 16) if word.startswith("#") else float(word)
            for word in (value or "").split()
        ]
    except ValueError:
        return None
    if len(numbers) not in _FILLS:
        return None
    return tuple(min(max(number / OPAQUE, 0.0), 1.0) for number in numbers)
