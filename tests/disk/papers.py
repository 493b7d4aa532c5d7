"""One official paper in every kind of file that offices have kept."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

from tests.indexer.extraction import test_ofd as ofd_parts
from tests.indexer.extraction import test_pptx as pptx_parts
from tests.indexer.extraction.documents import paragraph, pdf, word_package, written
from tests.indexer.extraction.test_open_document import NAMES
from tests.indexer.extraction.test_open_document import document as open_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MATTERS: Final = (
    "冬季供暖", "防汛抗旱", "低保复核", "危房改造", "道路养护", "义务植树", "学前教育", "市场整顿",
    "土地确权", "退耕还林", "村务公开", "食品安全", "消防检查", "档案移交", "人口普查", "水费征收",
)  # fmt: skip
_PLACES: Final = (
    "东河", "西滩", "南圐圙", "北梁", "沙尔沁", "哈林格尔", "兴胜", "青福", "万水泉", "昆都仑召",
    "麻池", "古城湾", "河东", "后营子", "共青", "国庆",
)  # fmt: skip
_KINDS: Final = ("通知", "请示", "批复", "报告", "意见", "函")
FONT_FILE: Final = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that says something no other paper says.

    Attributes:
        number: Of its kind in the disk; its word stands in no other paper.
        year: Of its date.
    """

    number: int
    year: int

    @property
    def title(self) -> str:
        """关于…的通知."""
        matter = _MATTERS[self.number % len(_MATTERS)]
        place = _PLACES[self.number // len(_MATTERS) % len(_PLACES)]
        return f"关于{place}{matter}第{self.number}号事项的{self.kind}"

    @property
    def kind(self) -> str:
        """文种."""
        return _KINDS[self.number % len(_KINDS)]

    @property
    def document_number(self) -> str:
        """发文字号."""
        return f"栖政办发〔{self.year}〕{self.number}号"

    @property
    def word(self) -> str:
        """A run that no other paper has."""
        return f"qx{self.number:05d}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands on it."""
        chance = random.Random(self.number)
        streets = "、".join(chance.sample(_PLACES, 5))
        sums = [chance.randint(100, 99_999) for _ in range(4)]
        return (
            self.document_number,
            self.title,
            "各街道办事处、各有关部门：",
            f"经研究，{streets}等处分别安排资金{sums[0]}元、{sums[1]}元，",
            f"核定户数{sums[2]}户，受理编号{self.word}，受益{sums[3]}人。",
            f"望遵照执行，办理结果于{chance.randint(1, 12)}月底前报来。",
            "栖川市临岚区人民政府办公室",
            f"{self.year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        )


def as_text(encoding: str) -> Callable[[Path, Paper], None]:
    """A writer of plain text in an encoding."""

    def write(path: Path, paper: Paper) -> None:
        path.write_bytes("\r\n".join(paper.lines).encode(encoding))

    return write


def as_html(path: Path, paper: Paper) -> None:
    """A page with a menu and hidden junk."""
    body = "".join(f"<p>{line}</p>" for line in paper.lines)
    path.write_text(
        f"<html><head><meta charset='gbk'><title>{paper.title}</title></head><body><nav>首页</nav>"
        f"<div style='display:none'>spam</div><h1>{paper.title}</h1>{body}</body></html>",
        encoding="gbk",
    )


def as_docx(path: Path, paper: Paper) -> None:
    """A Word package."""
    word_package(path, "".join(paragraph(written(line)) for line in paper.lines))


def as_pdf(path: Path, paper: Paper) -> None:
    """One page."""
    pdf(path, [paper.lines])


def as_rtf(path: Path, paper: Paper) -> None:
    """Rich text with escaped characters."""
    lines = r"\par ".join(
        "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in paper.lines
    )
    path.write_text(r"{\rtf1\ansi\uc1 " + lines + "}", encoding="ascii")


def as_odt(path: Path, paper: Paper) -> None:
    """A text of LibreOffice."""
    lines = "".join(f"<text:p>{line}</text:p>" for line in paper.lines)
    kind = "application/vnd.oasis.opendocument.text"
    root = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    open_document(
        path,
        f"<office:body><office:text>{lines}</office:text></office:body>",
        manifest=f"<manifest:manifest {NAMES}>{root}</manifest:manifest>",
    )


def as_pptx(path: Path, paper: Paper) -> None:
    """A slide."""
    pptx_parts.presentation(path, [pptx_parts.slide(pptx_parts.shape(*paper.lines))])


def as_ofd(path: Path, paper: Paper) -> None:
    """A page of an OFD document."""
    page = ofd_parts.page_of(
        "".join(
            ofd_parts.text_object(line, 20, 20 + 8 * place)
            for place, line in enumerate(paper.lines)
        )
    )
    ofd_parts.package(
        path,
        {
            "OFD.xml": ofd_parts.xml("OFD", ofd_parts.ROOT),
            "Doc_0/Document.xml": ofd_parts.document(1),
            "Doc_0/Pages/0.xml": page,
        },
    )


def as_xlsx(path: Path, paper: Paper) -> None:
    """A sheet with a line per row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in paper.lines:
        sheet.append([line, paper.number])
    book.save(path)


def as_csv(path: Path, paper: Paper) -> None:
    """A table in GB18030."""
    stream = io.StringIO()
    csv.writer(stream).writerows([place, line] for place, line in enumerate(paper.lines))
    path.write_bytes(stream.getvalue().encode("gb18030"))


def as_mail(path: Path, paper: Paper) -> None:
    """A message without attachments."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@qx.example", "b@qx.example", paper.title
    letter.set_content("\n".join(paper.lines))
    path.write_bytes(letter.as_bytes())


def as_picture(path: Path, paper: Paper) -> None:
    """A scan: the lines as ink, at 150 dpi."""
    _drawn(paper.lines[:2]).save(path, dpi=(150, 150))


def as_scanned_pdf(path: Path, paper: Paper) -> None:
    """A PDF of one picture and no text."""
    _drawn(paper.lines[:2]).convert("RGB").save(path, "PDF", resolution=150)


def as_marked_picture(path: Path, paper: Paper) -> None:
    """A scan that bears a marking above its text."""
    _drawn(("机　密", *paper.lines[:2])).save(path, dpi=(150, 150))


def _drawn(lines: tuple[str, ...]) -> Image.Image:
    page = Image.new("L", (1240, 400), 255)
    font = ImageFont.truetype(FONT_FILE, 40)
    for place, line in enumerate(lines):
        ImageDraw.Draw(page).text((90, 60 + place * 90), line, font=font, fill=0)
    return page


BORN_DIGITAL: Final[Mapping[str, Callable[[Path, Paper], None]]] = {
    "txt": as_text("utf-8"),
    "TXT": as_text("gb18030"),
    "log": as_text("utf-16"),
    "htm": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
    "rtf": as_rtf,
    "odt": as_odt,
    "pptx": as_pptx,
    "ofd": as_ofd,
    "xlsx": as_xlsx,
    "csv": as_csv,
    "eml": as_mail,
}
"""By suffix: kinds of files that give text."""
