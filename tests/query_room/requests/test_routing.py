"""The law that opens a record follows from who keeps it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate
from query_room.requests import RequestKind
from query_room.requests.routing import route_of
from tests.query_room.conftest import text_of
from tests.query_room.pages.requests.test_views import Signed

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive
    from tests.query_room.requests.conftest import Office

TODAY = dt.date(2026, 3, 2)


def test_the_route_is_known_where_custody_is() -> None:
    kept = Custody(kind=CustodyKind.UNIT, due_on=PartialDate(2017, 12, 31))
    moved = Custody(kind=CustodyKind.TRANSFERRED, transferred_on=PartialDate(2018, 5, 3))
    assert route_of(kept, TODAY) is RequestKind.DISCLOSURE
    assert route_of(moved, TODAY) is RequestKind.ARCHIVE_USE
    assert route_of(None, TODAY) is None


def test_a_request_says_which_of_its_records_goes_the_other_way(
    office: Office, archive: SmallArchive
) -> None:
    archive.add("红旗公社水利纪要", opening="开放", 移交日期="2015-06")
    archive.add("红旗公社农机纪要", opening="开放", 保管情况="本单位保管")
    archive.run(level=None)
    request_id = office.in_work()
    _, moved = office.mark(request_id, "水利纪要")
    _, kept = office.mark(request_id, "农机纪要")
    handler = Signed(office, office.handler)
    assert text_of(handler.get(f"/requests/{request_id}").text).count("按保管情况应为") == 1
    assert "利用途径 档案利用" in text_of(handler.get(f"/records/{moved}").text)
    assert "利用途径 依申请公开" in text_of(handler.get(f"/records/{kept}").text)
