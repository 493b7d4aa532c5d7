from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import RecordId
from search_api.replaying.comparing import Fate, compare

A, B, C, D = (RecordId(f"r{letter * 12}") for letter in "abcd")


def fates(then: dict[RecordId, int], now: dict[RecordId, int], screen: range) -> dict[str, Fate]:
    return {each.record_id[1]: each.fate for each in compare(then, now, screen)}


def test_what_is_gone_new_or_elsewhere_is_told_apart() -> None:
    found = compare({A: 1, B: 2, C: 3}, {C: 1, B: 2, D: 3}, range(1, 11))
    assert [(each.record_id[1], each.fate, each.then, each.now) for each in found] == [
        ("c", Fate.MOVED, 3, 1),
        ("b", Fate.KEPT, 2, 2),
        ("d", Fate.GAINED, None, 3),
        ("a", Fate.LOST, 1, None),
    ]


def test_what_left_the_screen_has_moved_and_what_never_came_to_it_is_no_gain() -> None:
    assert fates({A: 1, B: 2}, {B: 1, C: 2, A: 3, D: 4}, range(1, 3)) == {
        "b": Fate.MOVED,
        "c": Fate.GAINED,
        "a": Fate.MOVED,
    }


ranks = st.lists(st.sampled_from((A, B, C, D)), unique=True).map(
    lambda ids: {each: at for at, each in enumerate(ids, start=1)}
)


@given(ranks, ranks)
def test_every_record_of_either_list_has_one_fate(
    then: dict[RecordId, int], now: dict[RecordId, int]
) -> None:
    found = compare(then, now, range(1, 5))
    assert sorted(each.record_id for each in found) == sorted(then.keys() | now.keys())
    for each in found:
        assert (each.then, each.now) == (then.get(each.record_id), now.get(each.record_id))
        assert (each.fate is Fate.KEPT) == (each.then == each.now)
