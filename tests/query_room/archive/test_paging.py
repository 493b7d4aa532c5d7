from __future__ import annotations

import pytest

from query_room.archive.paging import PAGE_SIZE, Page, offset_of, page_of
from query_room.errors import InvalidFieldError


def test_every_thing_is_on_one_page() -> None:
    things = list(range(2 * PAGE_SIZE + 1))
    pages = [page_of(things, number) for number in (1, 2, 3)]
    assert [thing for page in pages for thing in page.items] == things
    assert {page.count for page in pages} == {3}


def test_a_list_with_nothing_in_it_has_one_page_that_says_so() -> None:
    page: Page[int] = page_of([], 1)
    assert (page.items, page.count) == ((), 1)


@pytest.mark.parametrize(("number", "total"), [(0, 9), (-1, 9), (2, PAGE_SIZE), (3, PAGE_SIZE + 1)])
def test_there_is_no_page_before_the_first_or_after_the_last(number: int, total: int) -> None:
    with pytest.raises(InvalidFieldError, match="page"):
        offset_of(number, total)


def test_a_full_last_page_has_no_empty_one_after_it() -> None:
    full: Page[int] = Page(items=(), number=1, total=PAGE_SIZE)
    one_more: Page[int] = Page(items=(), number=1, total=PAGE_SIZE + 1)
    assert (full.count, one_more.count) == (1, 2)
