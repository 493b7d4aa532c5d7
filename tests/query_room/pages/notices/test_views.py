"""Notices that are not sent, on a page for archivists."""

from __future__ import annotations

from query_room.accounts import Role
from query_room.notices import NoticeKind, NoticeState
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import person
from tests.query_room.pages.requests.test_views import Signed
from tests.query_room.requests.conftest import LI, Office, office

__all__ = ["office"]  # the fixture


def test_an_unsent_notice_is_shown_masked_and_can_be_sent_after_all(office: Office) -> None:
    request_id = office.in_work()
    office.requests.clockwork.extend(request_id, working_days=5, reason="卷多", by=office.head)
    archivist = Signed(office, office.archivist)
    shown = archivist.get("/notices/")
    page = text_of(shown.text)
    assert office.load(request_id).request.display_number in page
    assert "未启用邮件通知。" in page
    assert LI.email not in shown.text
    (notice,) = office.room.notices.of_request(request_id)
    assert (notice.kind, notice.state) == (NoticeKind.EXTENDED, NoticeState.NOT_SENT)
    assert archivist.post(f"/notices/{notice.notice_id}/retry").status_code == 302
    assert office.room.notices.counts() == {NoticeState.WAITING: 1}
    assert archivist.post(f"/notices/{notice.notice_id}/retry").status_code == 404
    assert "通知均已发出" in archivist.get("/notices/?page=2").text


def test_nobody_else_comes_here(office: Office) -> None:
    handler = Signed(office, office.handler)
    assert handler.get("/notices/").status_code == 403
    assert handler.post("/notices/1/retry").status_code == 403
    assert person(office.room, "guanli", Role.ADMIN).get("/notices/").status_code == 403
