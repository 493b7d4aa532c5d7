import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.official.document_numbers import (
    DocumentNumber,
    document_number_of,
    find_all,
    find_first,
    parse,
)
from indexer.official.lines import lines_of


@pytest.mark.parametrize(
    "written",
    [
        "青政办发〔2008〕15号",
        "青政办发[2008]15号",
        "青政办发（2008）15号",
        "青政办发(2008)15号",
        "青政办发【2008】15号",
        "青政办发﹝2008﹞15号",
        "青政办发〖2008〗第15号",
        "青政办发［２００８］１５号",
        "青政办发 〔 2008 〕 15 号",
        "青政办发字〔2008〕第 015号",
        "青政办发〔2008年〕15号",
        "青政辦發〔2008〕15號",
        "⻘政办发〔2008〕15号",
        "青政办发〔200815号",
        "  青政办发〔2008〕15号　",
    ],
)
def test_one_number_in_every_spelling(written: str) -> None:
    number = parse(written)
    assert number is not None
    assert number.key == "青政办发|2008|15"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("国办公开办函〔202130号", "国办公开办函|2021|30"),
        ("(87)青政字第12号", "青政|1987|12"),
        ("〔1987〕青政字12号", "青政|1987|12"),
        ("（03）青政第7号", "青政|2003|7"),
        ("国务院令第711号", "国务院令||711"),
        ("中华人民共和国国务院令第711号", "国务院令||711"),
        ("中华人民共和国国务院令（第711号）", "国务院令||711"),
        ("国务院第424号令", "国务院令||424"),
        ("中华人民共和国主席令第十二号", "主席令||12"),
        ("青山区人民政府公告2021年第5号", "青山区人民政府公告|2021|5"),
        ("青山区人民政府通告〔2021〕第5号", "青山区人民政府通告|2021|5"),
        ("会议纪要〔2008〕3号", "会议纪要|2008|3"),
    ],
)
def test_other_kinds_of_numbers(written: str, key: str) -> None:
    number = parse(written)
    assert number is not None
    assert number.key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2008年",
        "第15号",
        "〔2008〕15号",
        "青政办发〔2008〕15",
        "公告第0号",
        "令第5号",
        "低保通知",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("根据国办发〔2021〕30号文件精神", "国办发|2021|30"),
        ("现转发给你们，请贯彻执行青政发〔2008〕2号", "青政发|2008|2"),
        ("《国务院办公厅关于做好工作的通知》（国办发[2008]3号）", "国办发|2008|3"),
        ("你局《关于拨款的请示》（青民字〔2008〕4号）收悉", "青民|2008|4"),
        ("1993年9月4日中华人民共和国国务院令第127号发布", "国务院令||127"),
        ("依照国务院令第711号办理", "国务院令||711"),
        ("按（87）青政字第12号办理", "青政|1987|12"),
        ("以及青政办发〔2008〕15号", "青政办发|2008|15"),
        ("和政发〔2008〕15号", "和政发|2008|15"),  # 和政县: a county, not "and"
    ],
)
def test_running_text_is_cut_off_the_prefix(text: str, key: str) -> None:
    number = find_first(text)
    assert number is not None
    assert number.key == key


def test_all_numbers_in_their_order() -> None:
    text = "根据国发〔2008〕1号和青政发〔2008〕2号、国务院令第5号，\n青政发〔2008〕2号同时废止。"
    found = find_all(text)
    assert [number.key for number in found] == [
        "国发|2008|1",
        "青政发|2008|2",
        "国务院令||5",
        "青政发|2008|2",
    ]
    assert all(number.written in text for number in found)


_prefixes = st.text(alphabet="青政办发函包府国昆", min_size=1, max_size=6)


@given(
    prefix=_prefixes,
    year=st.integers(1900, 2099),
    serial=st.integers(1, 99999),
    brackets=st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "﹝﹞", "［］"]),
    gap=st.sampled_from(["", " ", "　"]),
)
def test_a_number_survives_any_bracket_and_space(
    prefix: str, year: int, serial: int, brackets: str, gap: str
) -> None:
    text = f"{prefix}{gap}{brackets[0]}{year}{brackets[1]}{gap}{serial}{gap}号"
    expected = DocumentNumber(prefix=prefix, year=year, number=serial, written=text)
    assert parse(text) == expected
    assert find_all(f"见附件。{text}。") == (expected,)


@given(st.text(alphabet="〔〕()令公告第号年青政 　\n01289和", max_size=2000))
def test_hostile_text_is_read_without_harm(text: str) -> None:
    for number in find_all(text):
        assert number.number > 0
        assert number.written in text
    find_all("青〔2008" + " " * 5000 + text)


def test_its_own_number_stands_alone_near_the_top() -> None:
    page = "青山区人民政府文件\n青政发 〔2008〕 15号\n关于低保的通知\n根据国发〔2007〕19号"
    assert document_number_of(lines_of([page])) == "青政发〔2008〕15号"


@pytest.mark.parametrize(
    "line",
    [
        "青政发〔2008〕15号          签发人：张某",
        "机密★1年            青政发〔2008〕15号",
        "发文字号：青政发〔2008〕15号",
        "文　号： 青政发〔2008〕15号",
        "（青政发〔2008〕15号）",
        "索引号：11150204/2008-00015\t文号：青政发〔2008〕15号",
    ],
)
def test_its_own_number_beside_other_things(line: str) -> None:
    assert (
        document_number_of(lines_of([f"{line}\n关于低保的通知\n各街道："])) == "青政发〔2008〕15号"
    )


def test_the_order_that_promulgated_a_regulation() -> None:
    page = "收容教育办法\n1993年9月4日 中华人民共和国国务院令第127号发布\n第一条 为了"
    assert document_number_of(lines_of([page])) == "中华人民共和国国务院令第127号"


def test_the_history_of_a_text_names_no_number_of_its_own() -> None:
    page = "条例\n1993年国务院令第127号发布\n2001年国务院令第300号公布\n第一条"
    assert document_number_of(lines_of([page])) == ""


def test_the_number_of_another_document_is_not_its_own() -> None:
    assert document_number_of(lines_of(["关于转发的通知\n现将国发〔2007〕19号转发给你们。"])) == ""
    assert document_number_of(lines_of(["正文\n" * 40 + "青政发〔2008〕15号"])) == ""


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["包头市人民政府令", "第12号", "《包头市供热办法》已经通过。"], "包头市人民政府令第12号"),
        (["青山区人民政府", "常务会议纪要", "〔2008〕3号"], "常务会议纪要〔2008〕3号"),
        (["青山区人民政府公告", "（第3号）"], "青山区人民政府公告第3号"),
        (["青山区人民政府通告", "青政告〔2019〕2号"], "青政告〔2019〕2号"),
        (["青山区人民政府令", "第一章 总则"], ""),
    ],
)
def test_a_number_below_what_it_numbers(lines: list[str], number: str) -> None:
    assert document_number_of(lines) == number
