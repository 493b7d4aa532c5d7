"""What a file is, told from its content; the name only breaks ties between kinds of text.

A signature at the beginning decides; packages (ZIP, OLE) are told apart by what they hold. Names
are wrong too often: web pages saved as .doc, Word files called .wps.
"""

from __future__ import annotations

import re
import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Final

import olefile

from indexer.extraction import old_formats

if TYPE_CHECKING:
    from pathlib import Path

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOC: Final = "application/msword"
XLS: Final = "application/vnd.ms-excel"
XLSB: Final = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PPT: Final = "application/vnd.ms-powerpoint"
ODT: Final = "application/vnd.oasis.opendocument.text"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
ODP: Final = "application/vnd.oasis.opendocument.presentation"
OFD: Final = "application/ofd"
RTF: Final = "application/rtf"
CSV: Final = "text/csv"
MAIL: Final = "message/rfc822"
MSG: Final = "application/vnd.ms-outlook"
OFFICE_PACKAGE: Final = "application/vnd.openxmlformats-package"
ENCRYPTED_OFFICE: Final = "application/x-encrypted-office"
HTML: Final = "text/html"
TEXT: Final = "text/plain"
DAMAGED_STORAGE: Final = "application/x-damaged-ole-storage"
UNKNOWN: Final = "application/octet-stream"

ZIP: Final = "application/zip"
TAR: Final = "application/x-tar"
GZIP: Final = "application/gzip"
BZIP2: Final = "application/x-bzip2"
XZ: Final = "application/x-xz"
SEVEN_ZIP: Final = "application/x-7z-compressed"
RAR: Final = "application/vnd.rar"

OLE: Final = "application/x-ole-storage"

IMAGES: Final = frozenset(
    {
        "image/bmp",
        "image/gif",
        "image/heic",
        "image/jp2",
        "image/jpeg",
        "image/png",
        "image/tiff",
        "image/webp",
    }
)
"""Pictures that can be decoded."""

_XML: Final = "application/xml"

HEAD: Final = 8192
"""Bytes that tell what a file is."""

# Readers of PDF look through the first kilobyte for its header.
_PDF_HEADER_WITHIN: Final = 1024
_SIGNATURES: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\0\0\0\x0cjP  \r\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"\x97JB2\r\n\x1a\n", "image/jbig2"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\0", XZ),
    (b"%!PS", "application/postscript"),
    (b"\x7fELF", "application/x-elf"),
    (b"MZ\x90\0", "application/x-msdownload"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    *old_formats.SIGNATURES,
)
_OLE_STREAMS: Final = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("__properties_version1.0", MSG),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
    *old_formats.STREAMS,
)
_OFD_MEMBERS: Final = ("OFD.xml", "Doc_0/")
# Office packages say of themselves that they are; a folder called word/ may be anybody's.
_OFFICE_PARTS: Final = ("[Content_Types].xml", "_rels/")
_OFFICE_MEMBERS: Final = (
    ("word/", DOCX),
    ("xl/workbook.bin", XLSB),
    ("xl/", XLSX),
    ("ppt/", PPTX),
)
_OFFICE_NAMES: Final = {
    "docx": DOCX,
    "docm": DOCX,
    "xlsx": XLSX,
    "xlsm": XLSX,
    "xlsb": XLSB,
    "pptx": PPTX,
    "pptm": PPTX,
}
_ODF_MANIFEST: Final = "META-INF/manifest.xml"
_MEDIA_TYPE: Final = re.compile(rb"application/[\w.+-]{1,80}")
_ODF_TYPE: Final = re.compile(
    rb"application/vnd\.(?:oasis\.opendocument\.[a-z-]{1,40}|sun\.xml\.(?:writer|calc))"
)
_LOCAL_HEADER: Final = re.compile(rb"PK\x03\x04.{22}(?P<length>..)..", re.DOTALL)
_SALVAGED: Final = 1 << 20

_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"avif"})

_HTML_START: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|script|title|table|div|p)[\s>]"
)
_HTML_ANYWHERE: Final = re.compile(rb"<(?:html|body|!doctype\s+html)[\s>]")
_MAIL_HEADER: Final = re.compile(
    rb"(?im)^(?:from|to|subject|date|mime-version|message-id|received|return-path|delivered-to"
    rb"|content-type|x-[\w-]+):\s"
)
_MAIL_HEADERS: Final = 3
_HTML_NAMES: Final = frozenset({"html", "htm", "xhtml", "shtml"})
_TEXT_NAMES: Final = frozenset({"txt", "log", "md", "text"})
_TABLE_NAMES: Final = frozenset({"csv", "tsv"})
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a\x1b\b")
_MAX_CONTROLS: Final = 0.02


def media_type_of(path: Path, name: str) -> str:
    """The media type of a file.

    Args:
        path: Its bytes.
        name: Its own name.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    match kind_of_head(head, name):
        case "application/zip":
            return _zip_kind(path, _suffix(name))
        case "application/x-ole-storage":
            return _ole_kind(path)
        case media_type:
            return media_type


def kind_of_head(head: bytes, name: str) -> str:
    """The media type as far as a file's first :data:`HEAD` bytes tell it.

    Packages are ZIP and storages OLE here, whatever they hold.
    """
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    return _container_kind(head) or _text_kind(head, _suffix(name))


def _suffix(name: str) -> str:
    return name.lower().rpartition(".")[2]


def _container_kind(head: bytes) -> str:
    """Formats whose signature stands inside, or is too short to be trusted alone."""
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in _HEIC_BRANDS else "video/mp4"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "video/avi")
    if head[257:262] == b"ustar":
        return TAR
    return ""


def _zip_kind(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = tuple(package.namelist())
            if named := _named_in(package):
                return named
    except Exception:  # noqa: BLE001 - hostile packages break zipfile in many ways
        names = _names_in_cut_zip(path)
    return _kind_by_members(names, suffix)


def _named_in(package: zipfile.ZipFile) -> str:
    """What a package says it is; some programs that repack OpenDocument leave only its manifest."""
    if _size_in(package, "mimetype") in range(HEAD):
        found = _MEDIA_TYPE.fullmatch(package.read("mimetype").strip())
        return found[0].decode("ascii") if found else ""
    if _size_in(package, "content.xml") >= 0 and _size_in(package, _ODF_MANIFEST) >= 0:
        with package.open(_ODF_MANIFEST) as manifest:
            found = _ODF_TYPE.search(manifest.read(HEAD))
        return found[0].decode("ascii") if found else ""
    return ""


def _size_in(package: zipfile.ZipFile, name: str) -> int:
    """The unpacked size of a member, -1 where there is none."""
    member = package.NameToInfo.get(name)
    return -1 if member is None else member.file_size


def _kind_by_members(names: tuple[str, ...], suffix: str) -> str:
    if any(name.startswith(_OFD_MEMBERS) for name in names):
        return OFD
    if not any(name.startswith(_OFFICE_PARTS) for name in names):
        return ZIP
    for prefix, media_type in _OFFICE_MEMBERS:
        if any(name.startswith(prefix) for name in names):
            return media_type
    # What is cut off behind its first part names nothing else of what it was.
    return _OFFICE_NAMES.get(suffix, OFFICE_PACKAGE)


def _names_in_cut_zip(path: Path) -> tuple[str, ...]:
    """The members a package without its directory still names."""
    with path.open("rb") as file:
        start = file.read(_SALVAGED)
    names: list[str] = []
    for match in islice(_LOCAL_HEADER.finditer(start), 1000):
        length = int.from_bytes(match["length"], "little")
        names.append(start[match.end() : match.end() + length].decode("utf-8", "replace"))
    return tuple(names)


def _ole_kind(path: Path) -> str:
    try:
        with olefile.OleFileIO(str(path)) as storage:
            # Names of streams are the same in capitals; some writers shout.
            root = {entry[0].lower() for entry in storage.listdir(streams=True, storages=False)}
    except Exception:  # noqa: BLE001 - hostile storages break olefile in many ways
        return _cut_ole_kind(path)
    return next((kind for stream, kind in _OLE_STREAMS if stream.lower() in root), OLE)


def _cut_ole_kind(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(1 << 24)
    for stream, media_type in _OLE_STREAMS:
        # With its end: Workbook is not Book.
        if b"\0\0" + stream.encode("utf-16-le") + b"\0\0" in content:
            return media_type
    return DAMAGED_STORAGE


def _text_kind(head: bytes, suffix: str) -> str:
    # Markup is plain ASCII in every encoding but UTF-16, where a zero stands beside each letter.
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if _HTML_START.match(start):
        return HTML
    if start.startswith(b"<"):
        if _HTML_ANYWHERE.search(start) or suffix in _HTML_NAMES:
            return HTML
        if start.startswith(b"<?xml"):
            return _XML
    # Mail and saved web pages (MHTML) begin with header lines.
    if len(_MAIL_HEADER.findall(start[:2048].partition(b"\n\n")[0])) >= _MAIL_HEADERS and (
        _MAIL_HEADER.match(start)
    ):
        return MAIL
    if suffix in _HTML_NAMES and b"<" in start:
        return HTML
    return _plain_kind(head, suffix)


def _plain_kind(head: bytes, suffix: str) -> str:
    if suffix in _TABLE_NAMES:
        return CSV
    return TEXT if suffix in _TEXT_NAMES or _looks_like_text(head) else UNKNOWN


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(byte in _CONTROLS for byte in head)
    if controls <= len(head) * _MAX_CONTROLS:
        return True
    # UTF-16 without a mark: Latin letters, digits and line ends leave zeros on one side only.
    zeros = (head[0::2].count(0), head[1::2].count(0))
    return min(zeros) == 0 and max(zeros) >= controls * 0.9
