"""Paths of OFD as operators of PDF.

Source: GB/T 33190-2016, table 37: S and M begin, L is a line, Q and B are curves of the second and
third degree, A is an arc of an ellipse, C closes.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]

_TAKEN: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_LARGEST: Final = 1e6
MAX_STEPS: Final = 200_000
"""In one path; a map has some thousands."""


def operators_of(data: str) -> list[str]:
    """The path, not yet painted; what cannot be read ends it."""
    written: list[str] = []
    here = (0.0, 0.0)
    for step, numbers in _steps(data):
        match step:
            case "S" | "M":
                written.append(f"{_shown(*numbers)} m")
            case "L":
                written.append(f"{_shown(*numbers)} l")
            case "Q":
                written.append(_quadratic(here, numbers))
            case "B":
                written.append(f"{_shown(*numbers)} c")
            case "A":
                written += _arc(here, numbers)
            case _:
                written.append("h")
        if len(numbers) > 1:
            here = (numbers[-2], numbers[-1])
    return written


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    words = data.split()
    at = 0
    is_begun = False
    for _ in range(MAX_STEPS):
        if at >= len(words) or words[at] not in _TAKEN:
            return
        step = words[at]
        count = _TAKEN[step]
        try:
            numbers = [float(word) for word in words[at + 1 : at + 1 + count]]
        except ValueError:
            return
        if len(numbers) < count or not all(abs(each) < _LARGEST for each in numbers):
            return
        at += count + 1
        if not is_begun and step not in {"S", "M"}:
            return  # nothing can be drawn from nowhere
        is_begun = True
        yield step, numbers


def _quadratic(here: Point, numbers: list[float]) -> str:
    middle_x, middle_y, x, y = numbers
    first = (here[0] + 2 / 3 * (middle_x - here[0]), here[1] + 2 / 3 * (middle_y - here[1]))
    second = (x + 2 / 3 * (middle_x - x), y + 2 / 3 * (middle_y - y))
    return f"{_shown(*first, *second, x, y)} c"


def _arc(here: Point, numbers: list[float]) -> Iterator[str]:
    """An arc as curves of a quarter at most. Source: SVG 1.1, appendix F.6."""
    wide, high, degrees, is_large, is_clockwise, x, y = numbers
    wide, high = abs(wide), abs(high)
    if min(wide, high) == 0 or here == (x, y):
        yield f"{_shown(x, y)} l"
        return
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    half_x, half_y = (here[0] - x) / 2, (here[1] - y) / 2
    across, down = cosine * half_x + sine * half_y, cosine * half_y - sine * half_x
    # Radii that do not reach are made just long enough.
    reach = (across / wide) ** 2 + (down / high) ** 2
    if reach > 1:
        wide, high = wide * math.sqrt(reach), high * math.sqrt(reach)
    divisor = (wide * down) ** 2 + (high * across) ** 2
    share = math.sqrt(max(0.0, (wide * high) ** 2 / divisor - 1))
    if bool(is_large) == bool(is_clockwise):
        share = -share
    centre = (share * wide * down / high, -share * high * across / wide)
    start = math.atan2((down - centre[1]) / high, (across - centre[0]) / wide)
    end = math.atan2((-down - centre[1]) / high, (-across - centre[0]) / wide)
    if is_clockwise and end < start:
        end += 2 * math.pi
    elif not is_clockwise and end > start:
        end -= 2 * math.pi
    middle_x, middle_y = (here[0] + x) / 2, (here[1] + y) / 2

    def place(u: float, v: float) -> Point:
        u, v = u * wide + centre[0], v * high + centre[1]
        return cosine * u - sine * v + middle_x, sine * u + cosine * v + middle_y

    parts = max(1, math.ceil(abs(end - start) / (math.pi / 2)))
    angles = [start + (end - start) * part / parts for part in range(parts + 1)]
    for before, after in pairwise(angles):
        bulge = 4 / 3 * math.tan((after - before) / 4)
        first = place(
            math.cos(before) - bulge * math.sin(before), math.sin(before) + bulge * math.cos(before)
        )
        second = place(
            math.cos(after) + bulge * math.sin(after), math.sin(after) - bulge * math.cos(after)
        )
        yield f"{_shown(*first, *second, *place(math.cos(after), math.sin(after)))} c"


def _shown(*numbers: float) -> str:
    return " ".join(f"{number:.4f}" for number in numbers)
