"""What is held is not erased, whoever asks."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from query_room.cases import NewCase, Plaintiff
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.holds import HeldError, HoldNotFoundError
from query_room.statute.case_codes import CaseBlock
from tests.query_room.conftest import room
from tests.query_room.requests.conftest import Office, office

__all__ = ["office", "room"]  # the fixtures

THEN = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2036, 3, 4, 2, 0, tzinfo=dt.UTC)


def closed_request(office: Office) -> str:
    request_id = office.in_work()
    office.requests.deciding.withdraw(request_id, reason="撤回", by=office.handler)
    return request_id


def due(office: Office) -> set[str]:
    return {owner for each in office.room.retention.due() for owner in each.owners}


def test_a_hold_keeps_a_visit_until_it_is_lifted(office: Office) -> None:
    room = office.room
    with time_machine.travel(THEN, tick=False):
        visit = office.visit()
    with time_machine.travel(LATER, tick=False):
        assert due(office) == {visit}
        hold = room.holds.place(visit, ground="诉讼保全", by=office.archivist)
        assert due(office) == set()
        assert list(room.retention.run(by=office.archivist)) == []
        with pytest.raises(HeldError):
            room.visits.erase_person(visit, ground="本人要求", by=office.archivist)
        assert [each.owner for each in room.holds.in_force(by=office.archivist)] == [visit]
        room.holds.lift(hold, by=office.archivist)
        with pytest.raises(HoldNotFoundError):
            room.holds.lift(hold, by=office.archivist)
        assert [each.owner for each in room.retention.run(by=office.archivist)] == [visit]


def test_an_open_suit_holds_its_request_by_itself(office: Office) -> None:
    with time_machine.travel(THEN, tick=False):
        request_id = closed_request(office)
        case_id = office.room.cases.file(
            request_id,
            NewCase(
                block=CaseBlock.REVIEW,
                follows=None,
                authority="青山市人民政府",
                docket="",
                plaintiff=Plaintiff.APPLICANT,
                plaintiff_name="",
                note="",
                filed_on=dt.date(2026, 3, 2),
                notified_on=dt.date(2026, 3, 2),
            ),
            by=office.handler,
        )
    with time_machine.travel(LATER, tick=False):
        assert due(office) == set()
        with pytest.raises(HeldError):
            office.requests.intake.erase_applicant(request_id, ground="x", by=office.archivist)
        office.room.cases.withdraw(case_id, withdrawn_on=dt.date(2036, 3, 4), by=office.handler)
        assert due(office) == {request_id}


def test_a_limit_leaves_the_rest_due(office: Office) -> None:
    with time_machine.travel(THEN, tick=False):
        first, second = closed_request(office), closed_request(office)
    with time_machine.travel(LATER, tick=False):
        erased = [each.owner for each in office.room.retention.run(by=office.archivist, limit=1)]
        assert erased == [first]
        assert due(office) == {second}


def test_a_hold_has_an_owner_a_ground_and_somebody_who_may(office: Office) -> None:
    request_id = closed_request(office)
    holds = office.room.holds
    with pytest.raises(HoldNotFoundError):
        holds.place("20260101-001", ground="x", by=office.archivist)
    with pytest.raises(InvalidFieldError):
        holds.place(request_id, ground=" ", by=office.archivist)
    with pytest.raises(PermissionDeniedError):
        holds.place(request_id, ground="x", by=office.handler)
    with pytest.raises(PermissionDeniedError):
        holds.lift(1, by=office.handler)
    with pytest.raises(PermissionDeniedError):
        holds.in_force(by=office.handler)
