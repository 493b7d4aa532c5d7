"""Which step leads from where to where. What is not in the table cannot be done."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from query_room.errors import InvalidTransitionError
from query_room.requests.model import RequestStatus as Status


class Step(StrEnum):
    """What can be done with a request."""

    CONFIRM = "confirm"
    ASSIGN = "assign"
    ASK_CLARIFICATION = "ask_clarification"
    CORRECT = "correct"
    CONSULT = "consult"
    RECORD_ANSWER = "record_answer"
    EXTEND = "extend"
    SET_LONGER_PERIOD = "set_longer_period"
    NOTICE_FEE = "notice_fee"
    PAY = "pay"
    COLLECT = "collect"  # attach searches, mark and decide on records
    PROPOSE = "propose"
    SUBMIT = "submit"
    SIGN = "sign"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REPLY = "reply"
    DISPATCH = "dispatch"
    ABANDON = "abandon"  # not corrected or not paid in time
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_OPEN: Final = tuple(status for status in Status if status is not Status.CLOSED)

TRANSITIONS: Final[dict[tuple[Status, Step], Status]] = {
    (Status.FILED, Step.CONFIRM): Status.RECEIVED,
    (Status.RECEIVED, Step.ASSIGN): Status.IN_WORK,
    (Status.IN_WORK, Step.ASSIGN): Status.IN_WORK,
    (Status.IN_WORK, Step.ASK_CLARIFICATION): Status.AWAITING_CORRECTION,
    (Status.AWAITING_CORRECTION, Step.CORRECT): Status.IN_WORK,
    (Status.AWAITING_CORRECTION, Step.ABANDON): Status.CLOSED,
    (Status.IN_WORK, Step.CONSULT): Status.IN_WORK,
    (Status.IN_WORK, Step.RECORD_ANSWER): Status.IN_WORK,
    (Status.IN_WORK, Step.EXTEND): Status.IN_WORK,
    (Status.IN_REVIEW, Step.EXTEND): Status.IN_REVIEW,
    (Status.IN_WORK, Step.SET_LONGER_PERIOD): Status.IN_WORK,
    (Status.IN_WORK, Step.NOTICE_FEE): Status.AWAITING_PAYMENT,
    (Status.AWAITING_PAYMENT, Step.PAY): Status.IN_WORK,
    (Status.AWAITING_PAYMENT, Step.ABANDON): Status.CLOSED,
    (Status.IN_WORK, Step.COLLECT): Status.IN_WORK,
    (Status.IN_WORK, Step.PROPOSE): Status.IN_WORK,
    (Status.IN_WORK, Step.SUBMIT): Status.IN_REVIEW,
    (Status.IN_REVIEW, Step.SIGN): Status.IN_REVIEW,
    (Status.IN_REVIEW, Step.APPROVE): Status.APPROVED,
    (Status.IN_REVIEW, Step.SEND_BACK): Status.IN_WORK,
    (Status.APPROVED, Step.REPLY): Status.REPLIED,
    (Status.REPLIED, Step.DISPATCH): Status.CLOSED,
    **{(status, Step.WITHDRAW): Status.CLOSED for status in _OPEN},
    (Status.CLOSED, Step.REOPEN): Status.IN_WORK,
}


def next_status(status: Status, step: Step) -> Status:
    """Where a step leads.

    Raises:
        InvalidTransitionError: It cannot be taken from there.
    """
    try:
        return TRANSITIONS[status, step]
    except KeyError:
        raise InvalidTransitionError(step.value, status.value) from None


def steps_from(status: Status) -> frozenset[Step]:
    """The steps that can be taken from there."""
    return frozenset(step for origin, step in TRANSITIONS if origin is status)
