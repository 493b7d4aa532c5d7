from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.errors import InvalidTransitionError
from query_room.visits.handover_model import HandoverStatus, Step
from query_room.visits.transitions import TRANSITIONS, next_status, steps_from


@pytest.mark.parametrize(("status", "step"), list(itertools.product(HandoverStatus, Step)), ids=str)
def test_what_is_not_in_the_table_cannot_be_done(status: HandoverStatus, step: Step) -> None:
    if (status, step) in TRANSITIONS:
        assert next_status(status, step) is TRANSITIONS[status, step]
        assert step in steps_from(status)
    else:
        with pytest.raises(InvalidTransitionError) as caught:
            next_status(status, step)
        assert (caught.value.step, caught.value.status) == (step.value, status.value)
        assert step not in steps_from(status)


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_nothing_is_delivered_that_was_not_taken_and_answered(steps: list[Step]) -> None:
    status, done = HandoverStatus.WAITING, []
    for step in steps:
        try:
            status = next_status(status, step)
        except InvalidTransitionError:
            continue
        done.append(step)
    if status is HandoverStatus.DELIVERED:
        assert done[-3:] == [Step.TAKE, Step.ANSWER, Step.DELIVER]
    if status is HandoverStatus.CANCELLED:
        assert Step.ANSWER not in done
    assert done.count(Step.ANSWER) <= 1


def test_work_ends_where_it_was_told_or_taken_back() -> None:
    ends = {status for status in HandoverStatus if not steps_from(status)}
    assert ends == {HandoverStatus.DELIVERED, HandoverStatus.CANCELLED}
