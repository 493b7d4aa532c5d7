from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.overprints import Print, without_overprints

Coordinate = st.floats(0, 800, allow_nan=False)
Prints = st.builds(
    Print, st.sampled_from("机密长期 "), Coordinate, Coordinate, st.floats(0, 30), st.floats(0, 30)
)


def once(*prints: Print) -> list[Print]:
    return list(without_overprints(prints, lambda each: each))


def at(x: float, y: float = 700.0, text: str = "密") -> Print:
    return Print(text, x, y, width=16.0, size=16.0)


def test_a_second_print_a_hair_apart_is_left_out() -> None:
    assert once(at(70), at(70.3), at(70.6, 700.4)) == [at(70)]


def test_across_the_border_of_a_cell_too() -> None:
    for number in range(64):
        x = 70 + number / 4
        assert once(at(x), at(x + 1.5)) == [at(x)]
        assert once(at(70, x), at(70, x + 1.5)) == [at(70, x)]


def test_double_letters_and_other_letters_stay() -> None:
    assert len(once(at(70), at(86), at(70, 680), at(70, text="级"))) == 4


def test_spaces_stand_under_nothing() -> None:
    assert len(once(at(70, text=" "), at(70, text=" "))) == 2


@given(st.lists(Prints, max_size=30))
def test_done_twice_it_changes_nothing_more(prints: list[Print]) -> None:
    kept = once(*prints)
    assert once(*kept) == kept
    assert {each.text for each in kept} == {each.text for each in prints}
