"""The text of an OFD page: runs of characters with their places, put together to lines.

Source: GB/T 33190-2016, chapters 8 and 11: a text object has a boundary on the page, a matrix of
its own, and codes that say where each run of characters begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.ofd_package import local_name, nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

MAX_DEPTH: Final = 16
"""Blocks within blocks, and composed objects within composed objects."""

MAX_NODES: Final = 300_000
"""Below one node: a few composed objects that hold each other can stand for endless text."""

_SAME_LINE: Final = 0.2
"""Share of the type's size by which the upper edges of one line may differ."""
_GAP: Final = 0.6
"""Share of the type's size from which a gap is a space."""
_LARGEST: Final = 1e7
_LARGEST_PAPER: Final = 10_000.0  # ten metres
_BOX: Final = 4
_UNIT: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters one after another; lengths in millimetres from the upper left corner.

    Attributes:
        x: Where it begins. y: The upper edge of its line.
        end: Where the next character would stand.
    """

    x: float
    y: float
    end: float
    size: float
    text: str


def runs_of(
    content: etree._Element,
    resources: Mapping[str, etree._Element],
    *,
    x: float = 0.0,
    y: float = 0.0,
    depth: int = 0,
    steps: Iterator[int] | None = None,
) -> Iterator[Run]:
    """The runs below a node.

    Args:
        content: A page, a layer, an appearance or a composed object.
        resources: Composed objects by identifier.
        x: How far from the left it stands.
        y: How far from above.
        depth: How many nodes it stands in.
        steps: Counts the nodes that were looked at.

    Raises:
        ExtractionError: More nodes than any page has.
    """
    if depth > MAX_DEPTH:
        return
    steps = count() if steps is None else steps
    for node in content:
        if next(steps) > MAX_NODES:
            raise ExtractionError(Reason.MEMORY, f"a page of more than {MAX_NODES} objects")
        match local_name(node):
            case "TextObject":
                yield from _text_runs(node, x, y)
            case "CompositeObject":
                unit = resources.get(node.get("ResourceID") or "")
                if unit is not None:
                    left, top = corner_of(node)
                    yield from runs_of(
                        unit, resources, x=x + left, y=y + top, depth=depth + 1, steps=steps
                    )
            case "":
                continue
            case _:
                yield from runs_of(node, resources, x=x, y=y, depth=depth + 1, steps=steps)


def lines_of(runs: Iterable[Run]) -> Iterator[str]:
    """Runs as lines of text: from above, and within a line from the left."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        first = lines[-1][0] if lines else None
        if first is not None and run.y - first.y <= _SAME_LINE * first.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return (_joined(sorted(line, key=lambda run: run.x)) for line in lines)


def _joined(line: list[Run]) -> str:
    text, end = "", None
    for run in line:
        is_apart = end is not None and run.x - end > _GAP * run.size
        text += (" " if is_apart else "") + run.text
        end = run.end
    return text


def _text_runs(node: etree._Element, x: float, y: float) -> Iterator[Run]:
    left, top = corner_of(node)
    matrix = numbers_in(node.get("CTM"))
    a, b, c, d, e, _ = matrix if len(matrix) == len(_UNIT) else _UNIT
    size = abs(next(iter(numbers_in(node.get("Size"))), 4.0) * (d or b or 1.0))
    at_x = at_y = 0.0
    first_y: float | None = None
    for code in node.iter():
        if local_name(code) != "TextCode":
            continue
        # A code that gives no place goes on at the last one.
        at_x = next(iter(numbers_in(code.get("X"))), at_x)
        at_y = next(iter(numbers_in(code.get("Y"))), at_y)
        first_y = at_y if first_y is None else first_y
        text = "".join(str(part) for part in code.itertext()).strip("\r\n")
        if not text.strip():
            continue
        width = sum(deltas_in(code.get("DeltaX"), len(text) - 1)) * (a or 1.0)
        begin = x + left + a * at_x + c * at_y + e
        # The upper edge and not the foot of the letters: a tall label stands with what it labels.
        edge = y + top + b * at_x + d * (at_y - first_y)
        yield Run(x=begin, y=edge, end=begin + width + size, size=size or 1.0, text=text)


def corner_of(node: etree._Element) -> tuple[float, float]:
    """The upper left corner of an object's boundary."""
    numbers = numbers_in(node.get("Boundary"))
    return (numbers[0], numbers[1]) if len(numbers) > 1 else (0.0, 0.0)


def physical_box(tree: etree._Element) -> tuple[float, float, float, float] | None:
    """The paper that a page or a document names: left, top, width, height in millimetres."""
    for area in ("Area", "PageArea"):
        for node in nodes(tree, area):
            for box in nodes(node, "PhysicalBox"):
                numbers = numbers_in(box.text)
                if len(numbers) == _BOX and all(0 < each < _LARGEST_PAPER for each in numbers[2:]):
                    left, top, width, height = numbers
                    return left, top, width, height
    return None


def deltas_in(text: str | None, wanted: int) -> list[float]:
    """Steps from character to character; ``g 5 3.2`` is five times 3.2."""
    found: list[float] = []
    parts = (text or "").split()
    place = 0
    while place < len(parts) and len(found) < wanted:
        if parts[place] == "g" and place + 2 < len(parts):
            count = next(iter(numbers_in(parts[place + 1])), 0.0)
            step = next(iter(numbers_in(parts[place + 2])), 0.0)
            found += [step] * min(max(int(count), 0), wanted - len(found))
            place += 3
        else:
            found += numbers_in(parts[place])
            place += 1
    return found


def numbers_in(text: str | None) -> list[float]:
    """The numbers in a value; from the first that is none on, they are not believed."""
    found: list[float] = []
    for part in (text or "").split():
        try:
            number = float(part)
        except ValueError:
            break
        if not abs(number) < _LARGEST:  # "nan" and "inf" are numbers to Python
            break
        found.append(number)
    return found
