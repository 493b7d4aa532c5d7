"""What is attached to Outlook's messages (MSG).

Source: Microsoft, [MS-OXMSG] Outlook Item (.msg) File Format, 2.2 (storages of attachments);
[MS-OXCMSG] 2.2.2 (properties of attachments).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import of_bytes, refused
from indexer.errors import ExtractionError
from indexer.extraction.code_pages import codec_of
from indexer.extraction.compound_file import opened_storage, stream_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import olefile

    from indexer.containers.budget import Workplace

_ATTACHED: Final = "__attach_version1.0_#"
_DATA: Final = "__substg1.0_37010102"
_MESSAGE: Final = "__substg1.0_3701000D"
_PROPERTIES: Final = "__properties_version1.0"
_NAMES: Final = ("3707", "3704", "3001")
_HIDDEN: Final = 0x7FFE
_CODE_PAGE: Final = 0x3FFD
_ENTRY: Final = struct.Struct("<HHI8s")
_MESSAGE_HEAD: Final = 32
_ATTACHMENT_HEAD: Final = 8
_MAX_DEPTH: Final = 8


def read_msg(path: Path, _: Workplace) -> Contents:
    """The attachments of a message, and of messages within it, which are read where they stand.

    Pictures that only the text shows are no attachments.

    Raises:
        ExtractionError: No sound storage.
    """
    with opened_storage(path) as storage:
        page = _numbers(storage, _PROPERTIES, _MESSAGE_HEAD).get(_CODE_PAGE, 0)
        return Contents(members=tuple(_attachments(storage, (), codec_of(page) or "")))


def _attachments(
    storage: olefile.OleFileIO, place: tuple[str, ...], encoding: str
) -> Iterator[RawMember]:
    depth = len(place)
    if depth > 2 * _MAX_DEPTH:
        return
    attached = dict.fromkeys(
        entry[depth]
        for entry in storage.listdir()
        if len(entry) > depth + 1
        and tuple(entry[:depth]) == place
        and entry[depth].startswith(_ATTACHED)
    )
    for name in attached:
        here = (*place, name)
        if storage.exists("/".join((*here, _MESSAGE, _PROPERTIES))):
            yield from _attachments(storage, (*here, _MESSAGE), encoding)
        elif storage.exists("/".join((*here, _DATA))) and not _numbers(
            storage, "/".join((*here, _PROPERTIES)), _ATTACHMENT_HEAD
        ).get(_HIDDEN):
            yield _attachment(storage, here, encoding)


def _attachment(storage: olefile.OleFileIO, place: tuple[str, ...], encoding: str) -> RawMember:
    name = _name(storage, place, encoding) or "附件"
    try:
        content = stream_of(storage, "/".join((*place, _DATA)))
    except ExtractionError as problem:
        return RawMember(name=name, size=0, blocks=refused(problem), problem=problem)
    return RawMember(name=name, size=len(content), blocks=of_bytes(content))


def _name(storage: olefile.OleFileIO, place: tuple[str, ...], encoding: str) -> bytes | str:
    for key in _NAMES:
        wide, narrow = ("/".join((*place, f"__substg1.0_{key}{kind}")) for kind in ("001F", "001E"))
        if storage.exists(wide):
            text = stream_of(storage, wide).decode("utf-16-le", "replace").partition("\0")[0]
            if text.strip():
                return text
        if storage.exists(narrow):
            content = stream_of(storage, narrow).partition(b"\0")[0]
            try:
                return content.decode(encoding) if encoding else content
            except UnicodeDecodeError:
                return content
    return ""


def _numbers(storage: olefile.OleFileIO, name: str, head: int) -> dict[int, int]:
    if not storage.exists(name):
        return {}
    content = stream_of(storage, name)[head:]
    whole = len(content) // _ENTRY.size * _ENTRY.size
    return {
        key: int.from_bytes(value[:4], "little")
        for _, key, _, value in _ENTRY.iter_unpack(content[:whole])
    }
