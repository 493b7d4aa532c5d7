"""What the room searched, as an auditor asks for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now, writing
from indexer.repositories.withdrawals import withdraw_record
from query_room.accounts import Role
from query_room.audit import HitState, SearchQuestion
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.sheets import SheetFormat, sheet
from search_api.china_time import day_in_china
from tests.query_room.audit.test_service import account, readings
from tests.query_room.requests.conftest import Office, office

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

__all__ = ["office"]  # the fixture


def today() -> SearchQuestion:
    day = day_in_china(utc_now())
    return SearchQuestion(first=day, last=day)


def test_every_hit_tells_what_has_become_of_it(office: Office, archive: SmallArchive) -> None:
    room = office.room
    auditor = account(room, "shenji", Role.AUDITOR)
    first, second = (hit.record.record_id for hit in office.ask("知青").hits)
    (found,) = room.search_audit.find(today(), by=auditor).searches
    assert set(found.states.values()) == {HitState.SAME}
    with writing(archive.engine) as connection:
        withdraw_record(connection, first, ground="误公开", by="li", at=utc_now())
    (found,) = room.search_audit.find(today(), by=auditor).searches
    assert found.states == {first: HitState.WITHDRAWN, second: HitState.SAME}


def test_who_reads_is_written_down_with_what_was_asked(office: Office) -> None:
    room = office.room
    auditor = account(room, "shenji", Role.AUDITOR)
    question = today()
    office.ask("知青")
    room.search_audit.find(question, by=auditor)
    rows = [[each.search.search_id] for each in room.search_audit.every(question, by=auditor)]
    content = sheet(["x"], rows, SheetFormat.CSV)
    room.search_audit.note_export(question, content, by=auditor)
    read, exported = readings(room)
    assert read["what"] == "searches"  # type: ignore[index]
    assert exported["row_count"] == 1  # type: ignore[index]
    assert exported["file_hash"] == content.sha256  # type: ignore[index]


def test_days_that_cannot_be_and_people_who_may_not(office: Office) -> None:
    audit = office.room.search_audit
    auditor = account(office.room, "shenji", Role.AUDITOR)
    day = today().first
    one = dt.timedelta(days=1)
    for wrong in (
        SearchQuestion(first=day, last=day - one),
        SearchQuestion(first=day, last=day + one),
        SearchQuestion(first=dt.date(1066, 10, 14), last=day),
        SearchQuestion(first=day, last=day, page=2),
        SearchQuestion(first=day, last=day, page=0),
    ):
        with pytest.raises(InvalidFieldError):
            audit.find(wrong, by=auditor)
    for person in (office.handler, office.archivist):
        with pytest.raises(PermissionDeniedError):
            audit.find(today(), by=person)
        with pytest.raises(PermissionDeniedError):
            list(audit.every(today(), by=person))
