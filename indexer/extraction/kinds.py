"""What a file is, told from its content; the name only breaks ties between kinds of text."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML: Final = "text/html"
TEXT: Final = "text/plain"
UNKNOWN: Final = "application/octet-stream"

_HEAD: Final = 4096
_SIGNATURES: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_OLE_STREAMS: Final = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0_", "application/vnd.ms-outlook"),
    ("EncryptedPackage", "application/x-encrypted-office"),
)
_ZIP_MEMBERS: Final = (
    ("word/", DOCX),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<script")
_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\f\v\x1a\x1b\b")
_HTML_NAMES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})


def media_type_of(path: Path, name: str) -> str:
    """The media type of a file.

    Args:
        path: Its bytes. name: Its own name.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    # A PDF may have some junk before its header: readers look through the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(path)
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return _ole_kind(path) if "ole" in media_type else media_type
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        return "image/heic"
    return _text_kind(head, name)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if "mimetype" in names:
                return package.read("mimetype")[:100].decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        # Cut short: a Word file is likelier here than any other kind of package.
        return _cut_zip_kind(path)
    for prefix, media_type in _ZIP_MEMBERS:
        if any(name.startswith(prefix) for name in names):
            return media_type
    return "application/zip"


def _cut_zip_kind(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    for prefix, media_type in _ZIP_MEMBERS:
        if prefix.encode() in start:
            return media_type
    return "application/zip"


def _ole_kind(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(1 << 24)
    for stream, media_type in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return media_type
    return "application/x-ole-storage"


def _text_kind(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_STARTS) or (start.startswith(b"<?xml") and b"<html" in start):
        return HTML
    if b"<html" in start or b"<body" in start:
        return HTML
    suffix = "." + name.lower().rpartition(".")[2]
    if suffix in _HTML_NAMES and b"<" in start:
        return HTML
    if not head:
        return TEXT
    # UTF-16 has a zero in every other byte of Latin text, and few elsewhere.
    looks_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or suffix == ".txt"
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)  # noqa: PLR2004
    if controls > len(head) * 0.02 and not looks_wide:
        return UNKNOWN
    return TEXT
