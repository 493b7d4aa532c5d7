"""A notice on working days moves due dates, and says so afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.calendar import DayKind
from query_room.errors import PermissionDeniedError
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    import datetime as dt

    from query_room.calendar import Notice
    from tests.query_room.requests.conftest import Office


def holiday_soon(office: Office) -> tuple[dt.date, Notice]:
    """A holiday of this place on the next working day."""
    calendar = office.room.calendar
    day = calendar.current().nth_working_day_after(day_in_china(utc_now()), 1)
    return day, calendar.set_day(day, DayKind.HOLIDAY, name="那达慕", source="区政府", by="guanli")


def due_on(office: Office, request_id: str) -> dt.date:
    clock = office.load(request_id).clock
    assert clock is not None
    assert clock.due_on is not None
    return clock.due_on


def test_the_notice_that_moved_a_due_date_is_named_with_both_days(office: Office) -> None:
    request_id = office.in_work()
    before = due_on(office, request_id)
    _, notice = holiday_soon(office)
    after = due_on(office, request_id)
    assert after > before
    (moved,) = office.requests.moved_dates.of_request(request_id, by=office.handler)
    assert (moved.before, moved.after) == (before, after)
    assert moved.notice.source == "区政府"
    assert office.requests.moved_dates.by_notice(notice.notice_id, by=office.handler) == [moved]
    assert office.requests.moved_dates.by_notice(notice.notice_id + 1, by=office.handler) == []


def test_a_later_notice_has_moves_of_its_own(office: Office) -> None:
    request_id = office.in_work()
    first = due_on(office, request_id)
    holiday_soon(office)
    second = due_on(office, request_id)
    day = office.room.calendar.current().nth_working_day_after(second, 3)
    office.room.calendar.set_day(day, DayKind.HOLIDAY, name="", source="无关", by="guanli")
    holiday_soon(office)
    third = due_on(office, request_id)
    moves = office.requests.moved_dates.of_request(request_id, by=office.handler)
    assert [(each.before, each.after) for each in moves] == [(first, second), (second, third)]


def test_a_request_that_came_before_its_receipt_was_confirmed_has_none(office: Office) -> None:
    from query_room.clock import Channel  # noqa: PLC0415 - beside its one use

    request_id = office.file(channel=Channel.ONLINE, received_on=None)
    holiday_soon(office)
    assert office.requests.moved_dates.of_request(request_id, by=office.handler) == []


def test_others_learn_of_no_request(office: Office) -> None:
    request_id = office.in_work()
    _, notice = holiday_soon(office)
    assert office.requests.moved_dates.by_notice(notice.notice_id, by=office.stranger) == []
    with pytest.raises(PermissionDeniedError):
        office.requests.moved_dates.of_request(request_id, by=office.stranger)
