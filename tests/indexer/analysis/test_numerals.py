import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import chinese_number

DIGITS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二百七十三", 273),
        ("二〇〇八", 2008),
        ("十五", 15),
        ("二十", 20),
        ("一千零五", 1005),
        ("廿三", 23),
        ("壹佰", 100),
        ("三", 3),
        ("", None),
        ("青", None),
    ],
)
def test_both_ways_of_writing_a_number(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


@given(st.integers(0, 99999))
def test_digits_in_place(number: int) -> None:
    assert chinese_number("".join(DIGITS[int(digit)] for digit in str(number))) == number
