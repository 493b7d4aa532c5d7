from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from indexer.access import Disclosure, Opening, Secrecy
from indexer.catalogue import CatalogueFile
from indexer.catalogue.manifest import read_catalogue
from indexer.dates import PartialDate
from indexer.errors import ManifestError

if TYPE_CHECKING:
    from pathlib import Path


def jsonl(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_full_row_is_read_in_chinese_terms(tmp_path: Path) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes(
        (
            "编号,档号,题名,责任者,文号,成文日期,密级,开放状态,公开属性,保管期限,类别,件号,人名,文件,附件\n"
            "7,Z109-WS·2011-Y-BGS-0001,关于防汛的通知,青山区人民政府,青政发〔2011〕12号,20110300,内部,"
            "控制,不予公开,永久,文书档案,0001,张三、李四,正文\\a.txt,b.docx;c.pdf\n"
        ).encode("gb18030")
    )
    found = read_catalogue(path)
    (row,) = found.rows
    assert found.unusable == ()
    assert row.number == 2
    assert row.external_id == "7"
    assert row.texts["archival_code"] == "Z109-WS·2011-Y-BGS-0001"
    assert row.texts["item"] == "0001"
    assert row.date == PartialDate(2011, 3)
    assert row.persons == ("张三", "李四")
    assert (row.secrecy, row.opening, row.disclosure) == (
        Secrecy.INTERNAL,
        Opening.CONTROLLED,
        Disclosure.NOT_PUBLIC,
    )
    assert row.files == (
        CatalogueFile(path="正文\\a.txt"),
        CatalogueFile(path="b.docx", is_attachment=True),
        CatalogueFile(path="c.pdf", is_attachment=True),
    )


def test_a_paper_record_needs_no_file(tmp_path: Path) -> None:
    found = read_catalogue(jsonl(tmp_path, {"题名": "旧卷", "存放位置": "3-2-1"}))
    assert not found.unusable
    assert found.rows[0].files == ()
    assert found.rows[0].texts["shelf_mark"] == "3-2-1"


@pytest.mark.parametrize(
    ("cells", "problem", "value"),
    [
        ({"title": "甲", "密级": "很秘密"}, "bad_secrecy", "很秘密"),
        ({"title": "甲", "opening": "maybe"}, "bad_opening", "maybe"),
        ({"title": "甲", "公开属性": "看情况"}, "bad_disclosure", "看情况"),
        ({"title": "甲", "随便": "机密★10年"}, "marking_elsewhere", "机密★10年"),
        ({"title": "甲", "备注": "秘密"}, "marking_elsewhere", "秘密"),
        ({"title": {"zh": "甲"}}, "not_text", "{'zh': '甲'}"),
        ({"id": "9"}, "nothing_described", ""),
        ({"id": "1", "title": "again"}, "duplicate_id", "1"),
    ],
)
def test_a_bad_row_is_named_by_number_and_the_others_go_in(
    tmp_path: Path, cells: dict[str, Any], problem: str, value: str
) -> None:
    good = [{"id": "1", "title": "before"}, {"id": "2", "title": "after"}]
    found = read_catalogue(jsonl(tmp_path, good[0], cells, good[1]))
    assert [row.number for row in found.rows] == [1, 3]
    bad = [
        (each.problem.number, each.problem.problem, each.problem.value) for each in found.unusable
    ]
    assert bad == [(2, problem, value)]


@pytest.mark.parametrize(
    ("cells", "problem", "value"),
    [
        ({"date": "2019-02-30"}, "bad_date", "2019-02-30"),
        ({"date": "110305"}, "bad_date", "110305"),
        ({"保管情况": "看情况"}, "bad_custody", "看情况"),
        ({"移交日期": "昨天"}, "bad_transfer_date", "昨天"),
        ({"页号": "后面"}, "bad_pages", "后面"),
        ({"date": "1968-1972"}, "date_span", "1968-1972"),
    ],
)
def test_what_decides_no_access_is_left_out_and_listed_and_the_row_goes_in(
    tmp_path: Path, cells: dict[str, Any], problem: str, value: str
) -> None:
    found = read_catalogue(jsonl(tmp_path, {"title": "甲", **cells}))
    assert [row.texts["title"] for row in found.rows] == ["甲"]
    assert [(each.number, each.problem, each.value) for each in found.doubts] == [
        (1, problem, value)
    ]


def test_a_bad_row_keeps_its_files_and_its_secrecy(tmp_path: Path) -> None:
    cells = {
        "title": "甲",
        "opening": "?",
        "密级": "机密",
        "file": "a.txt; b.txt",
        "附件": ["c.txt"],
    }
    (unusable,) = read_catalogue(jsonl(tmp_path, cells)).unusable
    bad = unusable.problem
    assert bad.value == ""
    assert bad.paths == ("a.txt", "b.txt", "c.txt")
    assert bad.secrecy is Secrecy.CONFIDENTIAL


def test_a_line_that_is_no_row_is_a_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    path.write_text('{"title": "甲"}\n{"title":\n{"title": "乙"}\n', encoding="utf-8")
    found = read_catalogue(path)
    assert [row.number for row in found.rows] == [1, 3]
    bad = [(each.problem.number, each.problem.problem) for each in found.unusable]
    assert bad == [(2, "not_a_row")]


@pytest.mark.parametrize("name", ["manifest.pdf", "manifest", "manifest.doc"])
def test_an_unknown_kind_of_catalogue_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("title,file\n", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"\.csv, .*\.xlsx"):
        read_catalogue(path)


@pytest.mark.parametrize(
    "name", ["manifest.csv", "manifest.xlsx", "manifest.jsonl", "manifest.et", "manifest.ods"]
)
def test_a_catalogue_that_is_not_there_or_no_text_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(ManifestError):
        read_catalogue(path)
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(ManifestError):
        read_catalogue(path)
