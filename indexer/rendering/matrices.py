"""Places on a page, moved, turned and stretched; lengths run downwards until they are on paper."""

from __future__ import annotations

from typing import Final

from indexer.extraction.ofd_text import numbers_in

Matrix = tuple[float, float, float, float, float, float]

UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""Leaves everything where it is."""


def matrix_in(value: str | None) -> Matrix | None:
    """The matrix in a value, or ``None`` where there is none."""
    numbers = numbers_in(value)
    if len(numbers) != len(UNIT):
        return None
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def joined(first: Matrix, second: Matrix) -> Matrix:
    """The one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def moved_step(operator: str, matrix: Matrix) -> str:
    """A step of a path under a matrix: between the steps of a path PDF takes none."""
    *numbers, name = operator.split()
    places = [float(each) for each in numbers]
    moved = [place_of(x, y, matrix) for x, y in zip(places[::2], places[1::2], strict=True)]
    return " ".join([*(f"{x:.4f} {y:.4f}" for x, y in moved), name])


def place_of(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """Where a place comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def shown(matrix: Matrix) -> str:
    """As PDF writes it."""
    return " ".join(f"{number:.6f}" for number in matrix)
