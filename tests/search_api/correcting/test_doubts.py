"""Which stretches of a question may be wrong."""

from __future__ import annotations

import pytest

from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.question import QueryPart
from search_api.correcting.doubts import Doubt, doubts_of, replaced
from search_api.parsing import parse


def doubts(text: str) -> list[Doubt]:
    return list(doubts_of(parse(text).parts, analyzer_for()))


def runs(text: str) -> list[str]:
    return [each.run for each in doubts(text)]


def test_words_are_doubted_first_and_then_neighbours_together() -> None:
    assert runs("抵保名册") == ["抵保", "名册", "抵保名册"]
    # A space parts what was meant apart.
    assert runs("抵保 名册") == ["抵保", "名册"]


@pytest.mark.parametrize(
    "text",
    [
        '"抵保"',
        "标题:抵保",
        "青政办发〔2008〕15号",
        "青政办发[2008]15号",
        "Z109-WS",
        "档号:2-1-15",
        "PM2.5",
        "ISO9001",
        "VPN",
        "的",
        "2008",
    ],
)
def test_quotations_fields_numbers_and_codes_are_never_doubted(text: str) -> None:
    assert runs(text) == []


def test_a_year_before_a_word_does_not_shield_it() -> None:
    assert "抵保" in runs("2008年抵保")


def test_latin_letters_are_syllables_or_initials() -> None:
    (one,) = doubts("minzhengju")
    assert (one.ways, one.initials) == ((("min", "zheng", "ju"),), False)
    (one,) = doubts("mzj")
    assert (one.ways, one.initials, one.is_lower) == ((), True, True)
    (one,) = doubts("GDP")
    assert (one.initials, one.is_lower) == (True, False)


def test_single_syllables_side_by_side_are_one() -> None:
    (one,) = doubts("min zheng ju")
    assert one.ways == (("min", "zheng", "ju"),)
    assert [each.ways[0] for each in doubts("linlanqu dibao")] == [
        ("lin", "lan", "qu"),
        ("di", "bao"),
    ]
    mixed = [each for each in doubts("临岚区dibao") if each.is_latin]
    assert [each.run for each in mixed] == ["dibao"]


def test_a_stretch_is_replaced_where_it_stands_in_the_original() -> None:
    parts = (QueryPart("ＶＰＮ 臨崗區 dibao"),)
    found = {each.run: each for each in doubts_of(parts, analyzer_for())}
    changed, typed = replaced(parts, [(found["dibao"], "低保"), (found["临岗区"], "临岚区")])
    assert changed == (QueryPart("ＶＰＮ 临岚区 低保"),)
    assert typed == ("臨崗區", "dibao")


def test_stretches_overlap_within_one_part() -> None:
    first, second, both = doubts("抵保名册")
    assert both.overlaps(first)
    assert both.overlaps(second)
    assert not first.overlaps(second)
