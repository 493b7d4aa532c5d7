"""What the values of a catalogue mean."""

from __future__ import annotations

import re
from typing import Final

from indexer.access import Disclosure, Opening, Secrecy

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
}
DISCLOSURE: Final = {
    **{value.value: value for value in Disclosure},
    "主动公开": Disclosure.PROACTIVE,
    "依申请公开": Disclosure.ON_REQUEST,
    "不予公开": Disclosure.NOT_PUBLIC,
    "不公开": Disclosure.NOT_PUBLIC,
}
_SEPARATORS: Final = re.compile(r"[;；\n|]+")
_NAME_SEPARATORS: Final = re.compile(r"[;；\n|、,，\s]+")
_MARK: Final = re.compile(r"[★☆].*$")


def secrecy_of(text: str) -> Secrecy | None:
    """密级; a period after ★ is ignored. ``None`` if it is no known level."""
    return SECRECY.get(_MARK.sub("", "".join(text.split())))


def paths_of(text: str) -> list[str]:
    """The files named in one cell."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def names_of(text: str) -> tuple[str, ...]:
    """The persons named in one cell."""
    return tuple(part for part in _NAME_SEPARATORS.split(text) if part)
