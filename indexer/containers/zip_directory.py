"""The entries of a ZIP archive: from its directory, or, where that is lost, from their own heads.

Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 (layout), 4.4 (fields), 4.5.3 (ZIP64), 4.6.9
(Unicode names). Python's own reader refuses a whole archive for one damaged name, and believes
entries that lie over each other.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.containers.budget import Budget

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_EXTRA: Final = struct.Struct("<HH")
_END_MAGIC: Final = b"PK\x05\x06"
_END_64_MAGIC: Final = b"PK\x06\x06"
_LOCATOR_64_MAGIC: Final = b"PK\x06\x07"
_ENTRY_MAGIC: Final = b"PK\x01\x02"
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_COMMENT: Final = 0xFFFF
_IN_EXTRA: Final = 0xFFFFFFFF
_ZIP_64: Final = 0x0001
_UNICODE_NAME: Final = 0x7075
_LONGEST_ENTRY: Final = 4096
"""Bytes that an honest directory needs for one entry at the very most."""

_SEARCHED: Final = 1 << 20
_NEWEST: Final = 63
_KNOWN_METHODS: Final = frozenset({*range(13), 14, 18, 19, *range(93, 100)})
"""4.4.3 and 4.4.5: what can stand in a head."""

IS_ENCRYPTED: Final = 0x0001
SIZES_FOLLOW: Final = 0x0008
IS_UTF_8: Final = 0x0800


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One entry.

    Attributes:
        name: Text where the archive says that it is Unicode.
        packed: Bytes in the archive, ``None`` where only reading tells. size: Bytes unpacked.
        offset: Where its own head stands. mode: Of Unix, 0 where it has none.
    """

    name: bytes | str
    flags: int
    method: int
    checksum: int
    packed: int | None
    size: int | None
    offset: int
    mode: int = 0


def entries_in_directory(file: IO[bytes], budget: Budget) -> list[ZipEntry] | None:
    """The entries that the directory names, or ``None`` where it is lost or damaged.

    Raises:
        LimitError: There are more than a file may hold.
    """
    size = file.seek(0, 2)
    end = _end_of_directory(file, size)
    if end is None:
        return None
    count, length, offset, shift = end
    # Folders are entries, too, and no members.
    budget.must_hold(members=count // 2)
    budget.must_hold(members=length // _LONGEST_ENTRY)
    file.seek(offset + shift)
    directory = file.read(length)
    found: list[ZipEntry] = []
    at = 0
    while directory[at : at + 4] == _ENTRY_MAGIC:
        if at + _ENTRY.size > len(directory):
            return None
        fields = _ENTRY.unpack_from(directory, at)
        name_end = at + _ENTRY.size + fields[10]
        extra_end = name_end + fields[11]
        name = directory[at + _ENTRY.size : name_end]
        found.append(_entry(fields, name, directory[name_end:extra_end], shift))
        budget.must_hold(members=len(found) // 2)
        at = extra_end + fields[12]
    return found if len(found) == count or at >= len(directory) else None


def entries_by_heads(file: IO[bytes], budget: Budget) -> Iterator[ZipEntry]:
    """The entries that can be told from their own heads, one after another.

    Raises:
        LimitError: There are more than a file may hold.
    """
    size = file.seek(0, 2)
    start = 0
    for count in itertools.count():
        budget.must_hold(members=count // 2)
        at = _next_head(file, start)
        if at is None:
            return
        file.seek(at)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size:
            return
        fields = _LOCAL.unpack(head)
        if fields[1] > _NEWEST or fields[3] not in _KNOWN_METHODS or not fields[9]:
            start = at + len(_LOCAL_MAGIC)  # the same four bytes by chance
            continue
        name = file.read(fields[9])
        extra = file.read(fields[10])
        packed, unpacked = _sizes(fields[7], fields[8], extra)
        is_told = not fields[2] & SIZES_FOLLOW
        yield ZipEntry(
            name=_name(name, fields[2], extra),
            flags=fields[2],
            method=fields[3],
            checksum=fields[6],
            packed=packed if is_told else None,
            size=unpacked if is_told else None,
            offset=at,
        )
        start = at + _LOCAL.size + fields[9] + fields[10] + (packed if is_told else 0)
        if start > size:
            return


def data_offset(file: IO[bytes], entry: ZipEntry) -> int:
    """Where the packed bytes of an entry begin.

    Raises:
        ExtractionError: Its head is not where the directory says.
    """
    if entry.offset < 0:
        raise ExtractionError(Reason.DAMAGED, "an entry lies outside the archive")
    file.seek(entry.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MAGIC):
        raise ExtractionError(Reason.DAMAGED, "an entry is not where the directory says")
    fields = _LOCAL.unpack(head)
    return int(entry.offset + _LOCAL.size + fields[9] + fields[10])


def overlap(entries: list[ZipEntry]) -> bool:
    """Whether entries share packed bytes: a few bytes then count as many files."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.offset):
        if entry.offset < end:
            return True
        end = entry.offset + _LOCAL.size + (entry.packed or 0)
    return False


def _end_of_directory(file: IO[bytes], size: int) -> tuple[int, int, int, int] | None:
    """Entries, bytes, and offset of the directory, and how far the archive is shifted."""
    start = max(0, size - _END.size - _COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END_MAGIC)
    if at < 0 or at + _END.size > len(tail):
        return None
    _, _, _, _, count, length, offset, _ = _END.unpack_from(tail, at)
    directory_end = start + at
    if _IN_EXTRA in {length, offset} or count == _COMMENT:
        found = _end_64(file, directory_end)
        if found is not None:
            count, length, offset, directory_end = found
    # Something may stand before the archive, as in those that unpack themselves.
    shift = directory_end - length - offset
    return None if shift < 0 else (count, length, offset, shift)


def _end_64(file: IO[bytes], end: int) -> tuple[int, int, int, int] | None:
    if end < _LOCATOR_64.size:
        return None
    file.seek(end - _LOCATOR_64.size)
    magic, _, offset, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
    if magic != _LOCATOR_64_MAGIC or offset > end:
        return None
    file.seek(offset)
    head = file.read(_END_64.size)
    if len(head) < _END_64.size or not head.startswith(_END_64_MAGIC):
        return None
    fields = _END_64.unpack(head)
    return fields[7], fields[8], fields[9], offset


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> ZipEntry:
    wide = _wide_fields(extra)
    size = wide.pop(0) if fields[9] == _IN_EXTRA and wide else fields[9]
    packed = wide.pop(0) if fields[8] == _IN_EXTRA and wide else fields[8]
    offset = wide.pop(0) if fields[16] == _IN_EXTRA and wide else fields[16]
    is_unix = fields[1] >> 8 == 3  # noqa: PLR2004 - 4.4.2.2
    return ZipEntry(
        name=_name(name, fields[3], extra),
        flags=fields[3],
        method=fields[4],
        checksum=fields[7],
        packed=packed,
        size=size,
        offset=offset + shift,
        mode=fields[15] >> 16 if is_unix else 0,
    )


def _sizes(packed: int, size: int, extra: bytes) -> tuple[int, int]:
    wide = _wide_fields(extra)
    size = wide.pop(0) if size == _IN_EXTRA and wide else size
    packed = wide.pop(0) if packed == _IN_EXTRA and wide else packed
    return packed, size


def _name(name: bytes, flags: int, extra: bytes) -> bytes | str:
    for key, value in _extras(extra):
        if key == _UNICODE_NAME and len(value) > 5:  # noqa: PLR2004 - version and checksum
            version, checksum = struct.unpack_from("<BL", value)
            if version == 1 and checksum == zlib.crc32(name):
                return value[5:].decode("utf-8", "replace")
    if flags & IS_UTF_8:
        try:
            return name.decode("utf-8")
        except UnicodeDecodeError:
            pass  # some programs say so of any name
    return name


def _wide_fields(extra: bytes) -> list[int]:
    for key, value in _extras(extra):
        if key == _ZIP_64:
            whole = len(value) // 8 * 8
            return [number for (number,) in struct.iter_unpack("<Q", value[:whole])]
    return []


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _EXTRA.size <= len(extra):
        key, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        yield key, extra[at : at + length]
        at += length


def _next_head(file: IO[bytes], start: int) -> int | None:
    """Where the next head stands, or ``None``."""
    at = start
    while True:
        file.seek(at)
        window = file.read(_SEARCHED)
        found = window.find(_LOCAL_MAGIC)
        if found >= 0:
            return at + found
        if len(window) < _SEARCHED:
            return None
        at += len(window) - len(_LOCAL_MAGIC) + 1
