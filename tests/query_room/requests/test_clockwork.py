"""What moves the due date of a request: clarification, extension, fees."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from query_room.errors import PermissionDeniedError
from query_room.fees import FeeBasis
from query_room.letters import LetterKind
from query_room.requests import RequestStatus, StepRefusedError
from tests.query_room.requests.conftest import LI
from tests.query_room.requests.issuing import issue, today, words_of

if TYPE_CHECKING:
    from tests.query_room.requests.conftest import Office


def test_clarification_restarts_and_can_be_asked_once(office: Office) -> None:
    request_id = office.in_work()
    clockwork = office.requests.clockwork
    until = today() + dt.timedelta(days=14)
    clockwork.ask_clarification(
        request_id, asked_for="请写明是哪一年的名单。", correct_by=until, by=office.handler
    )
    waiting = office.load(request_id)
    assert waiting.request.status is RequestStatus.AWAITING_CORRECTION
    assert waiting.clock is not None
    assert (waiting.clock.due_on, waiting.clock.correct_by) == (None, until)
    letter_id = issue(office, request_id, LetterKind.CLARIFICATION)
    assert "请写明是哪一年的名单。" in words_of(office, request_id, letter_id)
    with pytest.raises(StepRefusedError, match="period_still_runs"):
        clockwork.abandon(request_id, by=office.handler)
    clockwork.correct(
        request_id, corrected="一九七一年的。", received_on=today(), by=office.handler
    )
    again = office.load(request_id)
    assert again.request.status is RequestStatus.IN_WORK
    assert again.clock is not None
    assert again.clock.due_on is not None
    with pytest.raises(Exception, match="clarified_before"):
        clockwork.ask_clarification(
            request_id, asked_for="再问", correct_by=until, by=office.handler
        )


def test_only_the_head_extends_and_once(office: Office) -> None:
    request_id = office.in_work()
    clockwork = office.requests.clockwork
    before = office.load(request_id).clock
    with pytest.raises(PermissionDeniedError):
        clockwork.extend(request_id, working_days=20, reason="查找量大", by=office.handler)
    clockwork.extend(request_id, working_days=20, reason="查找量大", by=office.head)
    after = office.load(request_id).clock
    assert before is not None
    assert after is not None
    assert (before.period, after.period) == (20, 40)
    letter_id = issue(office, request_id, LetterKind.EXTENSION)
    assert "查找量大" in words_of(office, request_id, letter_id)
    with pytest.raises(Exception, match="extended_before"):
        clockwork.extend(request_id, working_days=1, reason="再延", by=office.head)


def test_a_fee_is_charged_once_and_by_the_tariff(office: Office) -> None:
    request_id = office.in_work()
    clockwork = office.requests.clockwork
    with pytest.raises(StepRefusedError, match="nothing_to_pay"):
        clockwork.notice_fee(request_id, basis=FeeBasis.PAGES, count=30, by=office.handler)
    clockwork.notice_fee(request_id, basis=FeeBasis.PAGES, count=31, by=office.handler)
    assert office.load(request_id).request.status is RequestStatus.AWAITING_PAYMENT
    letter_id = issue(office, request_id, LetterKind.FEE_NOTICE)
    assert "计人民币10元" in words_of(office, request_id, letter_id)
    clockwork.pay(request_id, paid_on=today(), by=office.handler)
    with pytest.raises(StepRefusedError, match="charged_before"):
        clockwork.notice_fee(request_id, basis=FeeBasis.ITEMS, count=31, by=office.handler)


def test_items_of_a_month_add_up_and_only_what_is_new_is_charged(office: Office) -> None:
    clockwork = office.requests.clockwork
    first = office.in_work()
    with pytest.raises(StepRefusedError, match="nothing_to_pay"):
        clockwork.notice_fee(first, basis=FeeBasis.ITEMS, count=10, by=office.handler)
    clockwork.notice_fee(first, basis=FeeBasis.ITEMS, count=11, by=office.handler)
    for _ in range(9):
        office.in_work()
    eleventh = office.in_work()
    clockwork.notice_fee(eleventh, basis=FeeBasis.ITEMS, count=1, by=office.handler)
    words = words_of(office, eleventh, issue(office, eleventh, LetterKind.FEE_NOTICE))
    assert "共1件（本自然月此前已提出10件），计人民币100元" in words
    other = office.in_work(applicant=replace(LI, identity_number="150204199002301235"))
    with pytest.raises(StepRefusedError, match="nothing_to_pay"):
        clockwork.notice_fee(other, basis=FeeBasis.ITEMS, count=1, by=office.handler)
