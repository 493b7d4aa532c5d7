"""What is kept no longer than its time."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from query_room.errors import PermissionDeniedError
from search_api.log import verify
from tests.query_room.conftest import room
from tests.query_room.requests.conftest import Office, office

__all__ = ["office", "room"]  # the fixtures

THEN = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2036, 3, 4, 2, 0, tzinfo=dt.UTC)


def test_what_is_due_is_erased_on_record_and_nothing_else(office: Office) -> None:
    room = office.room
    with time_machine.travel(THEN, tick=False):
        visit = office.visit()
        ended = office.in_work()
        office.requests.deciding.withdraw(ended, reason="撤回", by=office.handler)
        open_still = office.in_work()
    with time_machine.travel(THEN + dt.timedelta(days=3650), tick=False):
        assert [due.owners for due in room.retention.due()] == [(), ()]
    with time_machine.travel(LATER, tick=False):
        assert [due.owners for due in room.retention.due()] == [(visit,), (ended,)]
        with pytest.raises(PermissionDeniedError):
            list(room.retention.run(by=office.handler))
        erased = [each.owner for each in room.retention.run(by=office.archivist)]
        assert erased == [visit, ended]
        assert list(room.retention.run(by=office.archivist)) == []
        assert office.load(ended).request.applicant is None
        assert office.load(open_still).request.applicant is not None
        assert room.visits.load(visit, by=office.handler).visitor is None
    assert verify(room.engine).is_whole
