from __future__ import annotations

import pytest

from query_room.reports import TableName
from query_room.reports.grids import width
from query_room.reports.layout import all_keys
from query_room.reports.placing import placed


@pytest.mark.parametrize("table", TableName)
def test_cells_cover_the_whole_table_and_nothing_twice(table: TableName) -> None:
    covered = [
        (down + lower, across + further)
        for down, across, cell in placed(table)
        for lower in range(cell.high)
        for further in range(cell.wide)
    ]
    height = 1 + max(down for down, _ in covered)
    assert len(covered) == len(set(covered))
    assert sorted(covered) == [
        (down, across) for down in range(height) for across in range(width(table))
    ]


def test_every_number_of_the_form_stands_once() -> None:
    keys = [cell.key for table in TableName for _, _, cell in placed(table) if cell.key]
    assert sorted(keys) == sorted(all_keys())
