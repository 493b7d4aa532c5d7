"""Whether two descriptions of one document say the same, however they are written."""

from __future__ import annotations

import re
from typing import Final

from indexer.analysis.fold import fold
from indexer.dates import PartialDate
from indexer.official.archival_codes import archival_key
from indexer.official.document_numbers import parse as parse_number

COMPARED: Final = (
    "title",
    "agency",
    "document_number",
    "date",
    "genre",
    "archival_code",
    "index_number",
)
"""What a catalogue and a document both may say."""

MAX_KEY: Final = 200
"""Characters of a key; databases index no longer ones."""

_NO_WORD: Final = re.compile(r"[\W_]+")
_AGENCIES: Final = re.compile(r"[、，,；;\s]+")
_SHORT: Final = {
    "人民政府": "政府",
    "人民代表大会": "人大",
    "常务委员会": "常委会",
    "委员会": "委",
    "办公室": "办",
    "办公厅": "办",
    "人力资源和社会保障": "人社",
    "发展和改革": "发改",
    "住房和城乡建设": "住建",
    "工业和信息化": "工信",
}
_STATE: Final = "中华人民共和国"
# 关于印发…办法的通知 and the 办法 it brings are one paper to everybody who names it.
_ISSUING: Final = re.compile(
    r"^.{0,60}?关于(?:印发|发布|公布|下发|转发|批转)(?P<inner>.{4,}?)的?(?:通知|公告|通报|决定)$"
)


def title_key(title: str) -> str:
    """A title without widths, spaces and punctuation; of a notice that issues a text, the text's.

    Equal keys mean that both may be the same paper; ``""`` for no title.
    """
    key = _NO_WORD.sub("", fold(title))
    issued = _ISSUING.match(key)
    return (issued["inner"] if issued else key)[:MAX_KEY]


def number_key(document_number: str) -> str:
    """The key of a 发文字号, equal for all spellings of one number; ``""`` for none."""
    number = parse_number(document_number)
    return number.key if number else ""


def say_the_same(field: str, one: str, other: str) -> bool:
    """Whether two values of a field of :data:`COMPARED` agree; dates are in ISO form."""
    match field:
        case "title":
            return title_key(one) == title_key(other)
        case "agency":
            return _lead(one) == _lead(other) or _is_short_for(_lead(one), _lead(other))
        case "document_number":
            first, second = number_key(one), number_key(other)
            return first == second if first and second else _plain(one) == _plain(other)
        case "date":
            return _is_within(PartialDate.fromisoformat(one), PartialDate.fromisoformat(other))
        case "archival_code":
            return archival_key(one) == archival_key(other)
        case _:
            return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _NO_WORD.sub("", fold(text))


def _lead(agencies: str) -> str:
    """The leading agency in its short form, without the name of the state."""
    name = _AGENCIES.split(fold(agencies).strip())[0].removeprefix(_STATE)
    for full, short in _SHORT.items():
        name = name.replace(full, short)
    return name


def _is_short_for(one: str, other: str) -> bool:
    """区民政局 for 青山区民政局; but 市政府 is not 市青山区政府."""
    short, full = sorted((one, other), key=len)
    return len(short) > 1 and full.endswith(short)


def _is_within(one: PartialDate, other: PartialDate) -> bool:
    """Whether one date is the other, as far as both are known."""
    first, second = one.isoformat(), other.isoformat()
    return first.startswith(second) or second.startswith(first)
