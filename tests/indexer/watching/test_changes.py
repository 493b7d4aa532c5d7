from __future__ import annotations

from indexer.importing.scope import Scope
from indexer.watching.changes import MAX_PATHS, PATIENCE, Changes


def test_changes_go_together_when_it_is_quiet() -> None:
    seen = Changes(settle_s=10)
    assert seen.take(0) is None
    seen.add("a", 0)
    seen.add("b", 6)
    assert seen.take(11) is None
    assert seen.take(16) == Scope(frozenset({"a", "b"}))
    assert seen.take(100) is None


def test_a_file_that_is_still_written_keeps_the_others_waiting_only_so_long() -> None:
    seen = Changes(settle_s=10)
    seen.add("done", 0)
    for now in range(0, 10 * PATIENCE + 1, 5):
        seen.add("growing", now)
        taken = seen.take(now)
    assert taken == Scope(frozenset({"done"}))
    end = 10 * PATIENCE
    assert seen.take(end + 5) is None
    assert seen.take(end + 10) == Scope(frozenset({"growing"}))


def test_a_flood_is_one_look_at_everything() -> None:
    seen = Changes(settle_s=1)
    for number in range(MAX_PATHS + 10):
        seen.add(str(number), 0)
    assert seen.take(1) == Scope(frozenset())
    assert seen.take(2) is None
    seen.add("after", 3)
    assert seen.take(4) == Scope(frozenset({"after"}))


def test_what_is_forgotten_is_forgotten() -> None:
    seen = Changes(settle_s=1)
    seen.add("a", 0)
    seen.clear()
    assert seen.take(100) is None
