from __future__ import annotations

import ctypes
import zipfile
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from indexer.containers.budget import Budget, Limits, Workplace
from indexer.containers.document_attachments import read_ofd, read_pdf
from indexer.errors import ExtractionError
from tests.indexer.containers.archives import content_of, names
from tests.indexer.extraction.documents import pdf
from tests.indexer.extraction.test_ofd import ofd, page_of, text_object, xml

if TYPE_CHECKING:
    from pathlib import Path


def workplace(tmp_path: Path) -> Workplace:
    folder = tmp_path / "inner"
    folder.mkdir()
    return Workplace(folder, Budget(Limits(), 1))


def with_attachments(path: Path, *attached: tuple[str, bytes]) -> Path:
    plain = pdf(path.with_name("plain.pdf"), [["正文"]])
    document = pypdfium2.PdfDocument(plain)
    for name, content in attached:
        attachment = document.new_attachment(name)
        attachment.set_data((ctypes.c_ubyte * len(content))(*content))
    document.save(path)
    document.close()
    return path


def test_files_in_a_pdf_come_out_under_their_names(tmp_path: Path) -> None:
    path = with_attachments(tmp_path / "a.pdf", ("预算表.xlsx", b"A" * 300), ("乙.txt", b"B"))
    found = read_pdf(path, workplace(tmp_path))
    assert dict(zip(names(found), (content_of(found, n) for n in (0, 1)), strict=True)) == {
        "预算表.xlsx": b"A" * 300,
        "乙.txt": b"B",
    }


def test_a_pdf_that_holds_nothing_gives_nothing_and_a_damaged_one_a_reason(tmp_path: Path) -> None:
    place = workplace(tmp_path)
    assert read_pdf(pdf(tmp_path / "a.pdf", [["正文"]]), place).members == ()
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7 x")
    with pytest.raises(ExtractionError):
        read_pdf(broken, place)


def test_files_attached_to_an_ofd_come_out_under_the_names_it_gives_them(tmp_path: Path) -> None:
    path = ofd(
        tmp_path,
        page_of(text_object("正文", 10, 10)),
        more="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
    )
    listed = xml(
        "Attachments",
        '<ofd:Attachment ID="1" Name="预算表" Format="xlsx">'
        "<ofd:FileLoc>res/1.bin</ofd:FileLoc></ofd:Attachment>"
        '<ofd:Attachment ID="2" Name="隐.doc" Visible="false">'
        "<ofd:FileLoc>res/1.bin</ofd:FileLoc></ofd:Attachment>"
        '<ofd:Attachment ID="3" Name="没有.doc">'
        "<ofd:FileLoc>res/9.bin</ofd:FileLoc></ofd:Attachment>",
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("Doc_0/Attachs/Attachments.xml", listed)
        package.writestr("Doc_0/Attachs/res/1.bin", b"A" * 300)
    found = read_ofd(path, workplace(tmp_path))
    assert names(found) == ["预算表.xlsx"]
    assert content_of(found) == b"A" * 300
