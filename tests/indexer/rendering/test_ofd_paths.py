from __future__ import annotations

import math

import pytest

from indexer.rendering.ofd_paths import operators_of


def numbers(operator: str) -> list[float]:
    return [float(word) for word in operator.split()[:-1]]


def test_lines_and_curves_are_those_of_pdf() -> None:
    assert operators_of("M 0 0 L 10 0 B 1 2 3 4 5 6 C") == [
        "0.0000 0.0000 m",
        "10.0000 0.0000 l",
        "1.0000 2.0000 3.0000 4.0000 5.0000 6.0000 c",
        "h",
    ]


def test_a_curve_of_the_second_degree_is_one_of_the_third() -> None:
    (_, curve) = operators_of("S 0 0 Q 3 3 6 0")
    assert numbers(curve) == [2, 2, 4, 2, 6, 0]


@pytest.mark.parametrize("large", [0, 1])
@pytest.mark.parametrize("clockwise", [0, 1])
def test_every_joint_of_an_arc_lies_on_its_circle(large: int, clockwise: int) -> None:
    _, *curves = operators_of(f"M 10 0 A 10 10 0 {large} {clockwise} 0 10")
    ends = [numbers(curve)[-2:] for curve in curves]
    assert len(curves) == (3 if large else 1)
    assert ends[-1] == pytest.approx([0, 10], abs=1e-3)
    centre = (0, 0) if (large, clockwise) in {(0, 1), (1, 0)} else (10, 10)
    for x, y in ends:
        assert math.hypot(x - centre[0], y - centre[1]) == pytest.approx(10, abs=1e-2)


def test_radii_that_do_not_reach_are_made_to() -> None:
    _, *curves = operators_of("M 0 0 A 1 1 0 0 1 10 0")
    assert numbers(curves[-1])[-2:] == pytest.approx([10, 0], abs=1e-3)


@pytest.mark.parametrize("data", ["M 0 0 A 0 5 0 0 1 10 0", "M 10 0 A 5 5 0 0 1 10 0"])
def test_an_arc_without_width_or_way_is_a_line(data: str) -> None:
    assert operators_of(data)[1:] == ["10.0000 0.0000 l"]


@pytest.mark.parametrize(
    ("data", "steps"),
    [
        ("", 0),
        ("L 5 5", 0),
        ("M 0 0 L 5", 1),
        ("M 0 0 L x y L 1 1", 1),
        ("M 0 0 L nan 1", 1),
        ("M 0 0 L 1e9 1", 1),
        ("M 0 0 Z", 1),
    ],
)
def test_what_cannot_be_read_ends_the_path(data: str, steps: int) -> None:
    assert len(operators_of(data)) == steps
