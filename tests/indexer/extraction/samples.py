"""A sound file of every kind that is read, with some of everything that its kind can hold."""

from __future__ import annotations

import struct
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from docx import Document
from PIL import Image
from pillow_heif import register_heif_opener

from indexer.extraction import kinds
from tests.indexer.extraction import (
    documents,
    test_doc,
    test_msg,
    test_ofd,
    test_open_document,
    test_ppt,
    test_pptx,
    test_xls,
    test_xlsx,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

register_heif_opener()  # the tests' own, which writes, too

LINES: Final = [
    "青山区人民政府关于低保的通知",
    "青政发〔2008〕15号",
    "各街道办事处：",
    "2008年3月15日",
]
PAGE: Final = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title><style>p{}</style></head>'
    '<body><nav class="menu"><a href="/">首页</a></nav><article><h1>关于低保的通知</h1>'
    '<p style="display:none">藏</p><table><tr><td>一</td><td>二</td></tr></table><pre>a\nb</pre>'
    "<ul><li>一<ul><li>二</li></ul></li></ul></article></body></html>"
)
RTF: Final = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}"
    rb"{\header \'b7\'a2\'ce\'c4}{\*\generator x;}\pard\uc2 \u20013\'d6\'d0 notice\par"
    rb"{\pict\wmetafile8 0001}\trowd\cellx100 a\cell b\cell\row {\footnote \chftn note}\bin3 abc}"
)


def _pdf(path: Path) -> None:
    documents.pdf(path, [LINES, ["第二页"], []])


def _docx(path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "青山区文件"
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "低保"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "表中表"
    document.save(str(path))


def _xlsx(path: Path) -> None:
    test_xlsx.catalogue(path)


def _xls(path: Path) -> None:
    cells = b"".join(test_xls.text(row, 0, line) for row, line in enumerate(LINES))
    test_xls.workbook(path, {"目录": cells + test_xls.number(4, 1, 39522, 1), "Sheet2": b""})


def _xlsb(path: Path) -> None:
    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(content)]) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("r0") + wide("目录"))
    )
    cells = b"".join(
        record(0, struct.pack("<IIHBBI", row, 0, 300, 0, 0, 0)) + record(6, bytes(8) + wide(line))
        for row, line in enumerate(LINES)
    )
    extent = record(148, struct.pack("<IIII", 0, 3, 0, 0))
    sheet = record(129) + extent + record(145) + cells + record(146) + record(130)
    _package(
        path,
        {
            "_rels/.rels": documents.relations(("officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": documents.relations(
                ("worksheet", "worksheets/sheet1.bin")
            ),
            "xl/workbook.bin": book + record(144) + record(132),
            "xl/worksheets/sheet1.bin": sheet,
        },
    )


def _pptx(path: Path) -> None:
    test_pptx.presentation(path, [test_pptx.slide(test_pptx.shape(*LINES)) for _ in range(2)])


def _ppt(path: Path) -> None:
    test_ppt.two_slides().at(path.parent).rename(path)


def _doc(path: Path) -> None:
    test_doc.document(path, "\r".join(LINES) + "\r", notes="\x02注\r", comments="\x05见\r")


def _odt(path: Path) -> None:
    body = "".join(f"<text:p>{line}<text:s text:c='3'/></text:p>" for line in LINES)
    _typed(path, kinds.ODT, body, styles=test_open_document.MASTER)


def _ods(path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="3"><text:p>低保</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="9">{cell}</table:table-row>'
    _typed(path, kinds.ODS, f'<table:table table:name="目录">{row}</table:table>')


def _odp(path: Path) -> None:
    slide = "<draw:page><draw:frame><text:p>低保</text:p></draw:frame></draw:page>"
    _typed(path, kinds.ODP, slide * 2)


def _typed(path: Path, kind: str, body: str, **others: str) -> None:
    test_open_document.document(path, body, **others)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("mimetype", kind)


def _package(path: Path, members: Mapping[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)


def _ofd(path: Path) -> None:
    objects = "".join(
        test_ofd.text_object(line, 20, 20 + 10 * row, at='X="0" Y="4" DeltaX="g 9 4"')
        for row, line in enumerate(LINES)
    )
    made = test_ofd.ofd(path.parent, test_ofd.page_of(objects), test_ofd.page_of(objects))
    made.rename(path)


def _mail(path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = LINES[0]
    letter["From"] = "王 <wang@example.cn>"
    letter["To"] = "li@example.cn"
    letter.set_content("\n".join(LINES))
    letter.add_alternative(PAGE, subtype="html")
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="附件.pdf")
    inner = EmailMessage()
    inner["Subject"] = "转发"
    inner.set_content("正文", charset="gb18030", cte="base64")
    letter.add_attachment(inner)
    path.write_bytes(bytes(letter))


def _msg(path: Path) -> None:
    attached = "__attach_version1.0_#00000000"
    streams = {
        **test_msg.unicode(k0037=LINES[0], k0C1A="王", k0E04="李", k1000="\r\n".join(LINES)),
        "__substg1.0_10130102": PAGE.encode(),
        f"{attached}/__substg1.0_3707001F": "预算表.xlsx".encode("utf-16-le"),
    }
    test_msg.msg(path.parent, streams).rename(path)


def _picture(image_format: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        pages = [Image.effect_noise((120, 160), 60 + number) for number in range(3)]
        if image_format == "TIFF":
            pages[0].save(path, image_format, save_all=True, append_images=pages[1:])
        else:
            pages[0].convert("RGB").save(path, image_format)

    return write


_PICTURES: Final = {
    "image/jpeg": ("jpg", "JPEG"),
    "image/heic": ("heic", "HEIF"),
    "image/jp2": ("jp2", "JPEG2000"),
    "image/bmp": ("bmp", "BMP"),
    "image/gif": ("gif", "GIF"),
    "image/tiff": ("tif", "TIFF"),
    "image/png": ("png", "PNG"),
    "image/webp": ("webp", "WEBP"),
}

SAMPLES: Final[Mapping[str, tuple[str, Callable[[Path], object]]]] = {
    kinds.PDF: ("pdf", _pdf),
    kinds.DOCX: ("docx", _docx),
    kinds.XLSX: ("xlsx", _xlsx),
    kinds.XLSB: ("xlsb", _xlsb),
    kinds.XLS: ("xls", _xls),
    kinds.PPTX: ("pptx", _pptx),
    kinds.PPT: ("ppt", _ppt),
    kinds.DOC: ("doc", _doc),
    kinds.ODT: ("odt", _odt),
    kinds.ODS: ("ods", _ods),
    kinds.ODP: ("odp", _odp),
    kinds.OFD: ("ofd", _ofd),
    kinds.MAIL: ("eml", _mail),
    kinds.MSG: ("msg", _msg),
    kinds.RTF: ("rtf", lambda path: path.write_bytes(RTF)),
    kinds.HTML: ("html", lambda path: path.write_text(PAGE, "utf-8")),
    kinds.TEXT: ("txt", lambda path: path.write_bytes("\n".join(LINES).encode("gb18030"))),
    **{kind: (suffix, _picture(name)) for kind, (suffix, name) in _PICTURES.items()},
    kinds.CSV: ("csv", lambda path: path.write_text('题名,"日期\n一"\n低保,2008\n', "utf-8")),
}
"""By media type: the usual ending of the name, and what writes the file."""


def sample(folder: Path, media_type: str) -> Path:
    """A sound file of a kind, in a folder of its own."""
    suffix, write = SAMPLES[media_type]
    path = folder / f"sample.{suffix}"
    write(path)
    return path
