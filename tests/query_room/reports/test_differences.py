from __future__ import annotations

from query_room.reports import TableName, annual_tables
from query_room.reports.differences import differences
from tests.query_room.reports.registers import request

OPEN = request(1, "2025-02-01")
CLOSED = request(1, "2025-02-01", "2025-03-01", "A1")


def test_nothing_differs_from_itself() -> None:
    assert differences(annual_tables(2025, [OPEN]), annual_tables(2025, [OPEN])) == ()


def test_every_cell_that_moved_is_named_with_its_requests() -> None:
    found = differences(annual_tables(2025, [OPEN]), annual_tables(2025, [CLOSED]))
    moved = {(each.key.row, each.key.column): (each.then, each.now) for each in found}
    assert moved == {
        ("A1", "nat"): (0, 1),
        ("A1", "tot"): (0, 1),
        ("T", "nat"): (0, 1),
        ("T", "tot"): (0, 1),
        ("N4", "nat"): (1, 0),
        ("N4", "tot"): (1, 0),
    }
    assert {(each.gone, each.come) for each in found if each.key.row == "N4"} == {
        (("QINGHE-2025-00001",), ())
    }


def test_one_request_in_the_place_of_another_is_a_difference() -> None:
    other = request(2, "2025-02-01")
    found = differences(annual_tables(2025, [OPEN]), annual_tables(2025, [other]))
    assert {(each.then, each.now) for each in found} == {(1, 1)}
    assert {each.key.table for each in found} == {TableName.REQUESTS}
    assert found[0].gone == ("QINGHE-2025-00001",)
    assert found[0].come == ("QINGHE-2025-00002",)
