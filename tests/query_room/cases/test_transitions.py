"""Which steps of a case can be taken, each pair of them."""

from __future__ import annotations

import pytest

from query_room.cases import CaseStatus, CaseStep, steps_from
from query_room.cases.transitions import next_status
from query_room.errors import InvalidTransitionError

ALLOWED = {
    CaseStatus.PENDING: {CaseStep.ANSWER, CaseStep.DECIDE, CaseStep.WITHDRAW},
    CaseStatus.ANSWERED: {CaseStep.DECIDE, CaseStep.WITHDRAW},
    CaseStatus.DECIDED: set(),
    CaseStatus.WITHDRAWN: set(),
}


@pytest.mark.parametrize("status", CaseStatus)
def test_what_has_ended_stays_ended(status: CaseStatus) -> None:
    assert steps_from(status) == ALLOWED[status]
    for step in set(CaseStep) - ALLOWED[status]:
        with pytest.raises(InvalidTransitionError):
            next_status(status, step)
