from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction import kinds
from indexer.extraction.kinds import DAMAGED_STORAGE, media_type_of
from tests.indexer.extraction import documents
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind(tmp_path: Path, content: bytes, name: str = "file") -> str:
    path = tmp_path / "content"
    path.write_bytes(content)
    return media_type_of(path, name)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n\r\n junk %PDF-1.4", "application/pdf"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"\xff\xd8\xff\xe0..JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"II*\0....", "image/tiff"),
        (b"BM\x36\x10\0\0\0\0\0\0\x36\0", "image/bmp"),
        (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
        (b"7z\xbc\xaf\x27\x1c\0", "application/x-7z-compressed"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf  <HTML><body>", "text/html"),
        ("<html><body>通知".encode("utf-16"), "text/html"),
        (b"<?xml version='1.0'?><html xmlns=''>", "text/html"),
        (b"<?xml version='1.0'?><record/>", "application/xml"),
        (b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\ntext", "message/rfc822"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\nFrom: <saved>\n\n",
            "message/rfc822",
        ),
        ("青山区人民政府".encode("gb18030"), "text/plain"),
        ("青山区人民政府".encode(), "text/plain"),
        ("2008-03-15 ABC\n".encode("utf-16-le"), "text/plain"),
        (b"BMW and other cars\n", "text/plain"),
        (b"Date: today\n\nA letter.", "text/plain"),
        (b"", "text/plain"),
        (bytes(range(256)) * 4, "application/octet-stream"),
        (b"\0" * 4096, "application/octet-stream"),
    ],
)
def test_content_tells_the_kind(tmp_path: Path, content: bytes, media_type: str) -> None:
    assert kind(tmp_path, content) == media_type


def test_names_lie_and_are_not_asked(tmp_path: Path) -> None:
    assert kind(tmp_path, b"<html><body>gone</body></html>", "report.pdf") == "text/html"
    assert kind(tmp_path, b"%PDF-1.4", "report.doc") == "application/pdf"
    assert kind(tmp_path, b"plain", "report.docx") == "text/plain"


def test_a_name_breaks_ties_between_kinds_of_text(tmp_path: Path) -> None:
    assert kind(tmp_path, b"see <b>this</b>", "a.htm") == "text/html"
    assert kind(tmp_path, b"see <b>this</b>", "a.txt") == "text/plain"
    assert kind(tmp_path, "姓名,住址".encode("gb18030"), "a.CSV") == "text/csv"
    # Much damage still leaves a text file a text file: its decoder judges it.
    assert kind(tmp_path, bytes(range(256)), "a.txt") == "text/plain"


@pytest.mark.parametrize(
    ("members", "media_type"),
    [
        (("[Content_Types].xml", "word/document.xml"), kinds.DOCX),
        (("[Content_Types].xml", "xl/workbook.xml"), kinds.XLSX),
        (("[Content_Types].xml", "xl/workbook.bin"), kinds.XLSB),
        (("_rels/.rels", "ppt/presentation.xml"), kinds.PPTX),
        (("[Content_Types].xml", "visio/document.xml"), kinds.OFFICE_PACKAGE),
        (("word/1.txt", "xl/2.txt"), "application/zip"),
        (("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (("password/list.txt", "a.txt"), "application/zip"),
    ],
)
def test_packages_are_told_apart_by_their_members(
    tmp_path: Path, members: tuple[str, ...], media_type: str
) -> None:
    path = tmp_path / "package"
    with zipfile.ZipFile(path, "w") as package:
        for member in members:
            package.writestr(member, "x" * 200)
    assert media_type_of(path, "x") == media_type
    # Cut short, it still names the members before the cut.
    content = path.read_bytes()
    assert kind(tmp_path, content[: content.rfind(b"PK\x01\x02")]) == media_type


def test_open_document_names_itself(tmp_path: Path) -> None:
    def package(named: bytes) -> str:
        path = tmp_path / "package"
        with zipfile.ZipFile(path, "w") as odf:
            odf.writestr("mimetype", named)
        return media_type_of(path, "x")

    odt = "application/vnd.oasis.opendocument.text"
    assert package(odt.encode()) == odt
    assert package(b"\xff\0\x1b[2J evil") == "application/zip"


def test_open_document_repacked_names_itself_in_its_manifest(tmp_path: Path) -> None:
    path = tmp_path / "package"
    ods = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as odf:
        odf.writestr("content.xml", "<x/>")
        odf.writestr("META-INF/manifest.xml", f'<m:file-entry m:media-type="{ods}" full-path="/"/>')
    assert media_type_of(path, "x") == ods
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("content.xml", "<x/>")
        other.writestr("META-INF/manifest.xml", "<x/>")
    assert media_type_of(path, "x") == "application/zip"


def test_an_office_package_cut_behind_its_first_part_is_known_by_name(tmp_path: Path) -> None:
    path = tmp_path / "package"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "x" * 200)
        package.writestr("word/document.xml", "x" * 200)
    content = path.read_bytes()[:260]
    assert kind(tmp_path, content, "a.docx") == kinds.DOCX
    assert kind(tmp_path, content, "a.dat") == kinds.OFFICE_PACKAGE


@pytest.mark.parametrize(
    ("stream", "media_type"),
    [
        ("WordDocument", kinds.DOC),
        ("Workbook", kinds.XLS),
        ("WORKBOOK", kinds.XLS),
        ("PowerPoint Document", kinds.PPT),
        ("EncryptedPackage", kinds.ENCRYPTED_OFFICE),
        ("Contents", "application/x-ole-storage"),
    ],
)
def test_storages_are_told_apart_by_their_streams(
    tmp_path: Path, stream: str, media_type: str
) -> None:
    path = storage(tmp_path / "storage", {"Other": b"", stream: b""})
    assert media_type_of(path, "x") == media_type


def test_a_cut_storage_is_told_by_the_names_left_in_it(tmp_path: Path) -> None:
    entry = b"\0\0" + "WordDocument".encode("utf-16-le") + b"\0\0"
    assert kind(tmp_path, OLE + b"\0" * 600 + entry) == "application/msword"
    assert kind(tmp_path, OLE + b"\0" * 600) == DAMAGED_STORAGE


def test_real_documents(tmp_path: Path) -> None:
    assert media_type_of(documents.docx(tmp_path / "a", ["通知"]), "a") == kinds.DOCX
    assert media_type_of(documents.pdf(tmp_path / "b", [["通知"]]), "b") == kinds.PDF


@given(
    start=st.sampled_from([b"", b"PK\x03\x04", OLE, b"%PDF-", b"<", b"\xff\xfe", b"RIFF", b"BM"]),
    rest=st.binary(max_size=600),
)
def test_any_bytes_have_a_kind(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("kinds") / "content"
    path.write_bytes(start + rest)
    family, _, name = media_type_of(path, "x").partition("/")
    assert family
    assert name
