"""Working days on pages: read by handlers, changed by administrators."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.accounts import Role
from search_api.china_time import day_in_china
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person
from tests.query_room.pages.requests.test_views import Signed
from tests.query_room.requests.conftest import Office, office

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from query_room.room import Room

__all__ = ["office"]  # the fixture

NOTICE = "日期,类型,名称\n2027-02-05,休,春节\n2027-02-06,休,春节\n2027-02-20,班,春节\n"


@pytest.fixture
def admin(room: Room) -> Person:
    return person(room, "guanli", Role.ADMIN, "管理员")


def send(by: Person, content: str, source: str = "国办发明电〔2026〕9号") -> TestResponse:
    upload = (io.BytesIO(content.encode()), "2027.csv")
    return by.post("/calendar/notices", source=source, notice=upload)  # type: ignore[arg-type]


def test_the_notice_of_a_year_is_imported_and_shown(admin: Person) -> None:
    assert "暂定" in admin.get("/calendar/?year=2027").text
    assert send(admin, NOTICE).status_code == 302
    page = text_of(admin.get("/calendar/?year=2027").text)
    assert "暂定" not in page
    assert "2027-02-05 – 02-06 放假 春节 国办发明电〔2026〕9号" in page
    assert "2027-02-20 上班 春节" in page
    assert "2027 年全年" in page


def test_lines_that_cannot_be_used_are_named(admin: Person) -> None:
    refused = send(admin, "日期,类型\n昨天,休\n2027-02-05,玩\n")
    assert refused.status_code == 400
    page = text_of(refused.text)
    assert "第 2 行 不是 2027-02-05 这样的日期。" in page
    assert "第 3 行" in page
    assert send(admin, "").status_code == 400
    assert 'id="source-problem"' in send(admin, NOTICE, source=" ").text


def test_a_day_set_here_moves_due_dates_and_their_handlers_see_it(
    office: Office, admin: Person
) -> None:
    request_id = office.in_work()
    number = office.load(request_id).request.display_number
    day = office.room.calendar.current().nth_working_day_after(day_in_china(utc_now()), 1)
    fields = {"day": day.isoformat(), "kind": "holiday", "name": "那达慕", "day_source": "区政府"}
    assert admin.post("/calendar/days", **fields).status_code == 302
    page = text_of(admin.get("/calendar/notices/1").text)
    assert number not in page
    handler = Signed(office, office.handler)
    assert number in text_of(handler.get("/calendar/notices/1").text)
    assert "按“区政府”调整期限" in text_of(handler.get(f"/requests/{request_id}/clock").text)
    assert number not in Signed(office, office.stranger).get("/calendar/notices/1").text
    assert handler.post("/calendar/days", **fields).status_code == 403


@pytest.mark.parametrize("field", ["day", "kind", "day_source"])
def test_a_day_without_its_facts_is_refused(admin: Person, field: str) -> None:
    fields = {"day": "2026-12-01", "kind": "holiday", "name": "", "day_source": "区政府"}
    refused = admin.post("/calendar/days", **{**fields, field: ""})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text


@pytest.mark.parametrize("year", ["1999", "2041", "二〇二六", "-1", "²"])
def test_years_without_a_calendar_are_no_page(admin: Person, year: str) -> None:
    assert admin.get(f"/calendar/?year={year}").status_code == 404
    assert admin.get("/calendar/notices/99").status_code == 404
