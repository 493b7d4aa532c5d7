from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.searching.ranking import by_score, first_of, ranked
from indexer.engine.snapshot import Found

# Few scores, some of them equal to the decimals that count, and many ties.
SCORES = st.sampled_from([0.0, 1.5, 1.50001, 1.50004, 1.5001, 2.0, 7.25])
FOUND = st.lists(st.tuples(SCORES, st.integers(0, 1000)), max_size=60, unique_by=lambda it: it[1])


@given(FOUND, st.integers(1, 70))
def test_the_first_are_those_of_the_whole_sorted(
    documents: list[tuple[float, int]], limit: int
) -> None:
    by_engine = sorted(documents, key=lambda it: -it[0])
    found = Found(
        scores=[score for score, _ in by_engine],
        keys=[key for _, key in by_engine],
        places=[f"at {key}" for _, key in by_engine],
    )
    assert first_of(found, limit) == sorted(ranked(found), key=by_score)[:limit]
