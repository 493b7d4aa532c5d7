"""Small files that stand for endless work: each ends in its reason, within the limits.

Every bomb goes through a real extraction process with less memory and time than usual.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import socket
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Reason
from indexer.extraction.page_text import MAX_PAGES
from indexer.extraction.pool import ExtractionPool
from indexer.records import FileHash
from indexer.settings import IndexerSettings
from indexer.storage.text_store import FolderTextStore
from tests.indexer.extraction import (
    documents,
    test_doc,
    test_ofd,
    test_open_document,
    test_ppt,
    test_pptx,
    test_xlsx,
)
from tests.indexer.extraction.documents import paragraph, relations, word_package, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY_MB = 1024
TIMEOUT_S = 20.0
MIB = 1 << 20


@dataclass
class Range:
    """Where bombs go off."""

    folder: Path
    pool: ExtractionPool

    def ends(self, path: Path) -> Outcome:
        digest = FileHash(hashlib.sha256(str(path).encode()).hexdigest())
        ((_, outcome),) = self.pool.run(
            [ExtractionJob(path=path, file_hash=digest, name=path.name)]
        )
        return outcome

    def text(self, path: Path) -> str:
        outcome = self.ends(path)
        assert isinstance(outcome, Extracted), outcome
        digest = FileHash(hashlib.sha256(str(path).encode()).hexdigest())
        pages = FolderTextStore(self.folder / "texts").pages(digest, outcome.extractor)
        return "\n".join(pages)

    def reason(self, path: Path) -> Reason:
        outcome = self.ends(path)
        assert isinstance(outcome, Failed), outcome
        return outcome.reason


@pytest.fixture(scope="module")
def bombs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    folder = tmp_path_factory.mktemp("range")
    settings = IndexerSettings(
        data=folder,
        database_url="",
        processes=1,
        extraction_timeout_s=TIMEOUT_S,
        extraction_memory_mb=MEMORY_MB,
    )
    with ExtractionPool(settings, folder / "texts") as pool:
        yield Range(folder, pool)


@pytest.fixture(autouse=True)
def _within_its_memory(bombs: Range) -> Iterator[None]:
    yield
    # The process that read the bomb, where it still lives; the kernel counts the most it had.
    for process in bombs.pool._processes:
        status = Path(f"/proc/{process._program.pid}/status").read_text()
        peak_kb = int(status.partition("VmHWM:")[2].split()[0])
        assert peak_kb < MEMORY_MB << 10


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


# Packages


def test_a_part_that_unpacks_to_gigabytes(bombs: Range, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", relations(("officeDocument", "word/document.xml")))
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b" " * MIB)
    assert bombs.reason(path) is Reason.MEMORY


def test_a_part_that_lies_about_its_size(bombs: Range, tmp_path: Path) -> None:
    body = paragraph(written("通知")) * 200_000
    path = word_package(tmp_path / "a.docx", body)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("word/document.xml").file_size
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 900)))
    assert bombs.reason(path) is Reason.DAMAGED


def test_one_part_that_is_named_again_and_again(bombs: Range, tmp_path: Path) -> None:
    # As 42.zip without archives in it: the directory names one stretch of bytes many times.
    text = paragraph(written("通知" * 100)) * 30_000
    header = f'<w:hdr xmlns:w="{documents.W}">{text}</w:hdr>'
    names = [f"h{number}.xml" for number in range(300)]
    path = word_package(
        tmp_path / "a.docx",
        "",
        {
            "word/_rels/document.xml.rels": relations(*(("header", name) for name in names)),
            "word/h0.xml": header,
        },
    )
    with zipfile.ZipFile(path, "a") as package:
        first = package.getinfo("word/h0.xml")
        for name in names[1:]:
            copy = zipfile.ZipInfo(f"word/{name}")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, field, getattr(first, field))
            # Of one length with the first, so that the local header fits.
            copy.filename = "word/h0.xml" if name == "h0.xml" else copy.filename
            package.filelist.append(copy)
        package._didModify = True  # type: ignore[attr-defined]
    assert bombs.reason(path) in {Reason.MEMORY, Reason.DAMAGED}


def test_a_package_of_a_million_names(bombs: Range, tmp_path: Path) -> None:
    name = b"x"
    fields = (0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    entry = struct.pack("<IHHHHHHIIIHHHHHII", *fields)
    count = 60_000
    directory = (entry + name) * count
    # The old end of the directory counts in sixteen bits; readers go by its length.
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFE, 0xFFFE, len(directory), 4, 0)
    (tmp_path / "a.zip").write_bytes(b"PK\3\4" + directory + end)
    assert bombs.reason(tmp_path / "a.zip") in {Reason.UNSUPPORTED, Reason.MEMORY, Reason.DAMAGED}


def test_text_packed_in_gzip_is_not_unpacked(bombs: Range, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(64 * MIB)))
    assert bombs.reason(tmp_path / "a.gz") is Reason.UNSUPPORTED


# XML


def entities(levels: int, width: int) -> str:
    names = [f"&a{level};" for level in range(levels)]
    lines = [f'<!ENTITY a{level} "{name * width}">' for level, name in enumerate(names, start=1)]
    return f"<!DOCTYPE x [<!ENTITY a0 '低保'>{''.join(lines)}]>"


def with_entity(declared: str, used: str) -> dict[str, Callable[[Path], Path]]:
    """A package of every kind of XML whose text is one entity."""

    def docx(path: Path) -> Path:
        part = f'{declared}<w:document xmlns:w="{documents.W}"><w:body>{paragraph(written(used))}'
        return word_package(
            path / "a.docx", "", {"word/document.xml": f"{part}</w:body></w:document>"}
        )

    def xlsx(path: Path) -> Path:
        sheet = (
            f"{declared}<worksheet {test_xlsx.OFFICE}><sheetData><row>"
            f'<c t="inlineStr"><is><t>{used}</t></is></c></row></sheetData></worksheet>'
        )
        made = test_xlsx.workbook_package(path / "a.xlsx", "")
        return replaced(made, "xl/sheet.xml", sheet)

    def pptx(path: Path) -> Path:
        slide = test_pptx.slide(test_pptx.shape(used))
        return test_pptx.presentation(path / "a.pptx", [declared + slide])

    def odt(path: Path) -> Path:
        made = test_open_document.document(path / "a.odt", f"<text:p>{used}</text:p>")
        with zipfile.ZipFile(made, "a") as package:
            content = declared + package.read("content.xml").decode()
            package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        return replaced(made, "content.xml", content)

    def ofd(path: Path) -> Path:
        page = test_ofd.page_of(test_ofd.text_object(used, 20, 20))
        return test_ofd.ofd(path, page.replace("?>", f"?>{declared}", 1))

    return {"docx": docx, "xlsx": xlsx, "pptx": pptx, "odt": odt, "ofd": ofd}


def replaced(path: Path, name: str, content: str) -> Path:
    """A package with another content of the member whose name has this in it."""
    with zipfile.ZipFile(path) as package:
        members = {each: package.read(each) for each in package.namelist()}
    found = [each for each in members if name in each and not each.endswith(".rels")]
    assert found, list(members)
    return zipped(path, {**members, found[0]: content.encode()})


KINDS = ("docx", "xlsx", "pptx", "odt", "ofd")
HARMLESS = (Reason.DAMAGED, Reason.EMPTY, Reason.MEMORY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_billion_laughs(bombs: Range, tmp_path: Path, kind: str) -> None:
    outcome = bombs.ends(with_entity(entities(12, 10), "&a12;")[kind](tmp_path))
    assert not isinstance(outcome, Failed) or outcome.reason in HARMLESS, outcome


@pytest.mark.parametrize("kind", KINDS)
def test_entities_that_grow_with_the_square(bombs: Range, tmp_path: Path, kind: str) -> None:
    declared = f'<!DOCTYPE x [<!ENTITY a "{"低" * 60_000}">]>'
    outcome = bombs.ends(with_entity(declared, "&a;" * 60_000)[kind](tmp_path))
    assert not isinstance(outcome, Failed) or outcome.reason in HARMLESS, outcome


@pytest.mark.parametrize("kind", KINDS)
def test_entities_outside_are_not_fetched(bombs: Range, tmp_path: Path, kind: str) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("金丝雀")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        for number, place in enumerate((canary.as_uri(), f"http://127.0.0.1:{port}/x")):
            folder = tmp_path / str(number)
            folder.mkdir()
            declared = (
                f'<!DOCTYPE x SYSTEM "{place}" [<!ENTITY a SYSTEM "{place}">'
                f'<!ENTITY % b SYSTEM "{place}"> %b;]>'
            )
            path = with_entity(declared, "前&a;后")[kind](folder)
            outcome = bombs.ends(path)
            if isinstance(outcome, Extracted):
                assert "金丝雀" not in bombs.text(path)
            else:
                assert isinstance(outcome, Failed)
                assert outcome.reason in HARMLESS
        with pytest.raises(BlockingIOError):
            server.accept()


def test_tables_within_tables(bombs: Range, tmp_path: Path) -> None:
    depth = 20_000
    inner = (
        "<w:tbl><w:tr><w:tc>" * depth + paragraph(written("深")) + "</w:tc></w:tr></w:tbl>" * depth
    )
    assert bombs.reason(word_package(tmp_path / "a.docx", inner)) is Reason.DAMAGED


# Tables


def test_a_row_of_a_million_cells(bombs: Range, tmp_path: Path) -> None:
    row = "<row>" + "<c><v>0</v></c>" * 1_000_000 + "</row>"
    assert bombs.reason(test_xlsx.workbook_package(tmp_path / "a.xlsx", row)) is Reason.MEMORY


def test_a_string_that_stands_in_many_cells(bombs: Range, tmp_path: Path) -> None:
    strings = f"<sst {test_xlsx.OFFICE}><si><t>{'低' * 30_000}</t></si></sst>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 16_000 + "</row>"
    path = test_xlsx.workbook_package(tmp_path / "a.xlsx", row, {"xl/strings.xml": strings})
    assert bombs.reason(path) is Reason.MEMORY


def test_cells_that_are_repeated_a_million_times(bombs: Range, tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="1000000"><text:p>低保</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    path = test_open_document.document(tmp_path / "a.ods", f"<table:table>{row}</table:table>")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert bombs.text(path) == "低保"


def test_a_table_of_a_million_columns(bombs: Range, tmp_path: Path) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow(["低保"] * 1_000_000)
    (tmp_path / "a.csv").write_text(stream.getvalue(), "utf-8")
    assert bombs.text(tmp_path / "a.csv").count("低保") == 1_000_000


def test_a_million_sheets(bombs: Range, tmp_path: Path) -> None:
    sheets = "<table:table/>" * (MAX_PAGES + 10)
    path = test_open_document.document(tmp_path / "a.ods", sheets)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert bombs.reason(path) is Reason.MEMORY


# Slides and pages


def test_a_slide_that_is_named_a_million_times(bombs: Range, tmp_path: Path) -> None:
    slide = test_pptx.slide(test_pptx.shape("低保" * 1000))
    path = test_pptx.presentation(tmp_path / "a.pptx", [slide])
    keys = '<p:sldId r:id="r0"/>' * 1_000_000
    many = f"<p:presentation {test_pptx.NAMES}>{keys}</p:presentation>"
    assert bombs.reason(replaced(path, "ppt/presentation.xml", many)) is Reason.MEMORY
    twice = f"<p:presentation {test_pptx.NAMES}>{keys[:20000]}</p:presentation>"
    assert bombs.text(replaced(path, "ppt/presentation.xml", twice)).count("低保") == 1000


def test_an_old_slide_that_is_named_a_hundred_thousand_times(bombs: Range, tmp_path: Path) -> None:
    made = test_ppt.Presentation()
    made.put(2, test_ppt.holding(0x03EE, test_ppt.box("低保" * 20_000)))
    made.put(1, test_ppt.document(*[test_ppt.persist(2, 256)] * 100_000))
    made.save()
    assert bombs.text(made.at(tmp_path)).count("低保") == 20_000


def test_composed_objects_that_hold_each_other(bombs: Range, tmp_path: Path) -> None:
    uses = "".join(f'<ofd:CompositeObject ResourceID="{number}"/>' for number in range(8))
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{uses}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for number in range(8)
    )
    path = test_ofd.ofd(
        tmp_path,
        test_ofd.page_of(uses),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        Res=test_ofd.xml("Res", units),
    )
    assert bombs.reason(path) is Reason.MEMORY


def test_an_ofd_of_a_million_pages(bombs: Range, tmp_path: Path) -> None:
    path = test_ofd.ofd(tmp_path, test_ofd.page_of(test_ofd.text_object("低保", 20, 20)))
    pages = '<ofd:Page ID="1" BaseLoc="Pages/0.xml"/>' * 1_000_000
    many = test_ofd.xml("Document", f"<ofd:Pages>{pages}</ofd:Pages>")
    assert bombs.reason(replaced(path, "Document.xml", many)) is Reason.MEMORY


def test_a_page_list_that_holds_itself(bombs: Range, tmp_path: Path) -> None:
    path = test_ofd.ofd(tmp_path, test_ofd.page_of(test_ofd.text_object("低保", 20, 20)))
    loop = test_ofd.xml("OFD", test_ofd.ROOT.replace("Document.xml", "../OFD.xml") * 3)
    assert bombs.reason(replaced(path, "OFD.xml", loop)) is Reason.DAMAGED


def test_text_of_a_million_pages(bombs: Range, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("页\f" * 1_000_000, "utf-8")
    assert bombs.reason(tmp_path / "a.txt") is Reason.MEMORY


# PDF


def pdf_of(path: Path, *objects: str | bytes, more: str = "") -> Path:
    parts = [each if isinstance(each, bytes) else each.encode("latin-1") for each in objects]
    end = f"trailer<</Root 1 0 R{more}>>\n%%EOF\n".encode()
    path.write_bytes(b"%PDF-1.5\n" + b"\n".join(parts) + b"\n" + end)
    return path


CATALOG = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"
FONTS = f"/Resources<</Font<</F {documents.HELVETICA}>>>>/MediaBox[0 0 595 842]"


def page(number: int, content: int) -> str:
    return f"{number} 0 obj<</Type/Page/Parent 2 0 R{FONTS}/Contents {content} 0 R>>endobj"


def stream(number: int, content: bytes, more: str = "") -> bytes:
    head = f"{number} 0 obj<</Length {len(content)}{more}>>stream\n".encode()
    return head + content + b"\nendstream\nendobj"


SHOWN = b"BT /F 12 Tf 70 700 Td (a sound page) Tj ET"


def test_a_pdf_of_thirty_thousand_pages(bombs: Range, tmp_path: Path) -> None:
    count = MAX_PAGES + 10_000
    kids = " ".join(f"{10 + number} 0 R" for number in range(count))
    pages = [page(10 + number, 3) for number in range(count)]
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj",
        stream(3, SHOWN),
        *pages,
    )
    assert bombs.reason(path) is Reason.MEMORY


def test_a_pdf_that_says_it_has_a_billion_pages_is_read(bombs: Range, tmp_path: Path) -> None:
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        "2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1000000000>>endobj",
        stream(3, SHOWN),
        page(10, 3),
    )
    assert "a sound page" in bombs.text(path)


def test_one_page_that_is_listed_a_million_times(bombs: Range, tmp_path: Path) -> None:
    kids = "10 0 R " * 1_000_000
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count 1000000>>endobj",
        stream(3, SHOWN),
        page(10, 3),
    )
    assert bombs.reason(path) is Reason.MEMORY


@pytest.mark.parametrize("kids", ["2 0 R", "2 0 R 2 0 R", "10 0 R 2 0 R"])
def test_pages_that_hold_themselves(bombs: Range, tmp_path: Path, kids: str) -> None:
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count 3/Parent 2 0 R>>endobj",
        stream(3, SHOWN),
        page(10, 3),
    )
    outcome = bombs.ends(path)
    assert isinstance(outcome, Extracted) or (
        isinstance(outcome, Failed) and outcome.reason is Reason.DAMAGED
    )


@pytest.mark.parametrize("layers", [1, 2])
def test_a_content_that_unpacks_to_gigabytes(bombs: Range, tmp_path: Path, layers: int) -> None:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * MIB) for _ in range(1200)) + packer.flush()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = "/FlateDecode" * layers
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        "2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj",
        stream(3, content, f"/Filter[{filters}]"),
        page(10, 3),
    )
    outcome = bombs.ends(path)
    assert isinstance(outcome, Failed), outcome
    assert outcome.reason in {Reason.MEMORY, Reason.TIMEOUT, Reason.EMPTY, Reason.DAMAGED}


def test_tables_of_places_that_name_each_other(bombs: Range, tmp_path: Path) -> None:
    body = b"%PDF-1.4\n" + f"{CATALOG}\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n".encode()
    place = len(body)
    table = f"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3/Prev {place}>>\n"
    path = tmp_path / "a.pdf"
    path.write_bytes(body + table.encode() + f"startxref\n{place}\n%%EOF\n".encode())
    assert bombs.reason(path) in {Reason.DAMAGED, Reason.EMPTY}


def test_objects_that_lie_in_each_other(bombs: Range, tmp_path: Path) -> None:
    path = pdf_of(
        tmp_path / "a.pdf",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        stream(5, b"2 0 6 0 <</Type/Pages>>", "/Type/ObjStm/N 2/First 8/Extends 6 0 R"),
        stream(6, b"2 0 5 0 <</Type/Pages>>", "/Type/ObjStm/N 2/First 8/Extends 5 0 R"),
    )
    assert bombs.reason(path) in {Reason.DAMAGED, Reason.EMPTY}


def test_forms_that_draw_themselves(bombs: Range, tmp_path: Path) -> None:
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    resources = "/Resources<</XObject<</X 4 0 R>>>>/MediaBox[0 0 595 842]"
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        "2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj",
        f"10 0 obj<</Type/Page/Parent 2 0 R{resources}/Contents 3 0 R>>endobj",
        stream(3, b"/X Do /X Do"),
        stream(4, b"/X Do /X Do", form),
    )
    assert bombs.reason(path) in {Reason.DAMAGED, Reason.EMPTY, Reason.TIMEOUT, Reason.MEMORY}


def test_a_map_of_characters_without_end(bombs: Range, tmp_path: Path) -> None:
    ranges = b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange\n" * 100
    to_unicode = b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\n" * 500
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/ToUnicode 7 0 R/DescendantFonts[<<"
        "/Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)"
        "/Supplement 0>>/W[0 2000000000 500]/FontDescriptor<</Type/FontDescriptor/FontName/X>>>>]>>"
    )
    path = pdf_of(
        tmp_path / "a.pdf",
        CATALOG,
        "2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj",
        page(10, 3).replace(documents.HELVETICA, font),
        stream(3, b"BT /F 12 Tf 70 700 Td <00010002> Tj ET"),
        stream(6, ranges),
        stream(7, to_unicode),
    )
    outcome = bombs.ends(path)
    assert not isinstance(outcome, Failed) or outcome.reason is not Reason.INTERNAL


# Markup, mail, old formats


def test_groups_nested_without_end(bombs: Range, tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1" + b"{" * 1_000_000 + b"deep")
    assert bombs.reason(tmp_path / "a.rtf") is Reason.DAMAGED


def test_mails_nested_without_end(bombs: Range, tmp_path: Path) -> None:
    head = b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    (tmp_path / "a.eml").write_bytes(head * 5000 + b"text")
    assert bombs.reason(tmp_path / "a.eml") is Reason.DAMAGED


def test_parts_of_mails_nested_without_end(bombs: Range, tmp_path: Path) -> None:
    parts = "From: a@b\nTo: c@d\nMIME-Version: 1.0\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'
        for number in range(3000)
    )
    (tmp_path / "a.eml").write_text(parts)
    assert bombs.reason(tmp_path / "a.eml") is Reason.DAMAGED


def test_headers_without_end(bombs: Range, tmp_path: Path) -> None:
    long = "To: " + "a (((" * 200_000 + "\n"
    (tmp_path / "a.eml").write_text(f"From: a@b\nSubject: 通知\nDate: x\n{long}\n正文\n", "utf-8")
    assert "正文" in bombs.text(tmp_path / "a.eml")


def test_hidden_stretches_of_a_long_document(bombs: Range, tmp_path: Path) -> None:
    hidden = struct.pack("<HB", 0x083C, 1)
    formats = [(place, place + 1, hidden) for place in range(0, 60, 2)]
    path = test_doc.document(tmp_path / "a.doc", "低保" * 100_000, formats=formats)
    assert bombs.text(path).count("低") > 99_000


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\u3000",
        "　\n",
        "(",
        "（",
        "〔2008〕",
        "第1号",
        "国务院\u3000",
        "令",
        "机 ",
        "秘 ",
        "1",
        "根据",
    ],
)
def test_runs_that_try_the_patience_of_patterns(bombs: Range, tmp_path: Path, unit: str) -> None:
    (tmp_path / "a.txt").write_text("通知\n" + unit * (300_000 // len(unit)) + "!\n", "utf-8")
    assert bombs.text(tmp_path / "a.txt").startswith("通知")
