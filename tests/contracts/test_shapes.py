"""Mongolian words: found by what they look like, whichever letters were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.engine.query import PassageHit
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST
from tests.contracts.records import analyzed, asked

if TYPE_CHECKING:
    from tests.contracts.generations import Generation

EDUCATION = "ᠪᠣᠯᠪᠠᠰᠤᠷᠠᠯ"
LIKE_IT = "ᠪᠤᠯᠪᠠᠰᠣᠷᠠᠯ"  # O and U look the same
OF_EDUCATION = f"{LIKE_IT}\u202fᠤᠨ"
GOOD = "ᠰᠠᠢᠨ"
LIKE_GOOD = "ᠰᠠᠶ\u180bᠢᠨ"


@pytest.fixture
def filled(index: Generation) -> Generation:
    index.put(
        analyzed(1, f"{OF_EDUCATION} ᠲᠣᠪᠴᠢᠶ\u180eᠠ", "批复"),
        analyzed(2, "关于双语教学的批复", f"学校 {EDUCATION}", f"教学 {LIKE_GOOD}"),
        analyzed(3, "ᠮᠣᠩᠭᠣᠯ", "学校"),
    )
    return index


def test_a_word_is_found_in_every_spelling_and_case(filled: Generation) -> None:
    for spelled in (EDUCATION, LIKE_IT):
        assert sorted(filled.ids(spelled)) == [1, 2]
    assert filled.ids(OF_EDUCATION) == [1]
    assert filled.ids(GOOD) == filled.ids(LIKE_GOOD) == [2]


def test_a_title_with_the_word_comes_first(filled: Generation) -> None:
    assert filled.ids(EDUCATION)[0] == 1


def test_it_is_one_part_of_a_question_like_others(filled: Generation) -> None:
    assert filled.ids(f"学校 {LIKE_IT}") == [2]


def test_the_page_that_has_it_is_told(filled: Generation) -> None:
    (hit,) = filled.search(asked(GOOD)).hits
    assert isinstance(hit.passages[0], PassageHit)
    assert hit.passages[0].page == 2


def test_every_page_that_has_it_is_told(filled: Generation) -> None:
    ids = [RecordId(f"r{number:012d}") for number in (1, 2)]
    met = filled.searcher.pages_met(asked(LIKE_IT), ids, ARCHIVIST, frozenset())
    assert {key: pages.pages for key, pages in met.items()} == {ids[1]: ((0, 1),)}


def test_letters_inside_a_word_are_found_as_they_stand(filled: Generation) -> None:
    assert filled.ids(EDUCATION[4:8]) == [2]
