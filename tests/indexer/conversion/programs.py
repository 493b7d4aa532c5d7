"""Office programs of a few lines, and files of old formats."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ODT = "application/vnd.oasis.opendocument.text"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_BOF_3, _CODE_PAGE, _LABEL_3, _EOF = 0x0209, 0x0042, 0x0204, 0x000A
_GBK = 936


def office(folder: Path, *lines: str) -> str:
    """A program that takes what an office program takes: ``$in`` is to be converted in ``$out``."""
    path = folder / "office"
    start = ("#!/bin/sh", 'for in; do :; done; out=$(dirname "$in")')
    path.write_text("\n".join((*start, *lines)), encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def writes(content: bytes, suffix: str = "odt") -> str:
    """A line that writes a file where it is looked for."""
    return f'echo {base64.b64encode(content).decode()} | base64 -d > "$out/Sheet1.{suffix}"'


def open_text(*lines: str) -> bytes:
    """An OpenDocument with these lines."""
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = (
        f'<office:document-content xmlns:office="{_NAMES}:office:1.0"'
        f' xmlns:text="{_NAMES}:text:1.0"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", _ODT)
        package.writestr("content.xml", content)
    return file.getvalue()


def word_2(text: str = "") -> bytes:
    """What begins like a document of Word 2; the rest tells one from another."""
    return b"\xdb\xa5\x2d\0" + text.encode()


def excel_3(*labels: str, code_page: int | None = _GBK) -> bytes:
    """A worksheet of Excel 3 with labels in one column, in GBK."""
    records = [(_BOF_3, struct.pack("<HHH", 0x0300, 0x0010, 0))]
    if code_page is not None:
        records.append((_CODE_PAGE, struct.pack("<H", code_page)))
    for row, label in enumerate(labels):
        content = label.encode("gbk")
        records.append((_LABEL_3, struct.pack("<HHHH", row, 0, 0, len(content)) + content))
    records.append((_EOF, b""))
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
