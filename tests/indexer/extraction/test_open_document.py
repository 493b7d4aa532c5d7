from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.open_document import OdpExtractor, OdsExtractor, OdtExtractor
from indexer.extraction.page_text import MAX_PAGE_CHARS
from tests.indexer.extraction.damage import damaged, read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("presentation", "presentation"),
        ("manifest", "manifest"),
    )
)
MASTER = (
    f"<x {NAMES}><style:master-page><style:header><text:p>机密★10年</text:p></style:header>"
    "<draw:frame><text:p>单位徽标</text:p></draw:frame>"
    "<presentation:notes><text:p>备注母版</text:p></presentation:notes>"
    "<style:footer><text:p>页脚</text:p></style:footer></style:master-page></x>"
)


def document(path: Path, body: str, **others: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "content.xml", f"<office:document-content {NAMES}>{body}</office:document-content>"
        )
        for name, content in others.items():
            package.writestr(
                {"styles": "styles.xml", "manifest": "META-INF/manifest.xml"}[name], content
            )
    return path


def text(tmp_path: Path, body: str, **others: str) -> str:
    (page,) = OdtExtractor().pages(document(tmp_path / "a.odt", body, **others))
    return page


def test_a_text_reads_as_it_looks(tmp_path: Path) -> None:
    body = (
        "<text:h>关于<text:span>低保</text:span>的通知</text:h><text:p/>"
        '<text:p>各<text:s text:c="2"/>街道<text:tab/>办<text:line-break/>事处'
        "<text:ruby><text:ruby-base>银</text:ruby-base><text:ruby-text>yín</text:ruby-text></text:ruby>"
        "行</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert text(tmp_path, body, styles=MASTER) == (
        "机密★10年\n关于低保的通知\n各  街道\t办\n事处银行\n姓名\n页脚"
    )


def test_boxes_and_notes_are_lines_of_their_own(tmp_path: Path) -> None:
    body = (
        "<text:p>前<draw:frame><draw:text-box><text:p>框中</text:p></draw:text-box></draw:frame>中"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p>"
        "</text:note-body></text:note>后</text:p>"
    )
    assert text(tmp_path, body) == "框中\n脚注\n前中后"


def test_deleted_text_is_no_text(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:deletion><text:p>删去</text:p></text:deletion>"
        "</text:tracked-changes><text:p>留下</text:p>"
    )
    assert text(tmp_path, body) == "留下"


def test_each_sheet_is_a_page_and_repeated_cells_count_once(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="归档文件目录"><table:table-row><table:table-cell>'
        "<text:p>题名</text:p><text:p>（一）</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "<table:table-cell><text:p>2008年3月15日</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>满</text:p></table:table-cell>'
        "</table:table-row></table:table>"
        '<table:table table:name="Sheet2"><table:shapes><text:p>图形</text:p></table:shapes>'
        "</table:table>"
    )
    path = document(tmp_path / "a.ods", body, styles=MASTER)
    assert list(OdsExtractor().pages(path)) == [
        "机密★10年\n归档文件目录\n题名 （一）\t2008年3月15日\n满\n页脚",
        "图形",
    ]


def test_each_slide_is_a_page_with_its_notes(tmp_path: Path) -> None:
    body = (
        "<draw:page><draw:frame><draw:text-box><text:p>工作汇报</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><text:p>讲稿</text:p></presentation:notes></draw:page>"
        "<draw:page><text:p>谢谢</text:p></draw:page>"
    )
    path = document(tmp_path / "a.odp", body, styles=MASTER)
    assert list(OdpExtractor().pages(path)) == [
        "机密★10年\n单位徽标\n页脚\n工作汇报\n讲稿",
        "谢谢",
    ]


def test_a_password(tmp_path: Path) -> None:
    manifest = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(ExtractionError) as refused:
        text(tmp_path, "<text:p>x</text:p>", manifest=manifest)
    assert refused.value.reason == Reason.ENCRYPTED


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "content.xml",
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
            f"<d {NAMES}><text:p>&e;</text:p></d>",
        )
    assert "机密内容" not in "".join(read_or_refused(OdtExtractor(), path))


def test_a_bomb_of_paragraphs_is_refused(tmp_path: Path) -> None:
    line = f"<text:p>{'哈' * 1_000_000}</text:p>"
    with pytest.raises(ExtractionError) as refused:
        text(tmp_path, line * (MAX_PAGE_CHARS // 1_000_000 + 1))
    assert refused.value.reason == Reason.MEMORY


def test_a_package_without_content_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(ExtractionError) as refused:
        list(OdtExtractor().pages(path))
    assert refused.value.reason == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.odt"
    sound = document(path, "<text:p>通<text:span>知</text:span></text:p>" * 20, styles=MASTER)
    path.write_bytes(damaged(sound.read_bytes(), data))
    read_or_refused(OdtExtractor(), path)
