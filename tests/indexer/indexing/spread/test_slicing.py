from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.indexing.spread.slicing import (
    DEATHS_OF_MANY,
    DEATHS_OF_ONE,
    Step,
    closed,
    cut_ids,
    cut_positions,
    next_step,
)
from indexer.records import RecordId
from indexer.repositories.slices import Bounds, Slice, SliceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

AT = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)


def piece(
    bounds: Bounds, *, slice_id: int = 1, record_id: str = "", deaths: int = 0, done: bool = False
) -> Slice:
    return Slice(
        slice_id=slice_id,
        files=1,
        kind=SliceKind.CHANGES,
        bounds=bounds,
        record_id=RecordId(record_id) if record_id else None,
        is_done=done,
        deaths=deaths,
        reason="",
        job_id=None,
        term=None,
        cut_at=AT,
    )


positions = st.lists(st.integers(1, 10_000), unique=True).map(sorted)


@given(positions, st.integers(1, 7))
def test_slices_cover_every_position_once_and_in_order(given: list[int], size: int) -> None:
    ranges = cut_positions(0, given, size)
    covered = [
        [each for each in given if one.after_position < each <= one.last_position] for one in ranges
    ]
    assert [each for some in covered for each in some] == given
    assert all(1 <= len(some) <= size for some in covered)
    assert all(one.last_position == other.after_position for one, other in pairwise(ranges))


@given(
    st.lists(st.text("abc0", min_size=1, max_size=4), unique=True).map(sorted), st.integers(1, 5)
)
def test_slices_cover_every_record_once_and_in_order(ids: list[str], size: int) -> None:
    ranges = cut_ids("", ids, size)
    covered = [[each for each in ids if one.after_id < each <= one.last_id] for one in ranges]
    assert [each for some in covered for each in some] == ids
    assert all(1 <= len(some) <= size for some in covered)


@given(positions, st.integers(1, 4), st.data())
def test_what_is_reached_has_nothing_open_before_it_in_whatever_order_slices_end(
    given: list[int], size: int, data: st.DataObject
) -> None:
    slices: list[Slice] = []
    for number, bounds in enumerate(cut_positions(0, given, size)):
        # Some were cut into their records, which share their range.
        singles = data.draw(st.sampled_from([("",), ("",), ("r1", "r2")]))
        slices += [
            piece(bounds, slice_id=10 * number + place, record_id=single)
            for place, single in enumerate(singles)
        ]
    order = data.draw(st.permutations(range(len(slices))))
    done: set[int] = set()
    last = 0
    for each in [None, *order]:
        if each is not None:
            done.add(each)
        now = [
            piece(one.bounds, slice_id=one.slice_id, done=number in done)
            for number, one in enumerate(slices)
        ]
        reached = max((one.bounds.last_position for one in closed(now)), default=0)
        open_ones = [one.bounds for one in now if not one.is_done]
        assert all(one.after_position >= reached for one in open_ones)
        assert last <= reached
        last = reached
    assert last == (given[-1] if given else 0)


@pytest.mark.parametrize(
    ("record_id", "steps"),
    [
        ("", [Step.GIVE_OUT] * DEATHS_OF_MANY + [Step.CUT_UP]),
        ("r1", [Step.GIVE_OUT] * DEATHS_OF_ONE + [Step.SET_ASIDE]),
    ],
)
def test_a_slice_is_tried_again_and_then_cut_up_or_set_aside(
    record_id: str, steps: Sequence[Step]
) -> None:
    found = [
        next_step(piece(Bounds(last_position=1), record_id=record_id, deaths=deaths))
        for deaths in range(len(steps))
    ]
    assert found == steps
    assert DEATHS_OF_ONE == 3
