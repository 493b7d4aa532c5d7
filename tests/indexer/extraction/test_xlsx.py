from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.page_text import MAX_PAGE_CHARS
from indexer.extraction.xlsx import XlsxExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.documents import relations

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = f'xmlns="{S}" xmlns:a="{A}" xmlns:r="{R}"'


def pages(path: Path) -> list[str]:
    return list(XlsxExtractor().pages(path))


def refusal(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        pages(path)
    return refused.value.reason


def catalogue(path: Path) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    first: Worksheet = workbook.create_sheet("归档文件目录")
    first.append(["件号", "题名", "成文日期", "页数", "比例"])
    first.append([7, "关于低保的通知", dt.date(2008, 3, 15), 12, 0.25])
    first["A2"].number_format = "0000"
    first["C2"].number_format = 'yyyy"年"m"月"d"日"'
    first["E2"].number_format = "0%"
    first["B2"].comment = Comment("原件缺页", "档案员")
    header, footer = first.HeaderFooter.oddHeader, first.HeaderFooter.oddFooter
    assert header is not None
    assert footer is not None
    header.center.text, footer.center.text = "机密★10年", "第 &P 页"
    workbook.create_sheet("Sheet2")
    hidden = workbook.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["C9"] = "远处"
    workbook.save(path)
    return path


def workbook_package(path: Path, sheet: str, extra: dict[str, str] | None = None) -> Path:
    members = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {OFFICE}><sheets><sheet name="Sheet1" r:id="r0"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")
        ),
        "xl/sheet.xml": f"<worksheet {OFFICE}><sheetData>{sheet}</sheetData></worksheet>",
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def test_each_sheet_is_a_page_and_reads_as_it_looks(tmp_path: Path) -> None:
    first, second, third = pages(catalogue(tmp_path / "a.xlsx"))
    lines = first.split("\n")
    assert lines[:4] == [
        "归档文件目录",
        # Alone on its line, where the secrecy guard looks for it.
        "机密★10年",
        "件号\t题名\t成文日期\t页数\t比例",
        "0007\t关于低保的通知\t2008年3月15日\t12\t25%",
    ]
    assert "原件缺页" in lines
    assert "第  页" in lines[-1]
    assert second == ""
    assert third == "底稿\n远处"


def test_kinds_of_cells(tmp_path: Path) -> None:
    sheet = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c>'
        '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><v>公式</v></c><c><v>1.50</v></c>'
        '<c t="s"><v>99</v></c><c><v>1e999</v></c><c s="77"><v>3</v></c><c><v>坏</v></c></row>'
    )
    strings = (
        f"<sst {OFFICE}><si><r><t>重</t></r><rPh><t>chóng</t></rPh><r><t>庆</t></r></si></sst>"
    )
    path = workbook_package(tmp_path / "a.xlsx", sheet, {"xl/strings.xml": strings})
    assert pages(path) == ["重庆\t内联\tTRUE\t#N/A\t公式\t1.5\t1e999\t3\t坏"]


def test_text_boxes_stand_below_the_cells(tmp_path: Path) -> None:
    path = workbook_package(
        tmp_path / "a.xlsx",
        '<row><c t="str"><v>格</v></c></row>',
        {
            "xl/_rels/sheet.xml.rels": relations(
                ("drawing", "drawing.xml"), ("comments", "no.xml")
            ),
            "xl/drawing.xml": f"<d {OFFICE}><a:p><a:r><a:t>文本</a:t></a:r><a:r><a:t>框</a:t></a:r>"
            "</a:p><a:p/></d>",
        },
    )
    assert pages(path) == ["格\n文本框"]


def test_a_few_strings_cannot_stand_for_endless_text(tmp_path: Path) -> None:
    length = 1_000_000
    strings = f"<sst {OFFICE}><si><t>{'哈' * length}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c></row>' * (MAX_PAGE_CHARS // length + 1)
    path = workbook_package(tmp_path / "a.xlsx", rows, {"xl/strings.xml": strings})
    assert path.stat().st_size < 100_000
    assert refusal(path) == Reason.MEMORY


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")
    sheet = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]><worksheet {OFFICE}><sheetData>'
        '<row><c t="str"><v>前&e;后</v></c></row></sheetData></worksheet>'
    )
    path = workbook_package(tmp_path / "a.xlsx", "", {"xl/sheet.xml": sheet})
    assert "机密内容" not in "".join(read_or_refused(XlsxExtractor(), path))


@pytest.mark.parametrize(
    "members",
    [
        {"_rels/.rels": "<Relationships/>"},
        {"xl/workbook.xml": "no xml"},
        {"xl/workbook.xml": f"<workbook {OFFICE}/>"},
        {"xl/sheet.xml": "<worksheet"},
    ],
)
def test_damaged_workbooks_are_refused(tmp_path: Path, members: dict[str, str]) -> None:
    assert refusal(workbook_package(tmp_path / "a.xlsx", "", members)) == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.xlsx"
    sound = workbook_package(path, '<row><c t="str"><v>通知</v></c></row>' * 20).read_bytes()
    path.write_bytes(damaged(sound, data))
    read_or_refused(XlsxExtractor(), path)
