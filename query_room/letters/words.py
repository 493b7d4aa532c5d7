"""Words that letters use for choices made on screens, whatever language the screen had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DECISION_WORDS: Final[Mapping[str, str]] = {
    "": "",
    "open": "予以公开",
    "open_in_part": "部分公开",
    "withhold": "不予公开",
}
SYSTEM: Final = "电子档案检索系统"
BY_ARCHIVIST: Final = "（档案员权限）"
FEE_WORDS: Final[Mapping[str, str]] = {"items": "按件", "pages": "按量"}
