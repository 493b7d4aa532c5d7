"""RAR archives that pack nothing: no free program writes RAR, and the plainest kind is simple.

Source: RAR 5.0 archive format; technote of RAR 4.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

RAR5: Final = b"Rar!\x1a\x07\x01\0"
RAR4: Final = b"Rar!\x1a\x07\0"
_FILE, _END = 2, 5
_FILE_4, _END_4 = 0x74, 0x7B


def rar5(
    members: Sequence[tuple[str, bytes]],
    *,
    links: Mapping[str, str] | None = None,
    encrypted: Container[str] = (),
    flags: int = 0,
) -> bytes:
    """An archive as WinRAR 5 makes it; names are UTF-8."""
    made = RAR5 + _block(1, _number(flags))
    for name, content in members:
        extra = _record(1, bytes([0, 0, 15]) + bytes(32)) if name in encrypted else b""
        made += _block(_FILE, _about(name, content, 0o100644), extra, content)
    for name, target in (links or {}).items():
        leads = bytes([1, 0]) + _number(len(target)) + target.encode()
        made += _block(_FILE, _about(name, b"", 0o120777), _record(5, leads))
    return made + _block(_END, _number(0))


def rar5_with_hidden_names() -> bytes:
    """An archive whose list of members is encrypted, too."""
    return RAR5 + _block(4, bytes([0, 0, 15]) + bytes(16)) + bytes(80)


def rar4(
    members: Sequence[tuple[bytes, bytes]], *, encrypted: Container[bytes] = (), flags: int = 0
) -> bytes:
    """An archive as WinRAR 3 makes it; names are bytes of whatever code page there was."""
    made = RAR4 + _block_4(0x73, flags, bytes(6))
    for name, content in members:
        about = struct.pack(
            "<IIBIIBBHI",
            len(content), len(content), 2, zlib.crc32(content), 0x3A21_0000, 20, 0x30,
            len(name), 32,
        )  # fmt: skip
        made += _block_4(_FILE_4, 0x8004 if name in encrypted else 0x8000, about + name) + content
    return made + _block_4(_END_4, 0x4000, b"")


def _about(name: str, content: bytes, mode: int) -> bytes:
    written = name.encode()
    return (
        _number(4) + _number(len(content)) + _number(mode)
        + struct.pack("<I", zlib.crc32(content))
        + _number(0) + _number(1) + _number(len(written)) + written
    )  # fmt: skip


def _record(kind: int, body: bytes) -> bytes:
    return _number(len(body) + 1) + _number(kind) + body


def _block(kind: int, body: bytes, extra: bytes = b"", content: bytes = b"") -> bytes:
    has_content = kind == _FILE
    head = _number(kind) + _number(bool(extra) + 2 * has_content)
    head += _number(len(extra)) if extra else b""
    head += _number(len(content)) if has_content else b""
    head += body + extra
    head = _number(len(head)) + head
    return struct.pack("<I", zlib.crc32(head)) + head + content


def _block_4(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _number(value: int) -> bytes:
    """Seven bits at a time, the lowest first."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))
