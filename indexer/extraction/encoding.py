"""Bytes of unknown Chinese encoding to text.

Order: byte-order mark → UTF-8 → UTF-16 without a mark → GB18030 or Big5, whichever yields more of
the commonest characters → what cchardet guesses, for other scripts. Damaged bytes become U+FFFD as
long as nearly all of the file is sound.
"""

from __future__ import annotations

import codecs
from typing import Final

import cchardet

from indexer.errors import ExtractionError
from indexer.extraction import Reason

MAX_DAMAGE: Final = 0.05
"""Share of unreadable characters above which a file is no text."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark is the beginning of this one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
_CHINESE: Final = ("gb18030", "big5hkscs", "utf-8")
_WIDE_ORDERS: Final = ("utf-16-le", "utf-16-be")
# Below this, what was read as Chinese is hardly Chinese.
_MIN_COMMON: Final = 0.15
_MIN_CONFIDENCE: Final = 0.7
# Only a short text is valid in two encodings.
_MAX_CHANCE: Final = 200
_MIN_COMMON_BY_CHANCE: Final = 0.4
# Bytes of GB18030 taken in pairs give Hangul and private characters instead.
_EXPECTED: Final = frozenset((*range(9, 127), *range(0x3000, 0x3040), *range(0x4E00, 0xA000))) | {
    *range(0xFF00, 0xFFF0),
    *range(0x2010, 0x2030),
}
_MIN_EXPECTED: Final = 0.8
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_CONTROLS: Final = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1a"]

# The commonest characters of official Chinese, simplified and traditional; enough to tell a right
# decoding from a wrong one, in which they hardly occur.
_COMMON: Final = frozenset(
    "的一是不了在人有我他这中大来上国和到说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行"
    "所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军"
    "者意无力它区政府民办公厅局市县省委工通知关条例规定第号月二三四五六七八九十共國會這來時們個說對發"
    "後過裡學動開關條規號區廳縣辦務業員產權應當為與並由按照及他门管理服务建设展企业机单位以简称〇"
    "，。、；：（）《》“”"
)


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        ExtractionError: It is no text in any known encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _sound(content.decode(encoding, errors="replace"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not _is_utf8_by_chance(text, content):
            return text
    wide = _wide_without_mark(content)
    if wide:
        return _sound(content.decode(wide, errors="replace"))
    best = max(_CHINESE, key=lambda name: _plausibility(content, name))
    if (
        best != "utf-8"
        and _share_of_common(content[:_SAMPLE].decode(best, "replace")) < _MIN_COMMON
    ):
        best = _guessed(content) or best
    return _sound(content.decode(best, errors="replace"))


def _sound(text: str) -> str:
    if _damage(text) > MAX_DAMAGE:
        raise ExtractionError(Reason.DAMAGED, "not text in UTF-8, GB18030, Big5 or UTF-16")
    return text


def _is_utf8_by_chance(text: str, content: bytes) -> bool:
    """Latin text in UTF-16 passes for UTF-8 with zeros; 通知 in GB18030 for two odd letters."""
    if "\0" in text:
        return True
    if len(content) > _MAX_CHANCE or text.isascii() or max(text) >= "\u0800":
        return False
    return _share_of_common(content.decode("gb18030", "replace")) > _MIN_COMMON_BY_CHANCE


def _wide_without_mark(content: bytes) -> str:
    """UTF-16 read in the right order is common characters, Latin letters and line ends."""
    # Cut to whole characters: the file may have lost its last byte.
    sample = content[: min(_SAMPLE, len(content)) // 2 * 2]
    best, best_score = "", _MIN_COMMON
    for encoding in _WIDE_ORDERS:
        text = sample.decode(encoding, errors="replace")
        if not text or _damage(text) > MAX_DAMAGE:
            continue
        score = sum(each in _COMMON or "\t" <= each <= "~" for each in text) / len(text)
        expected = sum(map(_EXPECTED.__contains__, map(ord, text))) / len(text)
        if expected > _MIN_EXPECTED and score > best_score:
            best, best_score = encoding, score
    return best


def _guessed(content: bytes) -> str:
    """Another encoding that reads the file better: Cyrillic, Korean, Japanese, Western."""
    guess = cchardet.detect(content[:_SAMPLE])
    encoding, confidence = guess["encoding"], guess["confidence"]
    if not encoding or not confidence or confidence < _MIN_CONFIDENCE:
        return ""
    try:
        text = content.decode(encoding, errors="replace")
    except LookupError:
        return ""
    return encoding if _damage(text) <= MAX_DAMAGE else ""


def _plausibility(content: bytes, encoding: str) -> float:
    text = content[:_SAMPLE].decode(encoding, errors="replace")
    return _share_of_common(text) - 2 * _damage(text)


def _share_of_common(text: str) -> float:
    wide = [character for character in text if character > "\xff"]
    if not wide:
        return 0.0
    return sum(character in _COMMON for character in wide) / len(wide)


def _damage(text: str) -> float:
    if not text:
        return 0.0
    bad = text.count(_REPLACEMENT) + sum(map(text.count, _CONTROLS))
    return bad / len(text)
