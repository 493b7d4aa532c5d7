from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.docx import DocxExtractor
from indexer.extraction.package import MAX_PART_BYTES
from tests.indexer.extraction import documents
from tests.indexer.extraction.documents import (
    W,
    paragraph,
    relations,
    word_package,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


def lines(path: Path) -> list[str]:
    (page,) = DocxExtractor().pages(path)
    return page.split("\n")


def refusal(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        lines(path)
    return refused.value.reason


def test_everything_that_word_writes(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "机密★10年"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_heading("关于低保的通知", level=1)
    run = document.add_paragraph("各街道").add_run("办事处：")
    run.add_break()
    run.add_text("现将")
    run.add_tab()
    run.add_text("有关事项")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(each for row in table.rows for each in row.cells):
        cell.text = f"格{number}"
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "表中之表"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "附件页眉"
    document.add_paragraph("最后一段")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert lines(path) == [
        "机密★10年",
        "附件页眉",
        "关于低保的通知",
        "各街道办事处：",
        "现将\t有关事项",
        *("格0", "格1", "格2", "格3", "表中之表"),
        "最后一段",
        "第1页",
    ]


def test_text_boxes_stand_before_the_paragraph_they_hang_on(tmp_path: Path) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inside = paragraph(written("机密★10年")) + paragraph(written("特急"))
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    body = paragraph(
        written("青山区"),
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>",
        written("人民政府"),
    )
    assert lines(word_package(tmp_path / "a.docx", body)) == ["机密★10年", "特急", "青山区人民政府"]


def test_tab_stops_deleted_text_and_field_codes_are_no_text(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>正</w:t></w:r>'
        "<w:ins><w:r><w:t>文</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(word_package(tmp_path / "a.docx", body)) == ["正文控件链接"]


def test_notes_stand_after_the_text(tmp_path: Path) -> None:
    note = f"<w:footnote>{paragraph(written('脚注'))}</w:footnote>"
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    path = word_package(
        tmp_path / "a.docx",
        paragraph(written("正文")),
        {
            "word/_rels/document.xml.rels": relations(
                ("footnotes", "footnotes.xml"), ("image", "media/lost.png"), ("header", "lost.xml")
            ),
            "word/footnotes.xml": notes,
        },
    )
    # A lost picture or header costs nothing but itself.
    assert lines(path) == ["正文", "脚注"]


def test_strict_documents(tmp_path: Path) -> None:
    body = paragraph(written("严格"))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    path = word_package(
        tmp_path / "a.docx",
        "",
        {
            "_rels/.rels": relations(("officeDocument", "/word/doc.xml")).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/",
                "http://purl.oclc.org/ooxml/officeDocument/",
            ),
            "word/doc.xml": f'<w:document xmlns:w="{strict}">{body}</w:document>',
        },
    )
    assert lines(path) == ["严格"]


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    assert refusal(word_package(tmp_path / "a.docx", " " * (MAX_PART_BYTES + 1))) == Reason.MEMORY


def test_entities_open_no_files_and_do_not_multiply(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")

    def document(entities: str) -> Path:
        content = (
            f"<!DOCTYPE d [{entities}]>"
            f'<w:document xmlns:w="{W}">{paragraph(written("前&e;后"))}</w:document>'
        )
        return word_package(tmp_path / "a.docx", "", {"word/document.xml": content})

    outside = document(f'<!ENTITY e SYSTEM "file://{secret}">')
    assert "机密内容" not in "".join(lines(outside))
    laughs = '<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9)
    )
    bomb = document(f'{laughs}<!ENTITY e "&e8;">')
    try:
        read = "".join(lines(bomb))
    except ExtractionError as error:
        assert error.reason == Reason.DAMAGED  # noqa: PT017 - refused or not expanded
    else:
        assert len(read) < 1000


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep = "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000
    assert refusal(word_package(tmp_path / "a.docx", deep)) == Reason.DAMAGED


@pytest.mark.parametrize(
    "members",
    [
        {"_rels/.rels": "<Relationships/>"},
        {"_rels/.rels": "no xml"},
        {"_rels/.rels": relations(("officeDocument", "gone.xml"))},
        {"word/document.xml": "<w:document"},
    ],
)
def test_damaged_packages_are_refused(tmp_path: Path, members: dict[str, str]) -> None:
    assert refusal(word_package(tmp_path / "a.docx", "", members)) == Reason.DAMAGED


def test_no_package_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 and nothing else")
    assert refusal(path) == Reason.DAMAGED


def test_a_password_on_the_package(tmp_path: Path) -> None:
    path = documents.docx(tmp_path / "a.docx", ["通知"])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        rels = package.getinfo("_rels/.rels").header_offset
    content[rels + 6] |= 1
    at = content.index(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    assert refusal(path) == Reason.ENCRYPTED


@given(data=st.data())
def test_flipped_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("flip") / "a.docx"
    word_package(path, paragraph(written("通知" * 50)))
    content = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        lines(path)
    except ExtractionError as error:
        assert error.reason in {Reason.DAMAGED, Reason.ENCRYPTED, Reason.MEMORY}  # noqa: PT017
