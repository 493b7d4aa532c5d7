"""Bytes of unknown Chinese encoding to text.

Order: byte-order mark → UTF-8 → UTF-16 without a mark → GB18030 or Big5, whichever yields more of the
commonest characters. Damaged bytes become U+FFFD as long as nearly all of the file is sound.
"""

from __future__ import annotations

import codecs
from typing import Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
_MAX_DAMAGE: Final = 0.05

# The commonest characters of official Chinese, simplified and traditional; enough to tell a right
# decoding from a wrong one, in which they hardly occur.
_COMMON: Final = frozenset(
    "的一是不了在人有我他这中大来上国和到说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
    "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它"
    "区政府民办公厅局市县省委工通知关条例规定第号月二三四五六七八九十人民共和國會這來時們個說對發後過裡學動開"
    "關條規號區廳縣辦務業員產權應當為與於并由按照及其他部门管理服务建设发展企业机关单位以下简称"
)


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        ExtractionError: It is no text in any known encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    utf16 = _utf16_without_mark(content)
    if utf16:
        return content.decode(utf16, errors="replace")
    best = max(("gb18030", "big5hkscs", "utf-8"), key=lambda name: _plausibility(content, name))
    text = content.decode(best, errors="replace")
    if _damage(text) > _MAX_DAMAGE:
        raise ExtractionError(Reason.DAMAGED, "not text in UTF-8, GB18030, Big5 or UTF-16")
    return text


def _utf16_without_mark(content: bytes) -> str:
    sample = content[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or len(content) % 2:  # noqa: PLR2004 - two characters
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        line_ends = text.count("\n") + text.count(" ")
        if "\0" not in text and (_common_share(text) > 0.2 or line_ends > len(text) / 100):  # noqa: PLR2004
            return encoding
    return ""


def _plausibility(content: bytes, encoding: str) -> float:
    text = content[:_SAMPLE].decode(encoding, errors="replace")
    return _common_share(text) - 2 * _damage(text)


def _common_share(text: str) -> float:
    wide = [character for character in text if character > "ÿ"]
    if not wide:
        return 0.0
    return sum(character in _COMMON for character in wide) / len(wide)


def _damage(text: str) -> float:
    if not text:
        return 0.0
    bad = text.count("�") + sum(
        text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f\v"
    )
    return bad / len(text)
