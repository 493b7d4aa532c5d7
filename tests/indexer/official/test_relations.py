import pytest

from indexer.official import Relation, RelationKind
from indexer.official.relations import relations_of

REPEALS, AMENDS, REPLACES = RelationKind


def said(*found: tuple[RelationKind, str, str]) -> tuple[Relation, ...]:
    return tuple(
        Relation(kind=kind, title=title, document_number=number) for kind, title, number in found
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "自施行之日起，《青山区信访办法》（青政发〔2003〕5号）同时废止。",
            said((REPEALS, "青山区信访办法", "青政发〔2003〕5号")),
        ),
        (
            "1990年5月1日国务院发布的《甲甲条例》和1991年6月1日发布的《乙乙条例》同时废止。",
            said((REPEALS, "甲甲条例", ""), (REPEALS, "乙乙条例", "")),
        ),
        ("《青山区信\n 访办法》自2012年1月1日起废止。", said((REPEALS, "青山区信访办法", ""))),
        (
            "现决定废止《甲甲办法》（青政发〔2001〕3号）、《乙乙规定》等文件。",
            said((REPEALS, "甲甲办法", "青政发〔2001〕3号"), (REPEALS, "乙乙规定", "")),
        ),
        ("青政发〔2005〕3号文件同时废止。", said((REPEALS, "", "青政发〔2005〕3号"))),
        ("根据《行政许可法》，《收费办法》予以废止。", said((REPEALS, "收费办法", ""))),
        (
            "《甲甲办法》及《乙乙规定》第三条同时废止。",
            said((REPEALS, "甲甲办法", ""), (AMENDS, "乙乙规定", "")),
        ),
        (
            "二、对《甲甲办法》（青政发〔2010〕2号）作如下修改：",
            said((AMENDS, "甲甲办法", "青政发〔2010〕2号")),
        ),
        ("将《甲甲办法》第三条第一款修改为：", said((AMENDS, "甲甲办法", ""))),
        ("本办法代替《甲甲办法》。", said((REPLACES, "甲甲办法", ""))),
        (
            "《甲甲办法》废止。《甲甲办法》（青政发〔2001〕3号）废止。",
            said((REPEALS, "甲甲办法", "青政发〔2001〕3号")),
        ),
    ],
)
def test_what_a_text_does_to_others(text: str, found: tuple[Relation, ...]) -> None:
    assert relations_of([text], "") == found


@pytest.mark.parametrize(
    "text",
    [
        "未经批准不得废止《甲甲办法》。",
        "《国务院关于修改〈甲甲条例〉的决定》第一次修订。",
        "依据《国务院关于废止〈甲甲办法〉的决定》，停止收费。",
        "规范性文件的修改、废止程序按照《甲甲条例》执行。",
        "凡与本规定不一致的同时废止。",
        "根据《甲甲办法》废止的程序",
        "《规定》同时废止。",
        "将“甲”修改为“乙”。",
        "",
    ],
)
def test_what_is_no_relation(text: str) -> None:
    assert relations_of([text], "") == ()


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (
            "国务院关于修改《甲甲条例》和《乙乙条例》的决定",
            said((AMENDS, "甲甲条例", ""), (AMENDS, "乙乙条例", "")),
        ),
        ("关于废止〈甲甲办法〉的通知", said((REPEALS, "甲甲办法", ""))),
        ("青山区人民政府关于废止部分规范性文件的决定", ()),
        ("关于修改甲甲办法的决定", ()),
    ],
)
def test_what_a_title_says(title: str, found: tuple[Relation, ...]) -> None:
    assert relations_of(["正文"], title) == found


def test_an_earlier_text_of_the_same_name_may_be_repealed_but_not_amended() -> None:
    text = "1999年3月26日国务院发布的《娱乐场所管理条例》同时废止。"
    assert relations_of([text], "娱乐场所管理条例") == said((REPEALS, "娱乐场所管理条例", ""))
    assert relations_of(["对《甲甲办法》作如下修改："], "甲甲办法") == ()


def test_a_list_over_two_pages() -> None:
    found = relations_of(["《甲甲办法》、", "《乙乙办法》同时废止。"], "")
    assert found == said((REPEALS, "甲甲办法", ""), (REPEALS, "乙乙办法", ""))
