from __future__ import annotations

from pathlib import Path

import pytest

from indexer.containers.budget import MIB, Budget, LimitError, Limits, Workplace


def test_what_comes_out_is_bounded_by_the_whole_and_by_proportion() -> None:
    limits = Limits(total_bytes=100 * MIB, free_bytes=2 * MIB, ratio=10)
    assert Budget(limits, 1).bytes_left == 2 * MIB
    assert Budget(limits, MIB).bytes_left == 10 * MIB
    assert Budget(limits, 50 * MIB).bytes_left == 100 * MIB


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "unpacks to more than 2 MiB, out of all proportion"),
        (50 * MIB, "unpacks to more than 4 MiB"),
    ],
)
def test_a_refusal_says_what_was_too_much(size: int, words: str) -> None:
    budget = Budget(Limits(total_bytes=4 * MIB, free_bytes=2 * MIB, ratio=1), size)
    budget.take_bytes(2 * MIB)
    with pytest.raises(LimitError, match=f"^{words}$"):
        budget.take_bytes(3 * MIB)


def test_members_and_the_size_of_one_are_bounded() -> None:
    budget = Budget(Limits(members=3, member_bytes=MIB), 1)
    budget.take_members(2)
    budget.must_hold(members=1)
    with pytest.raises(LimitError, match="more than 3 members"):
        budget.take_members(2)
    with pytest.raises(LimitError, match="a member of more than 1 MiB"):
        budget.take_bytes(MIB + 1)


def test_no_two_paths_are_the_same_and_none_is_a_name() -> None:
    place = Workplace(Path("/x"), Budget(Limits(), 1))
    assert {place.new_path().name for _ in range(3)} == {"1", "2", "3"}
