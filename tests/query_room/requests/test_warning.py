"""Warnings of due dates: each stage once, to the organ's own mailbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.calendar import DayKind
from query_room.notices import NoticeKind, OrganMailbox
from search_api.china_time import CHINA, day_in_china

if TYPE_CHECKING:
    from query_room.notices import Notice
    from tests.query_room.requests.conftest import Office


@pytest.fixture
def request_id(office: Office) -> str:
    organ = office.room.organs.load(office.organ_id)
    office.room.organs.change(replace(organ, email="gongkai@qinghe.example.cn"), by="test")
    return office.in_work()


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), CHINA).astimezone(dt.UTC)


def warned(office: Office, request_id: str) -> list[Notice]:
    kinds = (NoticeKind.DUE_SOON, NoticeKind.OVERDUE)
    return [each for each in office.room.notices.of_request(request_id) if each.kind in kinds]


def due_on(office: Office, request_id: str) -> dt.date:
    clock = office.load(request_id).clock
    assert clock is not None
    assert clock.due_on is not None
    return clock.due_on


def test_every_stage_is_warned_of_once(office: Office, request_id: str) -> None:
    warnings = office.requests.warnings
    due = due_on(office, request_id)
    calendar = office.room.calendar.current()
    today = day_in_china(utc_now())
    days = [today + dt.timedelta(days=each) for each in range((due - today).days + 5)]
    told = {day: warnings.warn(at(day)) + warnings.warn(at(day)) for day in days}
    stages = [day for day, count in told.items() if count]
    # Ten, five and one days that still count, the day itself among them if it is one.
    left = [
        calendar.is_working_day(day) + calendar.working_days_between(day, due)
        for day in stages
        if day <= due
    ]
    assert left == [10, 5, 1]
    assert stages[-1] == due + dt.timedelta(days=1)
    assert sum(told.values()) == 4
    assert [each.kind for each in warned(office, request_id)] == [
        *[NoticeKind.DUE_SOON] * 3,
        NoticeKind.OVERDUE,
    ]


def test_a_warning_goes_to_the_organ_and_says_nothing_of_the_matter(
    office: Office, request_id: str
) -> None:
    due = due_on(office, request_id)
    assert office.requests.warnings.warn(at(due)) == 1
    (warning,) = warned(office, request_id)
    assert warning.to == OrganMailbox(organ_id=office.organ_id)
    assert warning.fields.due_on == due
    assert set(warning.fields.as_json()) == {"request_number", "organ", "due_on", "status_url"}


def test_a_due_date_that_moved_is_warned_of_anew(office: Office, request_id: str) -> None:
    due = due_on(office, request_id)
    assert office.requests.warnings.warn(at(due)) == 1
    office.room.calendar.set_day(due, DayKind.HOLIDAY, name="", source="区政府", by="guanli")
    later = due_on(office, request_id)
    assert later > due
    assert office.requests.warnings.warn(at(later)) == 1
    assert [each.fields.due_on for each in warned(office, request_id)] == [due, later]


def test_nobody_is_warned_of_what_is_closed_or_of_an_organ_without_a_mailbox(
    office: Office, request_id: str
) -> None:
    organ = office.room.organs.load(office.organ_id)
    due = due_on(office, request_id)
    office.room.organs.change(replace(organ, email=""), by="test")
    assert office.requests.warnings.warn(at(due)) == 0
    office.room.organs.change(organ, by="test")
    office.requests.deciding.withdraw(request_id, reason="申请人撤回", by=office.handler)
    assert office.requests.warnings.warn(at(due + dt.timedelta(days=9))) == 0
