"""Two thousand mixed files as a careful hand and twenty careless years have left them.

Everything written notes what must become of it, so that the account of the import is held against
what was put on the disk and not against itself.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import py7zr

from tests.disk.papers import (
    BORN_DIGITAL,
    Paper,
    as_docx,
    as_marked_picture,
    as_pdf,
    as_picture,
    as_scanned_pdf,
)
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES: Final = 2_000
"""On the disk; members of archives come on top, junk that is passed over does not count."""

YEARS: Final = (2008, 2009, 2011, 2012)
LISTED: Final = 400
"""Papers that stand in folders by year under their 档号 and in the catalogue."""

LACKING_NUMBER: Final = 17
"""The 件号 of each year that no row names and no file bears."""


@dataclass
class Disk:
    """The disk and what must come of it.

    Attributes:
        outcomes: By key of a file that is to be found: ``indexed``, ``duplicate``, or the reason
            of its failure or quarantine.
        words: The word of the paper, by key, of each file whose text is or will be read.
        listed: Papers of the catalogue by 档号, with their key.
        archives: Keys of archives that open whole.
        marked_scan: The scan whose marking only recognition can see.
    """

    folder: Path
    outcomes: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    listed: dict[str, tuple[Paper, str]] = field(default_factory=dict)
    archives: list[str] = field(default_factory=list)
    marked_scan: str = "扫描/涉密.png"
    passed_over: int = 0
    written: int = 0
    _numbers: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many files come to each outcome or reason."""
        return Counter(self.outcomes.values())

    def paper(self) -> Paper:
        """The next paper."""
        self._numbers += 1
        return Paper(number=self._numbers, year=YEARS[self._numbers % len(YEARS)])

    def put(self, key: str, content: bytes, outcome: str) -> Path:
        """A file of these bytes."""
        path = self.place(key, outcome)
        path.write_bytes(content)
        return path

    def write(
        self,
        key: str,
        how: Callable[[Path, Paper], None],
        outcome: str = "indexed",
        paper: Paper | None = None,
    ) -> Paper:
        """A paper in one kind of file."""
        paper = paper or self.paper()
        how(self.place(key, outcome), paper)
        if outcome in {"indexed", "needs_ocr"}:
            self.words[key] = paper.word
        return paper

    def archive(self, key: str, content: bytes) -> None:
        """An archive that opens whole; its members are noted by whoever put them in."""
        self._path(key).write_bytes(content)
        self.written += 1
        self.archives.append(key)

    def junk(self, key: str) -> None:
        """A file that no archive wants."""
        self._path(key).write_bytes(b"junk")
        self.passed_over += 1

    def place(self, key: str, outcome: str) -> Path:
        """Where a file is to be written that will come to this outcome."""
        self.outcomes[key] = outcome
        self.written += 1
        return self._path(key)

    def _path(self, key: str) -> Path:
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def make_disk(folder: Path) -> Disk:
    """Write the disk; the same on every run."""
    disk = Disk(folder=folder)
    _listed(disk)
    _archives(disk)
    _scans(disk)
    _copies(disk)
    _unreadable(disk)
    _marked(disk)
    _junk(disk)
    suffixes = tuple(BORN_DIGITAL)
    for number in range(FILES - disk.written):
        suffix = suffixes[number % len(suffixes)]
        disk.write(f"零散文件/{number % 40:02d}/材料{number:04d}.{suffix}", BORN_DIGITAL[suffix])
    assert disk.written == FILES
    return disk


def code_of(year: int, item: int) -> str:
    """档号 by DA/T 22."""
    return f"Z109-WS·{year}-D30-BGS-{item:04d}"


def _listed(disk: Disk) -> None:
    """Papers under their 档号, one 件号 of each year left out."""
    suffixes = ("docx", "pdf", "txt", "ofd")
    per_year = LISTED // len(YEARS)
    for year in YEARS:
        items = [item for item in range(1, per_year + 2) if item != LACKING_NUMBER]
        for item in items:
            code = code_of(year, item)
            suffix = suffixes[item % len(suffixes)]
            key = f"文书/{year}/{code}.{suffix}"
            numbered = Paper(number=disk.paper().number, year=year)
            disk.listed[code] = (disk.write(key, BORN_DIGITAL[suffix], paper=numbered), key)


def _archives(disk: Disk) -> None:
    """What was sent in: ZIP with names in GBK, one in another; tar.gz; 7z."""
    for number in range(8):
        key = f"移交/{number:02d}街道.zip"
        inner = _zip(disk, f"{key}/附件/往年.zip", ["二〇〇七年.txt", "二〇〇六年.docx"])
        outer = _zip(
            disk, key, ["通知.docx", "名单/低保名单.csv", "说明.txt"], ("附件/往年.zip", inner)
        )
        disk.archive(key, outer)
        disk.archives.append(f"{key}/附件/往年.zip")
    for number in range(3):
        key = f"移交/{number}号机备份.tar.gz"
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz") as packed:
            for name in ("值班表.txt", "总结/年终总结.docx"):
                content = _member(disk, f"{key}/{name}")
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                packed.addfile(entry, io.BytesIO(content))
        disk.archive(key, stream.getvalue())
    key = "移交/会议材料.7z"
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as packed:
        packed.writestr(_member(disk, f"{key}/会议纪要.docx"), "会议纪要.docx")
    disk.archive(key, stream.getvalue())


def _zip(disk: Disk, key: str, names: list[str], *others: tuple[str, bytes]) -> bytes:
    members = [(name, _member(disk, f"{key}/{name}")) for name in names]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (*members, *others):
            packed.writestr(_gbk_name(name), content)
    return stream.getvalue()


def _gbk_name(name: str) -> zipfile.ZipInfo:
    """A member named as Chinese Windows names it: GBK, and no flag to say so."""
    entry = _GbkInfo(name.encode("gbk").decode("latin-1"))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("latin-1"), self.flag_bits


def _member(disk: Disk, key: str) -> bytes:
    """The bytes of a member, which stands nowhere on the disk by itself."""
    paper = disk.paper()
    path = disk.folder / "member"
    BORN_DIGITAL[key.rpartition(".")[2]](path, paper)
    content = path.read_bytes()
    path.unlink()
    disk.outcomes[key] = "indexed"
    disk.words[key] = paper.word
    return content


def _scans(disk: Disk) -> None:
    """Pictures of paper: few, because reading each takes seconds."""
    for number in range(2):
        disk.write(f"扫描/{number}.png", as_picture, "needs_ocr")
    disk.write("扫描/2.tif", as_picture, "needs_ocr")
    disk.write("扫描/3.pdf", as_scanned_pdf, "needs_ocr")
    disk.write(disk.marked_scan, as_marked_picture, "needs_ocr")
    del disk.words[disk.marked_scan]


def _copies(disk: Disk) -> None:
    """The same bytes under other names, and the same text as another kind of file."""
    sources = [key for key in disk.words if key.startswith("文书/2008/")]
    for number in range(120):
        source = disk.folder / sources[number % len(sources)]
        disk.put(f"副本/{number:03d}{source.suffix}", source.read_bytes(), "duplicate")
    for number in range(25):
        paper = disk.write(f"同文/{number:02d}.docx", as_docx)
        disk.write(f"同文/{number:02d}.pdf", as_pdf, paper=paper)


def _unreadable(disk: Disk) -> None:
    """What no program reads, each with the reason it must get."""
    for number in range(15):
        key = f"加密/{number}.pdf"
        pdf(disk.place(key, "encrypted"), [["secret"]], password=f"p{number}")
    whole = disk.folder / next(key for _, key in disk.listed.values() if key.endswith("docx"))
    for number in range(20):
        content = whole.read_bytes()[: 300 + number]
        disk.put(f"损坏/{number}.docx", content, "damaged")
    for number in range(10):
        disk.put(f"空白/{number}.txt", b" \r\n" * number, "empty")
    for number in range(20):
        content = b"MZ\x90\0" + bytes([number]) * 200
        disk.put(f"程序/{number}.exe", content, "unsupported")


def _marked(disk: Disk) -> None:
    """State secrets that should never have been on this disk."""
    for number, suffix in enumerate(("txt", "docx", "pdf")):
        paper = disk.paper()
        marked = _Marked(number=paper.number, year=paper.year)
        BORN_DIGITAL[suffix](disk.place(f"涉密/{number}.{suffix}", "quarantined"), marked)


class _Marked(Paper):
    """A paper with a marking as it was printed before 2012."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The marking first."""
        return ("机　密", *super().lines)


def _junk(disk: Disk) -> None:
    for number in range(12):
        disk.junk(f"零散文件/{number:02d}/Thumbs.db")
    disk.junk("文书/2008/~$草稿.docx")
    disk.junk(".DS_Store")
