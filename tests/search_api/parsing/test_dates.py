import datetime as dt

import pytest

from search_api.parsing.dates import date_word, leading_date


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2008年", "2008-01-01", "2008-12-31"),
        ("2008年3月", "2008-03-01", "2008-03-31"),
        ("二〇〇八年三月", "2008-03-01", "2008-03-31"),
        ("二○○八年三月十五日", "2008-03-15", "2008-03-15"),
        ("２００８年３月１５日", "2008-03-15", "2008-03-15"),
        ("2008-03-15", "2008-03-15", "2008-03-15"),
        ("2008.3.5", "2008-03-05", "2008-03-05"),
        ("六八年", "1968-01-01", "1968-12-31"),
        ("六八年五月", "1968-05-01", "1968-05-31"),
        ("68年", "1968-01-01", "1968-12-31"),
        ("〇八年", "2008-01-01", "2008-12-31"),
        ("零八年", "2008-01-01", "2008-12-31"),
        ("民国三十五年", "1946-01-01", "1946-12-31"),
        ("民国元年三月", "1912-03-01", "1912-03-31"),
        ("民國三十五年", "1946-01-01", "1946-12-31"),
        ("民国35年", "1946-01-01", "1946-12-31"),
        ("五十年代", "1950-01-01", "1959-12-31"),
        ("20世纪60年代", "1960-01-01", "1969-12-31"),
        ("1968-1972", "1968-01-01", "1972-12-31"),
        ("1968年至1972年", "1968-01-01", "1972-12-31"),
        ("1968—1972", "1968-01-01", "1972-12-31"),
        ("2007..2010", "2007-01-01", "2010-12-31"),
        ("2007.3..2008-05-02", "2007-03-01", "2008-05-02"),
        ("六八年..七二年", "1968-01-01", "1972-12-31"),
    ],
)
def test_dates_are_read(word: str, first: str, last: str) -> None:
    date = date_word(word)
    assert date is not None
    assert (str(date.first), str(date.last)) == (first, last)


def test_open_ranges_have_one_end() -> None:
    begun, ended = date_word("1968.."), date_word("..1972.3")
    assert begun is not None
    assert (begun.first, begun.last, begun.written) == (dt.date(1968, 1, 1), None, ())
    assert ended is not None
    assert (ended.first, ended.last) == (None, dt.date(1972, 3, 31))


@pytest.mark.parametrize(
    "word",
    [
        "2008", "15号", "30年", "十二年", "2008年13月", "2010..2007", "..", "...", "a..b", "1..2",
        "1972-1968", "2008-15", "AB-12", "民国", "民国零年", "年", "今年", "9999年", "0000-0001",
        "2008年" * 20, "10:30", "1968-197", "年代", "二十年代", "五年代",
    ],
)  # fmt: skip
def test_what_is_none_is_a_word_like_others(word: str) -> None:
    assert date_word(word) is None


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("二〇〇八年三月", {"2008年3月", "2008年03月", "二零零八年三月", "二〇〇八年三月"}),
        ("2008-03-15", {"2008年3月15日", "二〇〇八年三月十五日", "20080315", "2008-03-15"}),
        ("六八年", {"1968年", "一九六八年", "68年", "六八年"}),
        ("民国三十五年", {"民国三十五年", "1946年", "一九四六年"}),
        ("1968-1972", {"1968-1972", "1968年至1972年", "一九六八年至一九七二年"}),
    ],
)
def test_the_same_date_is_looked_for_in_every_form(word: str, written: set[str]) -> None:
    date = date_word(word)
    assert date is not None
    assert written <= set(date.written)
    assert len(date.written) <= 12


def test_days_in_characters() -> None:
    date = date_word("1949年10月20日")
    assert date is not None
    assert "一九四九年十月二十日" in date.written


@pytest.mark.parametrize(
    ("word", "date", "rest"),
    [
        ("六八年红旗公社", "六八年", "红旗公社"),
        ("68年招工", "68年", "招工"),
        ("六八年八月改名", "六八年八月", "改名"),
        ("民国三十五年契约", "民国三十五年", "契约"),
        ("五十年代选举", "五十年代", "选举"),
    ],
)
def test_a_short_date_begins_a_word(word: str, date: str, rest: str) -> None:
    found = leading_date(word)
    assert found is not None
    assert (found[0].text, found[1]) == (date, rest)


@pytest.mark.parametrize(
    "word", ["五十年以后", "九八级学生", "2009年政府工作报告", "三十年不变", "六八年", "红旗六八年"]
)
def test_a_full_year_or_no_date_begins_no_word(word: str) -> None:
    assert leading_date(word) is None
