"""What the values of a catalogue mean."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.access import Disclosure, Opening, Secrecy
from indexer.catalogue.grids import DateCell, UnreadCell
from indexer.custody import CustodyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRECY: Final = {
    **{value.value: value for value in Secrecy},
    "公开": Secrecy.PUBLIC,
    "无": Secrecy.PUBLIC,
    "非密": Secrecy.PUBLIC,
    "内部": Secrecy.INTERNAL,
    "内部资料": Secrecy.INTERNAL,
    "工作秘密": Secrecy.WORK_SECRET,
    "秘密": Secrecy.SECRET,
    "机密": Secrecy.CONFIDENTIAL,
    "绝密": Secrecy.TOP,
    "普通": Secrecy.PUBLIC,
    "非涉密": Secrecy.PUBLIC,
    "不涉密": Secrecy.PUBLIC,
    "无密级": Secrecy.PUBLIC,
    "内部文件": Secrecy.INTERNAL,
    "内部使用": Secrecy.INTERNAL,
}
OPENING: Final = {
    **{value.value: value for value in Opening},
    "开放": Opening.OPEN,
    "已开放": Opening.OPEN,
    "控制": Opening.CONTROLLED,
    "控制使用": Opening.CONTROLLED,
    "不开放": Opening.CONTROLLED,
    "延期开放": Opening.DELAYED,
    "未审核": Opening.UNREVIEWED,
    "未鉴定": Opening.UNREVIEWED,
    "同意开放": Opening.OPEN,
    "拟开放": Opening.UNREVIEWED,  # a proposal is no decision
    "控制利用": Opening.CONTROLLED,
    "不予开放": Opening.CONTROLLED,
    "不宜开放": Opening.CONTROLLED,
    "未开放": Opening.CONTROLLED,
    "限制利用": Opening.CONTROLLED,
    "否": Opening.CONTROLLED,  # but 是 depends on what the column asks
    "延期": Opening.DELAYED,
    "待审核": Opening.UNREVIEWED,
}
DISCLOSURE: Final = {
    **{value.value: value for value in Disclosure},
    "主动公开": Disclosure.PROACTIVE,
    "依申请公开": Disclosure.ON_REQUEST,
    "不予公开": Disclosure.NOT_PUBLIC,
    "不公开": Disclosure.NOT_PUBLIC,
    "依申请": Disclosure.ON_REQUEST,
    "免予公开": Disclosure.NOT_PUBLIC,
    "不宜公开": Disclosure.NOT_PUBLIC,
    "否": Disclosure.NOT_PUBLIC,
}
CUSTODY: Final = {
    **{value.value: value for value in CustodyKind},
    "本单位": CustodyKind.UNIT,
    "本单位保管": CustodyKind.UNIT,
    "本机关保管": CustodyKind.UNIT,
    "未移交": CustodyKind.UNIT,
    "提前移交": CustodyKind.EARLY_DEPOSIT,
    "提前进馆": CustodyKind.EARLY_DEPOSIT,
    "已移交": CustodyKind.TRANSFERRED,
    "移交": CustodyKind.TRANSFERRED,
    "进馆": CustodyKind.TRANSFERRED,
    "已进馆": CustodyKind.TRANSFERRED,
}
T = TypeVar("T")

_SEPARATORS: Final = re.compile(r"[;；\n|]+")
_NAME_SEPARATORS: Final = re.compile(r"[;；\n|、,，]+")
# 机密★10年, 秘密（长期）, 机密 20年
_PERIOD: Final = re.compile(r"[★☆(（]?(?:\d+个?[年月]|长期)?[)）]?$")
_PADDED_NAME: Final = re.compile(r"(?<!\S)([㐀-鿿])\s+([㐀-鿿])(?!\S)")
_JUNK: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_TRADITIONAL: Final = str.maketrans("機絕祕開內無審鑒長個", "机绝秘开内无审鉴长个")


def secrecy_of(text: str) -> Secrecy:
    """密级; its period is passed over.

    Raises:
        ValueError: It is no level we know.
    """
    return _known(SECRECY, _PERIOD.sub("", _plain(text)))


def opening_of(text: str) -> Opening:
    """开放状态.

    Raises:
        ValueError: It is none we know.
    """
    return _known(OPENING, _plain(text))


def disclosure_of(text: str) -> Disclosure:
    """公开属性.

    Raises:
        ValueError: It is none we know.
    """
    return _known(DISCLOSURE, _plain(text))


def custody_of(text: str) -> CustodyKind:
    """保管情况.

    Raises:
        ValueError: It is none we know.
    """
    return _known(CUSTODY, _plain(text))


def paths_of(text: str) -> list[str]:
    """The files named in one cell."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def names_of(text: str) -> tuple[str, ...]:
    """The persons named in one cell; ``张　三`` is one name, padded as lists of names are."""
    names: list[str] = []
    for part in _NAME_SEPARATORS.split(text):
        joined = _PADDED_NAME.sub(r"\1\2", part.strip())
        # Space parts Chinese names, and belongs to names in other scripts.
        names += joined.split() if _is_chinese(joined) else [joined]
    return tuple(name for name in names if name)


def text_of(value: object) -> str:
    """A cell as text that every database takes.

    Raises:
        ValueError: It is no text: an object where a word should stand, or a cell without a value.
    """
    if value is None:
        return ""
    if isinstance(value, DateCell):
        return value.shown
    if isinstance(value, UnreadCell):
        raise ValueError(value.shown)  # noqa: TRY004 - the caller knows bad values, not bad types
    if isinstance(value, list):
        return "；".join(filter(None, map(text_of, value)))
    if isinstance(value, dict):
        raise ValueError(value)  # noqa: TRY004 - the caller knows bad values, not bad types
    # Excel keeps 0001 as the number 1.0 unless the cell is text.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _JUNK.sub("", str(value)).strip()


def is_marking(text: str) -> bool:
    """Whether a cell holds a marking of state secrecy and nothing else, e.g. ``机密★10年``."""
    try:
        return secrecy_of(text).is_state_secret
    except ValueError:
        return False


def _known(words: Mapping[str, T], word: str) -> T:
    try:
        return words[word]
    except KeyError:
        raise ValueError(word) from None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower().translate(_TRADITIONAL)


def _is_chinese(text: str) -> bool:
    return all("㐀" <= character <= "鿿" for character in "".join(text.split()))
