"""Which step of a review or suit leads from where to where."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from query_room.cases.model import CaseStatus as Status
from query_room.errors import InvalidTransitionError


class CaseStep(StrEnum):
    """What can be done with a review or suit."""

    ANSWER = "answer"
    DECIDE = "decide"
    WITHDRAW = "withdraw"


TRANSITIONS: Final[dict[tuple[Status, CaseStep], Status]] = {
    (Status.PENDING, CaseStep.ANSWER): Status.ANSWERED,
    # Some are ended without the organ's defence, e.g. because they are not admitted.
    (Status.PENDING, CaseStep.DECIDE): Status.DECIDED,
    (Status.PENDING, CaseStep.WITHDRAW): Status.WITHDRAWN,
    (Status.ANSWERED, CaseStep.DECIDE): Status.DECIDED,
    (Status.ANSWERED, CaseStep.WITHDRAW): Status.WITHDRAWN,
}


def next_status(status: Status, step: CaseStep) -> Status:
    """Where a step leads.

    Raises:
        InvalidTransitionError: It cannot be taken from there.
    """
    try:
        return TRANSITIONS[status, step]
    except KeyError:
        raise InvalidTransitionError(step.value, status.value) from None


def steps_from(status: Status) -> frozenset[CaseStep]:
    """The steps that can be taken from there."""
    return frozenset(step for origin, step in TRANSITIONS if origin is status)
