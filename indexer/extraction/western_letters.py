"""Chinese that was read as Western letters, made Chinese again.

Formats of the eighties and nineties often do not say which encoding their text is in, and programs
of today take it for Western: 机密 becomes ``»úÃÜ``. Nobody would find such a text, and the secrecy
guard would not see the marking.
"""

from __future__ import annotations

import re
from typing import Final

# Every letter that a byte of Windows-1252 stands for, beyond ASCII; bytes that it leaves out are
# read as control characters.
_HIGH: Final = "\x80-\xff" + "".join(
    bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in b"\x81\x8d\x8f\x90\x9d"
)
# To the end of the line: the second byte of a character may be an ASCII letter.
_RUN: Final = re.compile(rf"[{_HIGH}]{{2}}[\t\x20-\x7e{_HIGH}]*")
# Pairs of GB 2312: its punctuation and Latin letters, and the commoner half of its characters,
# which makes up nearly all of any text.
_PAIR: Final = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]|[\xd8-\xf7][\xa1-\xfe]")
_ASCII, _RARE = 0x7F, 0xD8
_MIN_PAIRED: Final = 0.9
_MIN_COMMON: Final = 0.8


def mended(page: str) -> str:
    """The page, with what are the bytes of Chinese (GB 18030) in truth as Chinese.

    Western text stays as it is: its letters with accents seldom stand side by side.
    """
    runs = [_bytes_of(found[0]) for found in _RUN.finditer(page)]
    if not runs or not _is_chinese(b"\n".join(runs)):
        return page
    return _RUN.sub(lambda found: _bytes_of(found[0]).decode("gb18030", "replace"), page)


def _bytes_of(run: str) -> bytes:
    return b"".join(_byte_of(letter) for letter in run)


def _byte_of(letter: str) -> bytes:
    return letter.encode("latin-1" if letter <= "\xff" else "cp1252")


def _is_chinese(content: bytes) -> bool:
    high = sum(byte > _ASCII for byte in content)
    pairs = _PAIR.findall(content)
    common = sum(pair[0] < _RARE for pair in pairs)
    return 2 * len(pairs) >= high * _MIN_PAIRED and common >= len(pairs) * _MIN_COMMON
