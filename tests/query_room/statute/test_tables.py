from __future__ import annotations

import datetime as dt

import pytest

from query_room.statute.tables import is_in_force, rows_of


@pytest.mark.parametrize(
    "name",
    ["periods.csv", "dispositions.csv", "exemptions.csv", "remedies.csv", "tariff.csv"],
)
def test_every_table_is_whole(name: str) -> None:
    rows = rows_of(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


def test_a_row_holds_from_its_first_to_its_last_day() -> None:
    row = {"valid_from": "2019-05-15", "valid_until": "2020-12-31"}
    days = [dt.date(2019, 5, 14), dt.date(2019, 5, 15), dt.date(2020, 12, 31), dt.date(2021, 1, 1)]
    assert [is_in_force(row, day) for day in days] == [False, True, True, False]
