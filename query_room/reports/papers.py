"""A report as it is written out: name, year, tables, written parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from query_room.reports.model import TextPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from query_room.reports.model import AnnualTables

HEADINGS: Final = {
    TextPart.OVERVIEW: "一、总体情况",
    TextPart.PROBLEMS: "五、存在的主要问题及改进情况",
    TextPart.OTHER: "六、其他需要报告的事项",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What goes to the printer.

    Attributes:
        organ: The name in the title.
        state: ``草稿`` or when it was issued; stands under the title.
    """

    organ: str
    tables: AnnualTables
    texts: Mapping[TextPart, str]
    state: str

    @property
    def title(self) -> str:
        """As the office is used to it."""
        return f"{self.organ}{self.tables.year}年政府信息公开工作年度报告"

    def paragraphs(self, part: TextPart) -> list[str]:
        """The paragraphs of a written part; 无 where there is none."""
        lines = [line.strip() for line in self.texts.get(part, "").splitlines()]
        return [line for line in lines if line] or ["无。"]
