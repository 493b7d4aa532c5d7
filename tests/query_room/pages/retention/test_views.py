"""Retention on a page: what is due, erased by two presses, held back."""

from __future__ import annotations

import datetime as dt

import time_machine

from tests.query_room.conftest import text_of
from tests.query_room.pages.requests.test_views import Signed
from tests.query_room.requests.conftest import Office, office

__all__ = ["office"]  # the fixture

THEN = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2036, 3, 4, 2, 0, tzinfo=dt.UTC)


def test_what_is_due_is_held_lifted_and_erased(office: Office) -> None:
    with time_machine.travel(THEN, tick=False):
        request_id = office.in_work()
        office.requests.deciding.withdraw(request_id, reason="撤回", by=office.handler)
    with time_machine.travel(LATER, tick=False):
        archivist = Signed(office, office.archivist)
        assert "抹去" in archivist.get("/retention/").text
        archivist.post("/retention/holds", owner=request_id, ground="诉讼保全")
        page = text_of(archivist.get("/retention/").text)
        assert f"{request_id} 诉讼保全" in page
        assert "没有到期" in page
        assert archivist.post("/retention/holds/1/lift").status_code == 302
        assert archivist.post("/retention/holds/1/lift").status_code == 404
        assert archivist.post("/retention/run").status_code == 400
        assert office.load(request_id).request.applicant is not None
        assert archivist.post("/retention/run", meant="1").status_code == 302
        assert office.load(request_id).request.applicant is None


def test_what_is_wrong_with_a_hold_is_said(office: Office) -> None:
    archivist = Signed(office, office.archivist)
    unknown = archivist.post("/retention/holds", owner="20260101-001", ground="x")
    assert unknown.status_code == 400
    assert "没有这个编号" in unknown.text
    request_id = office.in_work()
    empty = archivist.post("/retention/holds", owner=request_id, ground=" ")
    assert 'id="ground-problem"' in empty.text


def test_nobody_else_comes_here(office: Office) -> None:
    handler = Signed(office, office.handler)
    assert handler.get("/retention/").status_code == 403
    assert handler.post("/retention/run", meant="1").status_code == 403
    assert handler.post("/retention/holds", owner="x", ground="x").status_code == 403
