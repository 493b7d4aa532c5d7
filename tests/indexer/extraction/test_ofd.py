"""OFD documents as producers write them, and as they arrive damaged."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason
from indexer.extraction.kinds import OFD, media_type_of
from indexer.extraction.ofd import OfdExtractor
from indexer.extraction.registry import extractor_for
from tests.indexer.extraction.damage import damaged, read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

SPACE = "http://www.ofdspec.org/2016"
ROOT = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
LONG = "青山区人民政府关于调整城乡居民最低生活保障标准的通知"


def xml(name: str, inner: str, space: str = SPACE) -> str:
    return f'<?xml version="1.0"?><ofd:{name} xmlns:ofd="{space}">{inner}</ofd:{name}>'


def text_object(text: str, x: float, y: float, more: str = "", at: str = 'X="0" Y="4"') -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="4" {more}>'
        f"<ofd:TextCode {at}>{text}</ofd:TextCode></ofd:TextObject>"
    )


def page_of(inner: str, before: str = "") -> str:
    return xml("Page", f"{before}<ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content>")


def document(pages: int = 1, common: str = "", more: str = "") -> str:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(pages))
    return xml(
        "Document",
        f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}",
    )


def package(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def ofd(path: Path, *pages: str, common: str = "", more: str = "", **parts: str) -> Path:
    """A document of some pages; other parts by their place in it."""
    return package(
        path / "a.ofd",
        {
            "OFD.xml": xml("OFD", ROOT),
            "Doc_0/Document.xml": document(len(pages), common, more),
            **{f"Doc_0/Pages/{n}.xml": page for n, page in enumerate(pages)},
            **{f"Doc_0/{name}.xml": part for name, part in parts.items()},
        },
    )


def pages(path: Path) -> list[str | PicturePage]:
    return list(OfdExtractor().pages(path))


def read(path: Path) -> list[str]:
    return [page.text if isinstance(page, PicturePage) else page for page in pages(path)]


def reason_of(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(path)
    return refused.value.reason


def test_pages_are_read_from_above_and_from_the_left(tmp_path: Path) -> None:
    first = page_of(
        text_object("正文第一行", 20, 40)
        + text_object("通知", 90, 20)
        + text_object("青政办发", 20, 10)
        + text_object("〔2008〕15号", 36, 10.2)
    )
    path = ofd(tmp_path, first, page_of(text_object("第二页", 20, 20)))
    assert media_type_of(path, "a.ofd") == OFD
    assert extractor_for(OFD).name == "ofd/2"
    # Where one run ends, the next begins: no space is made up between them.
    pages = read(path)
    assert pages[0].splitlines()[1:] == ["通知", "正文第一行"]
    assert pages[0].splitlines()[0].replace(" ", "") == "青政办发〔2008〕15号"
    assert pages[1] == "第二页"


def test_runs_side_by_side_are_joined_and_runs_apart_are_not(tmp_path: Path) -> None:
    close = text_object("青政", 20, 10, at='X="0" Y="4" DeltaX="4"') + text_object("办发", 28, 10)
    apart = text_object("发票代码", 20, 30, at='X="0" Y="4" DeltaX="g 3 4"') + text_object(
        "0500", 60, 30
    )
    assert read(ofd(tmp_path, page_of(close + apart))) == ["青政办发\n发票代码 0500"]


def test_several_codes_of_an_object_are_lines_of_their_own(tmp_path: Path) -> None:
    both = (
        '<ofd:TextObject Boundary="20 10 80 20" Size="4"><ofd:TextCode X="0" Y="4">第一行'
        '</ofd:TextCode><ofd:TextCode X="0" Y="10">第二行</ofd:TextCode></ofd:TextObject>'
    )
    assert read(ofd(tmp_path, page_of(both))) == ["第一行\n第二行"]


def test_templates_blocks_and_composed_objects_are_read(tmp_path: Path) -> None:
    common = (
        '<ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>'
    )
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7"><ofd:Content>'
        f"{text_object('组合', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits>"
    )
    content = page_of(
        f"<ofd:PageBlock><ofd:PageBlock>{text_object('块中', 20, 40)}</ofd:PageBlock>"
        '</ofd:PageBlock><ofd:CompositeObject ResourceID="7" Boundary="20 60 50 10"/>'
        '<ofd:CompositeObject ResourceID="404" Boundary="20 60 50 10"/>',
        '<ofd:Template TemplateID="9" ZOrder="Background"/><ofd:Template TemplateID="8"/>',
    )
    path = ofd(
        tmp_path,
        content,
        common=common,
        Tpl=page_of(text_object("红头", 20, 10)),
        Res=xml("Res", unit),
    )
    assert read(path) == ["红头\n块中\n组合"]


def test_notes_are_read_and_overlays_are_not(tmp_path: Path) -> None:
    def note(kind: str, text: str, visible: str = "true") -> str:
        return (
            f'<ofd:Annot Type="{kind}" Visible="{visible}"><ofd:Remark>{text}说明</ofd:Remark>'
            f"<ofd:Appearance>{text_object(text, 0, 0)}</ofd:Appearance></ofd:Annot>"
        )

    path = ofd(
        tmp_path,
        page_of(text_object("正文", 20, 20)),
        more="<ofd:Annotations>/Doc_0/Annots.xml</ofd:Annotations>"
        "<ofd:Attachments>Attach.xml</ofd:Attachments>",
        Annots=xml(
            "Annotations",
            '<ofd:Page PageID="0"><ofd:FileLoc>Note.xml</ofd:FileLoc></ofd:Page>',
        ),
        Note=xml(
            "PageAnnot",
            note("Highlight", "批注") + note("Watermark", "水印") + note("Link", "隐藏", "false"),
        ),
        Attach=xml("Attachments", '<ofd:Attachment ID="1" Name="预算表.xlsx"/>'),
    )
    assert read(path) == ["正文\n批注说明\n批注\n预算表.xlsx"]


def test_producers_spell_names_as_they_like(tmp_path: Path) -> None:
    space = "http://www.ofdspec.org"
    page = page_of(text_object("正文", 20, 20)).replace(SPACE, space)
    listed = '<ofd:Pages><ofd:Page ID="1" BaseLoc="pages\\P1.xml"/></ofd:Pages>'
    root = "<ofd:DocBody><ofd:DocRoot>\\Doc_0\\document.xml</ofd:DocRoot></ofd:DocBody>"
    path = package(
        tmp_path / "a.ofd",
        {
            "OFD.xml": xml("OFD", root, space),
            "Doc_0/Document.xml": xml("Document", listed, space),
            "Doc_0/Pages/p1.xml": page,
        },
    )
    assert read(path) == ["正文"]


def test_pages_whose_text_stands_in_a_picture_wait_for_recognition(tmp_path: Path) -> None:
    sheet = '<ofd:ImageObject ResourceID="3" Boundary="0 0 210 297"/>'
    emblem = '<ofd:ImageObject ResourceID="3" Boundary="90 20 30 30"/>'
    number = text_object("第 1 页", 20, 280)
    assert pages(
        ofd(
            tmp_path,
            page_of(sheet),
            page_of(sheet + number),
            page_of(emblem),
            page_of(emblem + number),
            page_of(sheet + text_object(LONG, 20, 20)),
            page_of(text_object("\ue001\ue002\ue003正", 20, 20)),
            page_of(""),
        )
    ) == [
        PicturePage(),
        PicturePage(text="第 1 页"),
        PicturePage(),
        "第 1 页",
        LONG,
        PicturePage(),
        "",
    ]


def test_what_covers_a_page_is_measured_by_its_paper(tmp_path: Path) -> None:
    shown = '<ofd:ImageObject ResourceID="3" Boundary="0 0 100 100"/>' + text_object("1", 5, 90)
    area = "<ofd:Area><ofd:PhysicalBox>0 0 100 100</ofd:PhysicalBox></ofd:Area>"
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 100 100</ofd:PhysicalBox></ofd:PageArea>"
    assert pages(ofd(tmp_path, page_of(shown))) == ["1"]
    assert pages(ofd(tmp_path, page_of(shown, area))) == [PicturePage(text="1")]
    assert pages(ofd(tmp_path, page_of(shown), common=common)) == [PicturePage(text="1")]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert reason_of(ofd(tmp_path)) == Reason.DAMAGED
    assert reason_of(package(tmp_path / "b.ofd", {"OFD.xml": "<broken"})) == Reason.DAMAGED
    locked = {"OFD.xml": xml("OFD", ROOT), "Doc_0/Encryptions.xml": "<x/>"}
    assert reason_of(package(tmp_path / "c.ofd", locked)) == Reason.ENCRYPTED
    (tmp_path / "d.ofd").write_bytes(b"PK\x03\x04 and no more")
    assert reason_of(tmp_path / "d.ofd") == Reason.DAMAGED


def test_a_missing_page_does_not_cost_the_others(tmp_path: Path) -> None:
    pages = (page_of(text_object("一", 20, 20)), "<no xml", page_of(text_object("三", 20, 20)))
    assert read(ofd(tmp_path, *pages)) == ["一", "", "三"]


def test_parts_outside_the_package_and_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(page_of(text_object("机密", 20, 20)), "utf-8")
    entity = (
        f'<!DOCTYPE p [<!ENTITY e SYSTEM "file://{secret}">]>'
        + page_of(text_object("&e;正文", 20, 20)).partition("?>")[2]
    )
    parts = {
        "OFD.xml": xml("OFD", ROOT),
        "Doc_0/Document.xml": document(2).replace("Pages/0.xml", "../../secret.xml"),
        "Doc_0/Pages/1.xml": entity,
    }
    assert "机密" not in "".join(read(package(tmp_path / "a.ofd", parts)))


def test_composed_objects_that_hold_themselves_come_to_an_end(tmp_path: Path) -> None:
    again = '<ofd:CompositeObject ResourceID="7" Boundary="0 0 1 1"/>'
    unit = (
        f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{text_object("圈", 0, 0)}{again}'
        "</ofd:Content></ofd:CompositeGraphicUnit>"
    )
    path = ofd(
        tmp_path,
        page_of(again),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        Res=xml("Res", unit),
    )
    (text,) = read(path)
    assert set(text) <= set("圈 \n")


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    path = ofd(folder, *(page_of(text_object(f"第{n}页", 20, 20)) for n in range(3)))
    path.write_bytes(damaged(path.read_bytes(), data))
    read_or_refused(OfdExtractor(), path)


@given(st.text("0123456789.eg -nai", max_size=30))
def test_numbers_that_are_none_are_passed_over(
    tmp_path_factory: pytest.TempPathFactory, number: str
) -> None:
    odd = (
        f'<ofd:TextObject Boundary="{number}" CTM="{number}" Size="{number}"><ofd:TextCode '
        f'X="{number}" Y="{number}" DeltaX="{number}">正文</ofd:TextCode></ofd:TextObject>'
    )
    assert read(ofd(tmp_path_factory.mktemp("odd"), page_of(odd))) == ["正文"]
