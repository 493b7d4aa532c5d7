"""Deterministic damage for many files: what disks, mail servers and enemies do to them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_NUMBERS: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_MAX_UNPACKED: Final = 4 << 20


def spoilt(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """The content after some accidents; parts of packages are spoilt inside, too.

    Args:
        content: Of a sound file.
        others: Of files of other kinds.
        random: Decides everything.
    """
    if content.startswith(b"PK") and random.random() < 0.6:
        return _spoilt_inside(content, others, random)
    for _ in range(random.choice((1, 1, 2, 4))):
        content = random.choice(_ACCIDENTS)(content or b"\0", others, random)
    return content


def _spoilt_inside(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = {
                each.filename: package.read(each)
                for each in package.infolist()
                if each.file_size < _MAX_UNPACKED
            }
    except Exception:  # noqa: BLE001 - real files are broken in many ways already
        members = {}
    if not members:
        return _cut(content, others, random)
    name = random.choice(list(members))
    if random.random() < 0.1:
        del members[name]
    else:
        members[name] = random.choice(_ACCIDENTS)(members[name] or b"\0", others, random)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for each, part in members.items():
            package.writestr(each, part)
    return stream.getvalue()


def _cut(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def _cut_off_the_head(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return content[random.randrange(min(len(content), 4096)) :]


def _flipped(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    result = bytearray(content)
    for _flip in range(random.choice((1, 4, 16, 64))):
        result[random.randrange(len(result))] ^= 1 << random.randrange(8)
    return bytes(result)


def _zeroed(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start = random.randrange(len(content))
    stretch = min(random.choice((16, 512, 4096)), len(content) - start)
    return content[:start] + bytes(stretch) + content[start + stretch :]


def _spliced(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(others)
    return content[: random.randrange(len(content))] + other[random.randrange(len(other)) :]


def _inserted(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(others)
    start, at = random.randrange(len(other)), random.randrange(len(content))
    return content[:at] + other[start : start + random.choice((1, 64, 2048))] + content[at:]


def _swapped(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    size = random.choice((4, 64, 512))
    first, second = (random.randrange(len(content)) for _place in range(2))
    result = bytearray(content)
    result[first : first + size], result[second : second + size] = (
        content[second : second + size],
        content[first : first + size],
    )
    return bytes(result)


def _repeated(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start = random.randrange(len(content))
    stretch = content[start : start + random.choice((8, 200, 3000))]
    return content[:start] + stretch * random.choice((2, 20, 400)) + content[start:]


def _another_number(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    kind = random.choice(("<H", "<I", ">I"))
    size = struct.calcsize(kind)
    if len(content) <= size:
        return content
    limit = (1 << 8 * size) - 1
    at = random.randrange(len(content) - size)
    number = struct.pack(kind, random.choice(_NUMBERS) & limit)
    return content[:at] + number + content[at + size :]


def _another_digit(content: bytes, _: Sequence[bytes], random: Random) -> bytes:
    """A number in text, as in XML and PDF, made larger, negative or no number."""
    places = [at for at, byte in enumerate(content[:200_000]) if 48 <= byte <= 57]
    if not places:
        return content
    at = random.choice(places)
    return content[:at] + random.choice((b"-1", b"999999999", b"1e9", b"x")) + content[at + 1 :]


_ACCIDENTS: Final[Sequence[Callable[[bytes, Sequence[bytes], Random], bytes]]] = (
    _cut,
    _cut_off_the_head,
    _flipped,
    _flipped,
    _zeroed,
    _spliced,
    _inserted,
    _swapped,
    _repeated,
    _another_number,
    _another_number,
    _another_digit,
)
