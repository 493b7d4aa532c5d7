import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import PartialDate
from indexer.official.document_dates import document_date_of, parse_date, signature_of
from indexer.official.lines import lines_of

DAY = PartialDate(2008, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2008年3月15日",
        "2008年03月15日",
        "２００８年３月１５日",
        "2008 年 3 月 15 日",
        "2008-03-15",
        "2008.3.15",
        "2008/3/15",
        "20080315",
        "二〇〇八年三月十五日",
        "2008年三月十五日",
        "二○○八年三月十五日",
        "二00八年三月十五日",
        "二OO八年三月十五日",
        "二ＯＯ八 年 三 月 十五日",
        "二零零八年三月十五日",
    ],
)
def test_one_day_in_every_spelling(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20110300", "2011-03"),
        ("20110000", "2011"),
        ("2011年3月", "2011-03"),
        ("2011.3", "2011-03"),
        ("2011年", "2011"),
        ("1968", "1968"),
        ("一九六八年", "1968"),
        ("一九六八年元月", "1968-01"),
        ("一九八五年正月", "1985-01"),
        ("一九九九年十二月三十一日", "1999-12-31"),
        ("一九九九年十月十日", "1999-10-10"),
        ("一九九九年十一月二十日", "1999-11-20"),
        ("一九九九年八月廿五日", "1999-08-25"),
        ("一九九九年八月卅日", "1999-08-30"),
        ("一九九九年八月卅一日", "1999-08-31"),
    ],
)
def test_other_dates_and_their_precision(text: str, iso: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2008年13月1日",
        "2008年2月30日",
        "20081340",
        "3月15日",
        "15",
        "二〇〇八",
        "2008-03.15",
        "民国37年",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


_CHINESE = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else _CHINESE[tens])
        + ("十" if tens else "")
        + (_CHINESE[ones] if ones else "")
    )


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_in_both_numerals(day: dt.date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    year = "".join(_CHINESE[int(digit)] for digit in str(day.year))
    assert parse_date(f"{year}年{_chinese(day.month)}月{_chinese(day.day)}日") == expected
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == expected
    assert parse_date(f"{day:%Y%m%d}") == expected


@given(st.text(alphabet="二〇年月日十0123456789-./ 府", max_size=300))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_date(text)
    document_date_of(lines_of([text]))


def test_the_date_under_the_signature() -> None:
    page = (
        "关于低保的通知\n自2009年1月1日起施行。\n青山区人民政府\n二〇〇八年三月十五日\n抄送：各局"
    )
    assert document_date_of(lines_of([page])) == DAY


def test_a_signature_on_one_line() -> None:
    assert document_date_of(lines_of(["正文。\n青山区人民政府办公室　　2008年3月15日"])) == DAY


def test_a_minister_signs_an_order() -> None:
    assert (
        document_date_of(lines_of(["国务院令\n总　理　　温家宝\n2008年3月15日\n条例全文"])) == DAY
    )


def test_several_agencies_sign_together() -> None:
    page = "正文。\n青山区民政局\n青山区财政局\n2008年3月15日"
    assert document_date_of(lines_of([page])) == DAY
    signature = signature_of(lines_of([page]))
    assert signature is not None
    assert signature.agency == "青山区民政局"
    assert signature.agencies == ("青山区民政局", "青山区财政局")
    beside = signature_of(["正文。", "青山区民政局    青 山 区 财 政 局", "2008年3月15日"])
    assert beside is not None
    assert beside.agencies == signature.agencies


def test_annexes_and_forwarded_papers_do_not_date_the_document() -> None:
    page = (
        "国务院办公厅转发地震局报告的通知\n国务院办公厅\n2008年3月15日\n"
        "关于防震的报告\n国家地震局\n2008年1月2日"
    )
    assert document_date_of(lines_of([page]), agency="国务院办公厅") == DAY
    assert document_date_of(lines_of([page]), agency="民政部") is None
    # Without a name to tell by, silence.
    assert document_date_of(lines_of([page])) is None


def test_the_office_of_an_agency_is_another_agency() -> None:
    page = "正文\n国务院\n2008年3月15日"
    assert document_date_of(lines_of([page]), agency="国务院办公厅") is None
    assert document_date_of(lines_of([page]), agency="中华人民共和国国务院") == DAY


@pytest.mark.parametrize(
    "line",
    [
        "2008年3月15日印发",
        "2008年3月15日起施行",
        "2008年3月15日 国务院令第1号公布",
        "发布日期：2008年3月15日",
        "2008年3月15日第十届常务委员会通过",
        "最高人民法院发布\n2008-03-15\n案情",
        "2008",
        "20080315",
    ],
)
def test_other_dates_are_not_it(line: str) -> None:
    page = f"关于低保的通知\n{line}\n" + "正文。\n" * 10 + "正文完。"
    assert document_date_of(lines_of([page])) is None


def test_a_labelled_date_wins() -> None:
    page = "索引号：1\n成文日期：2008年03月15日\t发布日期：2008年4月1日\n正文\n民政局\n2007年1月1日"
    assert document_date_of(lines_of([page])) == DAY


def test_a_date_in_brackets_under_the_title() -> None:
    assert document_date_of(lines_of(["关于预算的决议\n（2008年3月15日）\n会议审议了。"])) == DAY


def test_a_lone_date_at_the_end_of_a_text() -> None:
    text = "情况说明\n" + "正文。\n" * 8 + "2008年3月15日"
    assert document_date_of(lines_of([text])) == DAY
    assert document_date_of(lines_of([f"{text}\n2009年1月1日"])) is None


def test_the_day_of_printing_in_the_tail_is_not_it() -> None:
    lines = ["情况说明", *["正文。"] * 8, "青山区民政局办公室", "2008年3月15日", "印发"]
    assert document_date_of(lines, tail=3) is None
