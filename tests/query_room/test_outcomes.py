from __future__ import annotations

from query_room.outcomes import Outcome


def test_the_words_that_stand_in_registers_stay() -> None:
    assert {outcome.value for outcome in Outcome} == {"found", "partly", "none"}
