import pytest

from indexer.analysis.thesaurus import Relation, Years
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import NO_VOCABULARY, Entry, Revision, revision
from indexer.vocabulary.model import MAX_ENTRIES, MAX_WORDS, entry_fault, term_fault, vocabulary

A = Entry(term="拆迁", other="房屋征收")
B = Entry(term="低保", other="最低生活保障")


def test_an_entry_is_its_terms_however_they_are_written() -> None:
    later = Entry(term="拆遷", other="房屋 征收", relation=Relation.LATER)
    assert vocabulary([A, later]).entries == (later,)
    assert vocabulary([A]).joined([later, B]).entries == (B, later)


def test_the_order_in_which_they_come_is_nothing() -> None:
    assert vocabulary([A, B], ["乙乡", "甲乡"]) == vocabulary([B, A], ["甲乡", "乙乡"])


def test_what_is_taken_away_is_gone_and_what_is_not_there_is_no_error() -> None:
    both = vocabulary([A, B], ["松瓦", "白寮"])
    assert both.without([A.key, ("无", "有")], ["松 瓦", "无"]) == vocabulary([B], ["白寮"])


def test_a_revision_tells_what_is_different() -> None:
    later = Entry(term="拆迁", other="房屋征收", other_years=Years(2011))
    before, after = vocabulary([A, B], ["松瓦"]), vocabulary([later], ["白寮"])
    assert revision(before, after) == Revision(
        removed=(B,), changed=((A, later),), words_added=("白寮",), words_removed=("松瓦",)
    )
    assert revision(before, before).is_empty
    assert revision(NO_VOCABULARY, before).added == before.entries


def test_there_is_an_end_to_entries_and_words() -> None:
    with pytest.raises(VocabularyRefusedError, match="too_many"):
        vocabulary([], [f"词{number}" for number in range(MAX_WORDS + 1)])
    with pytest.raises(VocabularyRefusedError, match="too_many"):
        vocabulary([Entry(term=f"甲{n}", other=f"乙{n}") for n in range(MAX_ENTRIES + 1)])


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (A, ""),
        (Entry(term="亩", other="公顷"), "too_short"),
        (Entry(term="（）", other="公顷"), "too_short"),
        (Entry(term="长" * 41, other="公顷"), "too_long"),
        (Entry(term="=甲乙", other="丙丁"), "not_a_term"),
        (Entry(term="甲\u202e乙", other="丙丁"), "not_a_term"),
        (Entry(term="拆遷", other="拆迁"), "same"),
        (Entry(term="甲乙", other="丙丁", term_years=Years(2011, 2010)), "years"),
        (Entry(term="甲乙", other="丙丁", other_years=Years(3, None)), "years"),
        (Entry(term="甲乙", other="丙丁", note="@甲"), "note"),
        (Entry(term="甲乙", other="丙丁", note="字" * 201), "note"),
    ],
)
def test_what_cannot_be_an_entry_says_why(entry: Entry, fault: str) -> None:
    assert entry_fault(entry) == fault


def test_the_names_of_factories_are_terms() -> None:
    assert term_fault("一机") == term_fault("二机厂") == term_fault("4050人员") == ""
