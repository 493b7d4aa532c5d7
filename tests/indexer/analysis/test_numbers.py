import pytest

from indexer.analysis.fold import fold
from indexer.analysis.numbers import exact_key, leading_number, number_key, number_keys


@pytest.mark.parametrize(
    "typed",
    [
        "青政办发〔2008〕15号",
        "青政办发[2008]15号",
        "青政办发（2008）15号",
        "青政办发﹝2008﹞第15號",
        "青政办发 〔 ２００８ 〕 １５ 号",
        "青政办发2008 15号",
        "青政办发【2008】15",
        "青政办发字〔2008〕15号",
        "2008年青政办发15号",
        "青政辦發〔2008〕15號",
        "青政办发〔200815号",  # the closing bracket lost, as on many sites
    ],
)
def test_every_way_of_typing_a_number_is_one_key(typed: str) -> None:
    assert number_key(fold(typed)) == "青政办发|2008|15"


@pytest.mark.parametrize(
    "typed",
    [
        "国务院令第273号",
        "国务院第273号令",
        "国务院令 273",
        "第273号国务院令",
        "国务院令第二百七十三号",
    ],
)
def test_orders_in_any_word_order(typed: str) -> None:
    assert number_key(fold(typed)) == "国务院令||273"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("(58)岚民字第12号", "岚民|1958|12"),
        ("（58）嵐民字第十二號", "岚民|1958|12"),
        ("58岚民字12号", "岚民|1958|12"),
        ("58年岚民字第12号", "岚民|1958|12"),
        ("嵐民字第七號", "岚民||7"),
        ("岚民字第7号", "岚民||7"),
        ("岚民字7号", "岚民||7"),
    ],
)
def test_numbers_of_the_first_decades(typed: str, key: str) -> None:
    assert number_key(fold(typed)) == key


@pytest.mark.parametrize(
    "typed",
    ["第七号", "门牌第12号", "字第3号", "知青1968 1972", "2007 2010", "1968年", "最低生活保障", ""],
)
def test_what_is_no_number(typed: str) -> None:
    assert number_key(fold(typed)) == ""


def test_a_number_followed_by_words() -> None:
    assert leading_number(fold("国办函〔1996〕14号 复函")) == ("国办函|1996|14", "复函")
    assert leading_number("低保 申请") == ("", "低保 申请")


def test_a_reference_code_however_it_is_punctuated() -> None:
    assert exact_key(fold("Z109-WS·2011-Y-BGS-0001")) == exact_key(
        fold("z109 ws．2011－Y－bgs 0001")
    )
    assert number_keys(fold("院台廳民三字第1100014274號"))
