from __future__ import annotations

import re

import pytest

from indexer.access import Audience, Disclosure, Level, Opening
from indexer.catalogue.values import DISCLOSURE, OPENING, secrecy_of
from query_room.demo.manuscripts import (
    COLUMNS,
    Manuscript,
    ManuscriptError,
    load_manuscripts,
    parse_manuscript,
)

MINIMAL = "档号：L012-WS·2008-D30-SHJZ-9999\n题名：某通知\n日期：20080312\n类别：其他\n"
SECRECY_MARK = "密级"


@pytest.fixture(scope="module")
def manuscripts() -> tuple[Manuscript, ...]:
    return load_manuscripts()


def level_of(manuscript: Manuscript) -> Level:
    secrecy = secrecy_of(manuscript.row["密级"])
    assert secrecy is not None
    return Level(
        secrecy=secrecy,
        opening=OPENING[manuscript.row["开放状态"]],
        disclosure=DISCLOSURE.get(manuscript.row["公开属性"]),
    )


def test_a_manuscript_is_a_head_and_files() -> None:
    text = (
        MINIMAL
        + "\n==== 正文.docx\n主送：各镇\n\n第一段\n第二段\n\n==== 附表.txt\n作用：附件\n\n一\n"
    )
    manuscript = parse_manuscript(text, "here")
    assert [file.name for file in manuscript.files] == ["正文.docx", "附表.txt"]
    assert [file.is_attachment for file in manuscript.files] == [False, True]
    assert manuscript.files[0].parts == {"主送": "各镇"}
    assert manuscript.files[0].body == "第一段\n第二段"


def test_the_archival_code_fills_in_what_it_says() -> None:
    row = parse_manuscript(MINIMAL, "here").row
    assert tuple(row) == COLUMNS
    assert (row["全宗号"], row["全宗名称"]) == ("L012", "临岚区民政局")
    assert (row["保管期限"], row["件号"], row["案卷号"]) == ("定期30年", "9999", "")


def test_an_old_code_names_the_volume_and_leaves_retention_to_the_head() -> None:
    old = MINIMAL.replace("L012-WS·2008-D30-SHJZ-9999", "L012-2-031-0002") + "保管期限：长期\n"
    row = parse_manuscript(old, "here").row
    assert (row["案卷号"], row["件号"], row["保管期限"]) == ("031", "0002", "长期")


@pytest.mark.parametrize(
    "text",
    [
        MINIMAL.replace("题名", "标题"),
        MINIMAL.replace("日期：20080312\n", ""),
        MINIMAL + "日期：20080313\n",
        MINIMAL.replace("L012", "X999"),
        MINIMAL + "\n==== 正文.docx\n主送人：各镇\n\n一\n",
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_place(text: str) -> None:
    with pytest.raises(ManuscriptError, match="here"):
        parse_manuscript(text, "here")


def test_the_archive_spans_the_life_of_the_district(manuscripts: tuple[Manuscript, ...]) -> None:
    years = {int(manuscript.row["日期"][:4]) for manuscript in manuscripts}
    assert len(manuscripts) >= 90
    assert (min(years), max(years)) == (1952, 2025)
    assert len({manuscript.row["全宗号"] for manuscript in manuscripts}) >= 15
    assert sum(not manuscript.files for manuscript in manuscripts) >= 3
    assert sum(len(manuscript.files) > 1 for manuscript in manuscripts) >= 4


def test_every_audience_and_every_judgement_is_there(manuscripts: tuple[Manuscript, ...]) -> None:
    levels = {level_of(manuscript) for manuscript in manuscripts}
    open_secrecy = {
        (each.opening, each.disclosure) for each in levels if each.secrecy.value == "public"
    }
    assert {each.audience for each in levels} == set(Audience)
    assert open_secrecy >= {(opening, way) for opening in Opening for way in (*Disclosure, None)}
    assert {each.secrecy.value for each in levels} >= {"public", "internal", "work_secret"}


def test_papers_without_a_file_say_where_the_paper_stands(
    manuscripts: tuple[Manuscript, ...],
) -> None:
    for manuscript in manuscripts:
        if not manuscript.files:
            assert manuscript.row["存放位置"]
            assert manuscript.row["内容概述"]


def test_texts_read_like_papers_not_like_labels(manuscripts: tuple[Manuscript, ...]) -> None:
    for manuscript in manuscripts:
        for file in manuscript.files:
            assert len(file.body) >= 90, file.name
        if manuscript.files and "损坏" not in manuscript.files[0].parts:
            assert sum(len(file.body) for file in manuscript.files) >= 300, manuscript.code


def test_no_number_could_be_anybodys(manuscripts: tuple[Manuscript, ...]) -> None:
    text = "\n".join(file.body for manuscript in manuscripts for file in manuscript.files)
    assert not re.search(r"\d{17}[\dXx]", text), "an identity number"
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text), "a mobile number"
    for phone in re.findall(r"\d{3,4}-\d{7,8}", text):
        assert phone.startswith("0000-0000"), phone


def test_one_paper_carries_a_secret_mark_that_its_catalogue_row_does_not(
    manuscripts: tuple[Manuscript, ...],
) -> None:
    marked = [
        manuscript
        for manuscript in manuscripts
        for file in manuscript.files
        if file.parts.get(SECRECY_MARK)
    ]
    assert [manuscript.code for manuscript in marked] == ["L001-1-030-0009"]
    assert not level_of(marked[0]).secrecy.is_state_secret
