"""The steps that move the due date: clarification, extension, fee, longer period, giving up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import utc_now, writing
from query_room.clock import ClockEvent, ClockKind
from query_room.errors import InvalidFieldError
from query_room.fees import FeeBasis, fee
from query_room.fields import LONG, required
from query_room.notices import NoticeKind
from query_room.organs import Duty
from query_room.requests.clocks import clock_events_of
from query_room.requests.counting import items_before
from query_room.requests.errors import StepRefusedError
from query_room.requests.personal_data import RequestData
from query_room.requests.taking_steps import lock_for, take
from query_room.requests.transitions import Step
from query_room.statute.codes import Disposition, ReplyType
from search_api.china_time import day_in_china
from search_api.log import EventKind

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine

    from query_room.accounts.model import Account
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks
    from query_room.requests.telling import Telling
    from query_room.vault import Vault
    from search_api.log.model import JsonValue


_TOLD: Final = {
    Step.ASK_CLARIFICATION: NoticeKind.CLARIFICATION,
    Step.EXTEND: NoticeKind.EXTENDED,
    Step.SET_LONGER_PERIOD: NoticeKind.EXTENDED,
}
"""Steps that the applicant is told of."""


class Clockwork:
    """Steps that move the due date.

    Every step is tried on the clock before it is recorded: what the law does not allow raises
    ``ClockRefusedError`` with its reason and nothing is written. Days may lie in the past, for
    letters are recorded when the post comes in, but not in the future.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        clocks: Clocks,
        telling: Telling,
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._clocks = clocks
        self._telling = telling

    def ask_clarification(
        self, request_id: str, *, asked_for: str, correct_by: dt.date, by: Account
    ) -> None:
        """Ask once, and for everything, that the request be made clearer.

        Raises:
            ClockRefusedError: It was asked before, or the window for asking has passed.
            InvalidFieldError: The text is missing, or the period ends before tomorrow.
        """
        asked_for = required("asked_for", asked_for, LONG)
        today = day_in_china(utc_now())
        if correct_by <= today:
            raise InvalidFieldError("correct_by", "out_of_range")
        event = ClockEvent(kind=ClockKind.CLARIFICATION_ASKED, day=today, until=correct_by)
        self._step(
            request_id,
            Step.ASK_CLARIFICATION,
            EventKind.CLARIFICATION_ASKED,
            event,
            by=by,
            text=asked_for,
            body={"correct_by": correct_by.isoformat()},
        )

    def correct(
        self, request_id: str, *, corrected: str, received_on: dt.date, by: Account
    ) -> None:
        """Take in the correction; the reply period begins anew.

        Raises:
            ClockRefusedError: None was asked for.
            InvalidFieldError: The text is missing, or the day lies in the future.
        """
        corrected = required("corrected", corrected, LONG)
        event = ClockEvent(kind=ClockKind.CORRECTED, day=past_day("received_on", received_on))
        self._step(
            request_id,
            Step.CORRECT,
            EventKind.REQUEST_CORRECTED,
            event,
            by=by,
            text=corrected,
            body={},
        )

    def extend(self, request_id: str, *, working_days: int, reason: str, by: Account) -> None:
        """Extend the reply period; the head of the disclosure office does it in person.

        Source: 政府信息公开条例 (2019) art. 33(2).

        Raises:
            PermissionDeniedError: The account is not the head of the organ's disclosure office.
            ClockRefusedError: Extended before, longer than allowed, or after the due date.
            InvalidFieldError: No reason is given.
        """
        reason = required("reason", reason, LONG)
        event = ClockEvent(
            kind=ClockKind.EXTENDED,
            day=day_in_china(utc_now()),
            working_days=working_days,
            approver=by.name,
        )
        self._step(
            request_id,
            Step.EXTEND,
            EventKind.REQUEST_EXTENDED,
            event,
            by=by,
            duty=Duty.HEAD,
            text=reason,
            body={"approver": by.name, "working_days": working_days},
        )

    def set_longer_period(
        self, request_id: str, *, working_days: int, reason: str, by: Account
    ) -> None:
        """Set a longer period for a request that is excessive but reasonable.

        Source: 政府信息公开条例 (2019) art. 35.
        """
        reason = required("reason", reason, LONG)
        event = ClockEvent(
            kind=ClockKind.LONGER_PERIOD_SET,
            day=day_in_china(utc_now()),
            working_days=working_days,
            approver=by.name,
        )
        self._step(
            request_id,
            Step.SET_LONGER_PERIOD,
            EventKind.LONGER_PERIOD_SET,
            event,
            by=by,
            duty=Duty.HEAD,
            text=reason,
            body={"approver": by.name, "working_days": working_days},
        )

    def notice_fee(self, request_id: str, *, basis: FeeBasis, count: int, by: Account) -> None:
        """Tell the applicant what processing costs; the count stops until it is paid.

        Source: 国办函〔2020〕109号: by items or by pages, never both for one request. Items count
        over a calendar month: what the applicant asked for earlier in it is counted here, and
        only what this request adds is charged.

        Args:
            request_id: The request.
            basis: By what it is reckoned.
            count: Items of this request, or pages that it provides.
            by: The handler.

        Raises:
            StepRefusedError: By the tariff nothing is to be paid, or a fee was charged before.
        """
        now = utc_now()
        today = day_in_china(now)
        event = ClockEvent(kind=ClockKind.FEE_NOTICED, day=today)
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.NOTICE_FEE)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            before = clock_events_of(connection, request_id)
            if any(each.kind is ClockKind.FEE_NOTICED for each in before):
                raise StepRefusedError("charged_before")
            asked = items_before(connection, row) if basis is FeeBasis.ITEMS else 0
            yuan = fee(basis, asked + count, today) - fee(basis, asked, today)
            if yuan == 0:
                raise StepRefusedError("nothing_to_pay")
            self._clocks.try_event(connection, request_id, event)
            take(
                connection,
                row,
                Step.NOTICE_FEE,
                EventKind.FEE_NOTICED,
                at=now,
                body={
                    "basis": basis.value,
                    "count": count,
                    "items_before": asked,
                    "yuan": yuan,
                    "by": by.name,
                },
                clock=event,
            )
            self._telling.tell(connection, row, NoticeKind.FEE)

    def pay(self, request_id: str, *, paid_on: dt.date, by: Account) -> None:
        """Record that the fee was paid; the reply period begins anew."""
        event = ClockEvent(kind=ClockKind.FEE_PAID, day=past_day("paid_on", paid_on))
        self._step(request_id, Step.PAY, EventKind.FEE_PAID, event, by=by, text="", body={})

    def abandon(self, request_id: str, *, by: Account) -> None:
        """End what was not corrected or not paid in time; the law calls it given up.

        Raises:
            StepRefusedError: The applicant's period still runs.
        """
        now = utc_now()
        today = day_in_china(now)
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.ABANDON)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            clock = self._clocks.read(clock_events_of(connection, request_id))
            ends, disposition, reply_type = (
                (clock.correct_by, Disposition.NOT_CORRECTED, ReplyType.NOT_CORRECTED)
                if row.status == "awaiting_correction"
                else (clock.pay_by, Disposition.FEE_NOT_PAID, ReplyType.FEE_NOT_PAID)
            )
            if ends is None or today <= ends:
                raise StepRefusedError("period_still_runs", "" if ends is None else str(ends))
            take(
                connection,
                row,
                Step.ABANDON,
                EventKind.REQUEST_CLOSED,
                at=now,
                body={
                    "disposition": disposition.value,
                    "reply_type": reply_type.value,
                    "by": by.name,
                },
                clock=ClockEvent(kind=ClockKind.CLOSED, day=today),
                disposition=disposition.value,
                reply_type=reply_type.value,
                closed_on=today,
            )

    def _step(
        self,
        request_id: str,
        step: Step,
        kind: EventKind,
        event: ClockEvent,
        *,
        by: Account,
        text: str,
        body: dict[str, JsonValue],
        duty: Duty = Duty.HANDLER,
    ) -> None:
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, step)
            self._organs.require_duty(by, row.organ_id, duty)
            self._clocks.try_event(connection, request_id, event)
            text_event_id = (
                self._data.keep_text(connection, request_id, text, now) if text else None
            )
            take(
                connection,
                row,
                step,
                kind,
                at=now,
                body={**body, "text_event": text_event_id, "by": by.name},
                clock=event,
            )
            if step in _TOLD:
                self._telling.tell(connection, row, _TOLD[step], due_on=event.until)


def past_day(field: str, day: dt.date) -> dt.date:
    """The day, if it is not in the future.

    Raises:
        InvalidFieldError: It is.
    """
    if day > day_in_china(utc_now()):
        raise InvalidFieldError(field, "out_of_range")
    return day
