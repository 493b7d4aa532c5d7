from __future__ import annotations

from indexer.catalogue.grids import (
    MAX_TEXT,
    GridRow,
    UnreadCell,
    bounded,
    is_blank,
    whole_or_plain,
)


def test_what_says_nothing_is_blank_and_a_zero_says_something() -> None:
    assert all(map(is_blank, (None, "", "　 \n")))
    assert not any(map(is_blank, (0, False, "-", UnreadCell("#REF!"))))
    assert GridRow(1, (None, " ")).is_empty
    assert not GridRow(1, (0,)).is_empty
    assert not GridRow(1, None).is_empty


def test_a_text_longer_than_any_cell_is_no_value() -> None:
    assert bounded("甲" * MAX_TEXT) == "甲" * MAX_TEXT
    assert bounded("甲" * (MAX_TEXT + 1)) == UnreadCell("甲" * 60)
    assert bounded(7) == 7


def test_numbers_are_whole_where_they_are_and_without_noise() -> None:
    assert whole_or_plain(7.0) == 7
    assert whole_or_plain(0.1 + 0.2) == "0.3"
    assert whole_or_plain(1e20) == "1e+20"
