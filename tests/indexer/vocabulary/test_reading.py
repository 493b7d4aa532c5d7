from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.thesaurus import Relation, Years
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import (
    Entry,
    Kind,
    entries_csv,
    read_entries,
    read_words,
    words_text,
)
from indexer.vocabulary.model import LAST_YEAR, entry_fault, vocabulary
from indexer.vocabulary.reading import MAX_BYTES

TABLE = """词,另一词,关系,种类,另一词起年,说明
拆迁,房屋征收,沿革,术语,2011年,"条例，2011"
低保,最低生活保障,,,,
坐牢,有期徒刑,official,everyday,,
"""
READ = (
    Entry(
        term="拆迁",
        other="房屋征收",
        relation=Relation.LATER,
        other_years=Years(2011),
        note="条例，2011",
    ),
    Entry(term="低保", other="最低生活保障"),
    Entry(term="坐牢", other="有期徒刑", relation=Relation.OFFICIAL, kind=Kind.EVERYDAY),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_table_is_read_in_any_encoding_that_offices_use(encoding: str) -> None:
    read = read_entries(TABLE.encode(encoding))
    assert (read.entries, read.problems) == (READ, ())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_rows_of_nothing_are_no_matter(end: str) -> None:
    assert read_entries(f"{TABLE}\n,,,,,\n".replace("\n", end).encode()).entries == READ


def test_tabs_and_another_order_of_columns_are_read() -> None:
    assert read_entries("另一词\t词\n最低生活保障\t低保\n".encode()).entries == (READ[1],)


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    lines = [
        "词,另一词,关系,种类,词起年,词止年,另一词起年,另一词止年,说明",
        "低保,最低生活保障,,,,,,,",
        '拆迁,"房屋征收,沿革,,,,,,',
        "拆迁,房屋征收,以后,,,,,,",
        "拆迁,房屋征收,,房屋,,,,,",
        "拆迁,房屋征收,,,二〇一一,,,,",
        "拆迁,房屋征收,,,2011,2001,,,",
        "拆迁,,,,,,,,",
        "低 保,最低生活保障,沿革,,,,,,",
        "拆迁,房屋征收,,,,,,,,多出来",
        "=cmd|甲,房屋征收,,,,,,,",
        f"拆迁,{'长' * 2000},,,,,,,",
        "拆迁,房屋征收,沿革,,,,,,",
    ]
    read = read_entries("\n".join(lines).encode())
    assert [each.term for each in read.entries] == ["低保", "拆迁"]
    assert [(each.line, each.reason) for each in read.problems] == [
        (3, "damaged"),
        (4, "relation"),
        (5, "kind"),
        (6, "years"),
        (7, "years"),
        (8, "too_short"),
        (9, "repeated"),
        (10, "cells"),
        (11, "not_a_term"),
        (12, "damaged"),
    ]
    assert all(len(each.text) <= 60 for each in read.problems)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        ("甲,乙\n拆迁,房屋征收\n".encode(), "columns"),
        ("词,另一词,别的\n".encode(), "columns"),
        ("词,词,另一词\n".encode(), "columns"),
        ('"词,另一词\n'.encode(), "columns"),
        (b"\xff\xfe\x00\x01", "not_text"),
        ("词,另一词\n".encode("utf-16"), "not_text"),
        (b"\x00" * 9, "not_text"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (b"\n" * 30_000, "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(VocabularyRefusedError) as refused:
        read_entries(content)
    assert refused.value.reason == reason


def test_words_are_one_a_line_with_or_without_what_jieba_writes_behind() -> None:
    read = read_words("松瓦乡\n\n白寮 3 ns\n甲\n松瓦鄉\n=甲乙\n".encode("utf-8-sig"))
    assert read.words == ("松瓦乡", "白寮")
    assert [(each.line, each.reason) for each in read.problems] == [
        (4, "too_short"),
        (5, "repeated"),
        (6, "not_a_term"),
    ]


SIGNS = "松瓦乡镇鄉保机Ab09〇，、；,;\"'（）·=+-"
terms = st.text(SIGNS, max_size=8).map(lambda text: f"甲乙{text}")
years = st.sampled_from([(None, None), (1958, 1984), (2011, None), (None, LAST_YEAR)])
entries = st.builds(
    Entry,
    term=terms,
    other=terms.map(lambda text: f"丙{text}"),
    relation=st.sampled_from(Relation),
    kind=st.sampled_from(Kind),
    term_years=years.map(lambda bounds: Years(*bounds)),
    other_years=years.map(lambda bounds: Years(*bounds)),
    note=st.text(SIGNS + " @", max_size=9).map(lambda text: f"据{text}".strip()),
)


@given(st.lists(entries, max_size=5), st.lists(terms, max_size=5))
def test_what_is_written_is_read_back_the_same(rows: list[Entry], words: list[str]) -> None:
    assert not any(map(entry_fault, rows))
    whole = vocabulary(rows, words)
    read = read_entries(entries_csv(whole))
    assert read.problems == ()
    assert vocabulary(read.entries, read_words(words_text(whole)).words) == whole


def reason_of(read: Callable[[bytes], object], content: bytes) -> str:
    try:
        read(content)
    except VocabularyRefusedError as error:
        return error.reason
    return ""


@given(st.binary(max_size=300))
@example(b"\x1c\x0c")  # white space that no table has
def test_no_bytes_are_too_hostile(content: bytes) -> None:
    for read in (read_entries, read_words):
        reason = reason_of(read, "词,另一词\n".encode() + content)
        assert reason in {"", "not_text", "columns"}
