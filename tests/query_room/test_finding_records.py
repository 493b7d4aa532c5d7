from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.errors import RecordNotFoundError

if TYPE_CHECKING:
    from query_room.finding_records import FindRecord
    from tests.fixtures.archive import SmallArchive


def test_the_search_service_finds_records_as_this_room_asks_for_them(
    archive: SmallArchive,
) -> None:
    archive.add("开放的决定", opening="开放")
    archive.run(level=None)
    (hit,) = archive.ask("“开放的决定”").hits
    find: FindRecord = archive.service.record
    assert find(hit.record.record_id, PUBLIC_VIEWER) == hit.record
    with pytest.raises(RecordNotFoundError):
        find("raaaaaaaaaaaa", PUBLIC_VIEWER)
