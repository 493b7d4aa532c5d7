from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.pptx import PptxExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.documents import relations

if TYPE_CHECKING:
    from pathlib import Path

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NAMES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'


def shape(*paragraphs: str, placeholder: str = "") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{each}</a:t></a:r></a:p>" for each in paragraphs)
    return f"<p:sp><p:nvPr>{placeholder}</p:nvPr><p:txBody>{lines}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return f"<p:sld {NAMES}><p:spTree>{''.join(shapes)}</p:spTree></p:sld>"


def presentation(path: Path, slides: list[str], extra: dict[str, str] | None = None) -> Path:
    """The order of showing is the reverse of the order of the files."""
    keys = "".join(f'<p:sldId r:id="r{number}"/>' for number in reversed(range(len(slides))))
    members = {
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NAMES}>{keys}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *(("slide", f"slide{number}.xml") for number in range(len(slides)))
        ),
        **{f"ppt/slide{number}.xml": content for number, content in enumerate(slides)},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def pages(path: Path) -> list[str]:
    return list(PptxExtractor().pages(path))


def refusal(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        pages(path)
    return refused.value.reason


def test_slides_come_as_they_are_shown(tmp_path: Path) -> None:
    path = presentation(
        tmp_path / "a.pptx", [slide(shape("谢谢")), slide(shape("工作汇报", "民政局"))]
    )
    assert pages(path) == ["工作汇报\n民政局", "谢谢"]


def test_tables_and_broken_lines(tmp_path: Path) -> None:
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    table = (
        f"<p:graphicFrame><a:tbl><a:tr>{cell.format('姓名')}{cell.format('住址')}</a:tr>"
        f"<a:tr>{cell.format('张三')}{cell.format('一号')}</a:tr></a:tbl></p:graphicFrame>"
    )
    line = (
        "<p:sp><a:p><a:r><a:t>上</a:t></a:r><a:br/><a:r><a:t>下</a:t></a:r>"
        '<a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p></p:sp>'
    )
    path = presentation(tmp_path / "a.pptx", [slide(table, line)])
    assert pages(path) == ["姓名\t住址\n张三\t一号\n上\n下"]


def test_a_slide_brings_its_notes_diagrams_and_comments(tmp_path: Path) -> None:
    path = presentation(
        tmp_path / "a.pptx",
        [slide(shape("正文"))],
        {
            "ppt/_rels/slide0.xml.rels": relations(
                ("notesSlide", "notes.xml"), ("diagramData", "data.xml"), ("comments", "c.xml"),
                ("chart", "chart.xml"), ("chart", "lost.xml"),
            ),
            "ppt/notes.xml": slide(shape("讲稿")),
            "ppt/data.xml": f"<d {NAMES}><a:p><a:r><a:t>流程图</a:t></a:r></a:p></d>",
            "ppt/c.xml": f"<p:cmLst {NAMES}><p:cm><p:text>请核实</p:text></p:cm></p:cmLst>",
            "ppt/chart.xml": f'<c:chart xmlns:c="{CHARTS}"><c:strCache><c:pt>'
            "<c:v>一季度</c:v></c:pt><c:pt><c:v>二季度</c:v></c:pt></c:strCache></c:chart>",
        },
    )  # fmt: skip
    assert pages(path) == ["正文\n讲稿\n流程图\n请核实\n一季度\t二季度"]


def test_what_all_slides_show_stands_on_the_first(tmp_path: Path) -> None:
    layout = relations(("slideLayout", "layout.xml"))
    path = presentation(
        tmp_path / "a.pptx",
        [slide(shape("二")), slide(shape("一"))],
        {
            "ppt/_rels/slide0.xml.rels": layout,
            "ppt/_rels/slide1.xml.rels": layout,
            "ppt/layout.xml": slide(shape("单击此处编辑", placeholder="<p:ph/>")),
            "ppt/_rels/layout.xml.rels": relations(("slideMaster", "master.xml")),
            # The secrecy guard must see it.
            "ppt/master.xml": slide(shape("机密★10年")),
        },
    )
    assert pages(path) == ["机密★10年\n一", "二"]


def test_a_shape_for_older_programs_is_not_said_twice(tmp_path: Path) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<m:AlternateContent xmlns:m="{mc}"><m:Choice>{shape("一次")}</m:Choice>'
        f"<m:Fallback>{shape('一次')}</m:Fallback></m:AlternateContent>"
    )
    assert pages(presentation(tmp_path / "a.pptx", [slide(both)])) == ["一次"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    assert refusal(presentation(path, [])) == Reason.EMPTY
    assert refusal(presentation(path, ["<p:sld"])) == Reason.DAMAGED
    assert refusal(presentation(path, [slide(shape("一"))], {"_rels/.rels": "?"})) == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.pptx"
    sound = presentation(path, [slide(shape("通知" * 30)), slide(shape("附件"))])
    path.write_bytes(damaged(sound.read_bytes(), data))
    read_or_refused(PptxExtractor(), path)
