from __future__ import annotations

import pytest

from query_room.reports import CellKey, TableName
from query_room.reports.grids import grid, shown


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0"), (1, "0.000001"), (1_000_000, "1"), (120_000_000, "120"), (1_500_000, "1.5")],
)
def test_money_is_shown_in_ten_thousands(fen: int, text: str) -> None:
    assert shown(CellKey(TableName.PROACTIVE, "charges", "amount"), fen) == text


def test_the_results_stand_under_their_headings() -> None:
    labels = [[cell.text for cell in row if cell.text] for row in grid(TableName.REQUESTS)]
    assert ["（五）不予处理", "1.信访举报投诉类申请"] in labels
    assert ["三、本年度办理结果", "（一）予以公开"] in labels
    assert labels[-1] == ["四、结转下年度继续办理"]
