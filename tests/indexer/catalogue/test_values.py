from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import Disclosure, Opening, Secrecy
from indexer.catalogue.grids import DateCell, UnreadCell
from indexer.catalogue.values import (
    disclosure_of,
    is_marking,
    names_of,
    opening_of,
    paths_of,
    secrecy_of,
    text_of,
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("公开", Secrecy.PUBLIC),
        ("内 部", Secrecy.INTERNAL),
        ("internal", Secrecy.INTERNAL),
        ("工作秘密", Secrecy.WORK_SECRET),
        ("秘密", Secrecy.SECRET),
        ("机密★10年", Secrecy.CONFIDENTIAL),
        ("机密 20年", Secrecy.CONFIDENTIAL),
        ("機密（長期）", Secrecy.CONFIDENTIAL),
        ("秘密（长期）", Secrecy.SECRET),
        ("祕密★6个月", Secrecy.SECRET),
        ("絕密", Secrecy.TOP),
        ("Top", Secrecy.TOP),
    ],
)
def test_a_secrecy_is_read_with_its_period_and_in_either_script(text: str, level: Secrecy) -> None:
    assert secrecy_of(text) is level


@pytest.mark.parametrize("text", ["商业秘密", "普密", "10年", "★"])
def test_a_word_that_is_no_secrecy_is_never_taken_for_public(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the word itself
        secrecy_of(text)


def test_opening_and_disclosure_are_read_in_chinese_and_english() -> None:
    assert opening_of("开放") is Opening.OPEN
    assert opening_of("UNREVIEWED") is Opening.UNREVIEWED
    assert disclosure_of("依申请公开") is Disclosure.ON_REQUEST
    assert disclosure_of("proactive") is Disclosure.PROACTIVE
    with pytest.raises(ValueError, match="也许"):
        opening_of("也许")
    with pytest.raises(ValueError, match="也许"):
        disclosure_of("也许")


def test_names_are_parted_by_chinese_marks_and_padding_is_no_parting() -> None:
    assert names_of("张三、李四；王 五") == ("张三", "李四", "王五")
    assert names_of("张三 李四 欧阳修") == ("张三", "李四", "欧阳修")
    assert names_of("John Smith, 那仁　花") == ("John Smith", "那仁", "花")
    assert names_of("，；") == ()


def test_files_in_one_cell_are_parted_by_semicolons_and_lines() -> None:
    assert paths_of("a.txt;b c.pdf；附件/表.docx\n d.txt ") == [
        "a.txt",
        "b c.pdf",
        "附件/表.docx",
        "d.txt",
    ]


def test_a_cell_becomes_the_text_a_reader_would_see() -> None:
    assert text_of(None) == ""
    assert text_of(15.0) == "15"
    assert text_of(0.5) == "0.5"
    assert text_of(["甲", None, "乙"]) == "甲；乙"
    assert text_of(DateCell("2011-03", 40603)) == "2011-03"
    with pytest.raises(ValueError, match="REF"):
        text_of(UnreadCell("#REF!"))
    with pytest.raises(ValueError, match="标题"):
        text_of({"标题": 1})


@given(st.text(alphabet=st.characters(codec=None)))
def test_no_cell_brings_in_what_a_database_refuses(text: str) -> None:
    clean = text_of(text)
    assert "\0" not in clean
    clean.encode()


@given(st.one_of(st.dates(), st.integers(), st.floats(), st.text()))
def test_a_hostile_value_is_read_or_refused_and_nothing_else(value: object) -> None:
    for meaning in (secrecy_of, opening_of, disclosure_of):
        try:
            meaning(str(value))
        except ValueError:
            continue


def test_a_marking_is_told_from_words_that_hold_one() -> None:
    assert is_marking("机　密★10年")
    assert not is_marking("内部")
    assert not is_marking("关于保守秘密的通知")


def test_yes_opens_nothing_and_no_closes() -> None:
    assert opening_of("否") is Opening.CONTROLLED
    assert disclosure_of("否") is Disclosure.NOT_PUBLIC
    for meaning in (opening_of, disclosure_of):
        with pytest.raises(ValueError, match="是"):
            meaning("是")
