from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.errors import InvalidFieldError
from query_room.register import PageRange
from query_room.register.page_ranges import format_ranges, parse_ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("3", [(3, 3)]),
        ("1-3、5", [(1, 3), (5, 5)]),
        ("１－３，５", [(1, 3), (5, 5)]),
        ("第1至3页；第7页", [(1, 3), (7, 7)]),
        ("1—3 8~9", [(1, 3), (8, 9)]),
    ],
)
def test_pages_are_read_as_people_write_them(text: str, expected: list[tuple[int, int]]) -> None:
    assert parse_ranges(text, 2) == tuple(
        PageRange(first=first, last=last, file_ordinal=2) for first, last in expected
    )


@pytest.mark.parametrize("text", ["前三页", "1-", "-3", "1-2-3", "1.5", "9999999"])
def test_what_is_no_list_of_pages_is_refused(text: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        parse_ranges(text)
    assert caught.value.field == "pages"


def test_an_endless_list_is_refused() -> None:
    with pytest.raises(InvalidFieldError):
        parse_ranges("1," * 1_000)


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), max_size=20))
def test_what_is_written_is_read_back(pairs: list[tuple[int, int]]) -> None:
    ranges = tuple(PageRange(first=first, last=last) for first, last in pairs)
    assert parse_ranges(format_ranges(ranges)) == ranges
