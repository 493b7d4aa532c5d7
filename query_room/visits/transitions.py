"""Which step leads from where to where. What is not in the table cannot be done."""

from __future__ import annotations

from typing import Final

from query_room.errors import InvalidTransitionError
from query_room.visits.handover_model import HandoverStatus as Status
from query_room.visits.handover_model import Step

TRANSITIONS: Final[dict[tuple[Status, Step], Status]] = {
    (Status.WAITING, Step.TAKE): Status.TAKEN,
    (Status.WAITING, Step.CANCEL): Status.CANCELLED,
    (Status.TAKEN, Step.PUT_BACK): Status.WAITING,
    (Status.TAKEN, Step.ANSWER): Status.ANSWERED,
    (Status.TAKEN, Step.CANCEL): Status.CANCELLED,
    (Status.ANSWERED, Step.DELIVER): Status.DELIVERED,
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
