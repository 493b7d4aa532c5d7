import pytest

from indexer.official.comparing import COMPARED, number_key, say_the_same, title_key


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "关于低保（试行）的 通知", "關於低保(試行)的通知"),
        ("title", "区政府关于印发《低保管理办法》的通知", "低保管理办法"),
        ("agency", "中华人民共和国国务院", "国务院"),
        ("agency", "区民政局", "青山区民政局"),
        ("agency", "青山区政府", "包头市青山区人民政府"),
        ("agency", "区发改委", "青山区发展和改革委员会"),
        ("agency", "区民政局、区财政局", "青山区民政局"),
        ("document_number", "青政发[2008]15号", "青政發〔2008〕第15號"),
        ("document_number", "内部资料 3", "内部资料3"),
        ("date", "2008", "2008-03-15"),
        ("date", "2008-03-15", "2008-03"),
        ("genre", "決定", "决定"),
        ("archival_code", "Z109-WS·2011-Y-BGS-0001", "z109—ws.2011-y-bgs-0001"),
        ("index_number", "11150204/2008-00015", "11150204／2008-00015"),
    ],
)
def test_the_same_said_in_other_ways(field: str, one: str, other: str) -> None:
    assert field in COMPARED
    assert say_the_same(field, one, other)
    assert say_the_same(field, other, one)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "关于低保的通知", "关于低保的通报"),
        ("agency", "国务院", "国务院办公厅"),
        ("agency", "包头市人民政府", "包头市青山区人民政府"),
        ("agency", "民政局", "财政局"),
        ("document_number", "青政发〔2008〕15号", "青政办发〔2008〕15号"),
        ("date", "2008-03-15", "2008-03-16"),
        ("date", "2008", "2009"),
        ("genre", "通知", "通报"),
        ("archival_code", "12-3-45-7", "12-3-45-8"),
    ],
)
def test_what_differs(field: str, one: str, other: str) -> None:
    assert not say_the_same(field, one, other)
    assert not say_the_same(field, other, one)


def test_keys() -> None:
    assert title_key("") == number_key("") == number_key("无号") == ""
    assert number_key("青政发[2008]15号") == "青政发|2008|15"
    assert title_key("青山区人民政府关于印发《青山区低保办法》的通知") == title_key(
        "青山区低保办法"
    )
