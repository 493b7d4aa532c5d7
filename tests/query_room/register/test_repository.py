from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.database import reading, writing
from indexer.records import RecordId
from query_room.register import Mode, PageRange, RegisterItem, repository
from query_room.register.repository import EntryRow
from query_room.visits import repository as visits
from tests.query_room.visits.test_repository import AT, ROW

if TYPE_CHECKING:
    from sqlalchemy import Engine

ENTRY = EntryRow(
    entry_id="20260302-001-01",
    visit_id=ROW.visit_id,
    search_id="s",
    event_id=1,
    outcome="found",
    handler="wang",
    entered_at=AT,
    corrects=None,
    corrected_by=None,
    remark_event_id=None,
    reason_event_id=None,
)
ITEM = RegisterItem(
    record_id=RecordId("rabcdefghijkl"),
    archival_code="Q012-1971-Y-0003",
    content_hash="f" * 64,
    level=Level(
        secrecy=Secrecy.INTERNAL, opening=Opening.DELAYED, disclosure=Disclosure.ON_REQUEST
    ),
    is_volume=False,
    pages=(PageRange(first=3, last=4, file_ordinal=1),),
    page_count=2,
    mode=Mode.COPY,
    copies=3,
    certificate="",
    by_hand=True,
    approver="馆长",
    basis="第二十九条",
)


def test_an_entry_comes_back_with_its_items_in_order(database: Engine) -> None:
    second = replace(ITEM, record_id=RecordId("raaaaaaaaaaaa"), level=Level(), pages=())
    with writing(database) as connection:
        visits.add(connection, ROW)
        repository.add(connection, ENTRY, [ITEM, second])
    with reading(database) as connection:
        assert repository.find(connection, ENTRY.entry_id) == ENTRY
        assert repository.items_of(connection, [ENTRY.entry_id]) == {ENTRY.entry_id: [ITEM, second]}
        assert repository.find(connection, "x") is None
        assert repository.items_of(connection, ["x"]) == {}


def test_an_entry_is_corrected_once(database: Engine) -> None:
    with writing(database) as connection:
        visits.add(connection, ROW)
        repository.add(connection, ENTRY, [ITEM])
        assert repository.mark_corrected(connection, ENTRY.entry_id, "20260302-001-02")
        assert not repository.mark_corrected(connection, ENTRY.entry_id, "20260302-001-03")
        assert repository.count_of_visit(connection, ROW.visit_id) == 1
