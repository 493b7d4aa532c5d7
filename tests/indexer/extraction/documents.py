"""Files of every kind, made by the libraries that make them in offices."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from indexer.extraction import PicturePage
from indexer.extraction.pdf import PdfExtractor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

A4 = (595, 842)
FONT = "STSong-Light"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def pdf(path: Path, pages: Iterable[Iterable[str]], password: str | None = None) -> Path:
    """One page per list of lines; Latin text only in one with a password."""
    encryption = None if password is None else StandardEncryption(password, ownerPassword="owner")
    canvas = chinese_canvas(path, encrypt=encryption)
    # reportlab leaves the names of Chinese fonts unencrypted, so that nobody finds them.
    font = FONT if encryption is None else "Helvetica"
    for lines in pages:
        canvas.setFont(font, 12)
        for number, line in enumerate(lines):
            canvas.drawString(70, 780 - number * 20, line)
        canvas.showPage()
    canvas.save()
    return path


def drawn_pdf(path: Path, draw: Callable[[Canvas], None]) -> Path:
    canvas = chinese_canvas(path)
    draw(canvas)
    canvas.save()
    return path


def chinese_canvas(path: Path, encrypt: StandardEncryption | None = None) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=A4, encrypt=encrypt)
    canvas.setFont(FONT, 12)
    return canvas


HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
UNMAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X>>>>]>>"
)
"""A font whose glyphs nobody has given characters."""

BROKEN = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H>>"
"""A font that lacks what it is made of."""


def chinese_font(cmap: str) -> str:
    """A font of Chinese glyphs that are named through a predefined character map."""
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{cmap}/DescendantFonts[<</Type"
        "/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light"
        "/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/StemV 93"
        "/CapHeight 880>>>>]>>"
    )


def raw_pdf(path: Path, *pages: tuple[str, str]) -> Path:
    """One page per pair of font and shown string, both in the syntax of PDF."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
    ]
    for number, (font, shown) in enumerate(pages):
        content = f"BT /F 12 Tf 70 700 Td {shown} Tj ET"
        objects.append(
            f"{10 + 2 * number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F {font}>>>>/Contents {11 + 2 * number} 0 R>>endobj"
        )
        objects.append(
            f"{11 + 2 * number} 0 obj<</Length {len(content)}>>stream\n{content}\nendstream\nendobj"
        )
    path.write_text("%PDF-1.4\n" + "\n".join(objects) + "\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    return path


def docx(path: Path, paragraphs: Iterable[str]) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def word_package(path: Path, body: str, extra: Mapping[str, str | bytes] | None = None) -> Path:
    """A package with this XML inside ``w:body``, and other members."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def relations(*targets: tuple[str, str]) -> str:
    nodes = "".join(
        f'<Relationship Id="r{number}" Type="{REL}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE_REL}">{nodes}</Relationships>'


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r>{run}</w:r>" for run in runs) + "</w:p>"


def written(text: str) -> str:
    return f"<w:t>{text}</w:t>"


def image() -> io.BytesIO:
    """A small scan-like picture, as PNG bytes that reportlab embeds."""
    from PIL import Image  # noqa: PLC0415 - reportlab brings it along

    stream = io.BytesIO()
    Image.new("L", (200, 280), 200).save(stream, "PNG")
    stream.seek(0)
    return stream


def pages_of(path: Path) -> list[str]:
    """The text of each page of a PDF; of a picture what can be read without recognition."""
    pages = PdfExtractor().pages(path)
    return [page.text if isinstance(page, PicturePage) else page for page in pages]
