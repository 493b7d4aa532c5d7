import threading

import pytest

from indexer.engine.searching.side_by_side import side_by_side

PATIENCE_S = 60
NOTHING: dict[str, int] = {}


def test_both_are_asked_at_the_same_time() -> None:
    meet = threading.Barrier(2, timeout=PATIENCE_S)
    assert side_by_side(lambda: ("one", meet.wait())[0], lambda: ("other", meet.wait())[0]) == (
        "one",
        "other",
    )


def test_what_one_fails_with_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda: 1 / 0, lambda: 1)
    with pytest.raises(KeyError):
        side_by_side(lambda: 1, lambda: NOTHING["none"])


def test_neither_goes_on_when_the_other_failed() -> None:
    has_failed, ended = threading.Event(), threading.Event()

    def one() -> None:
        has_failed.wait(PATIENCE_S)
        ended.set()

    def other() -> None:
        has_failed.set()
        raise KeyError

    with pytest.raises(KeyError):
        side_by_side(one, other)
    assert ended.is_set()


def test_more_than_there_are_threads_for_are_all_answered() -> None:
    said: list[tuple[int, int]] = []
    askers = [
        threading.Thread(target=lambda at=at: said.append(side_by_side(lambda: at, lambda: -at)))
        for at in range(50)
    ]
    for each in askers:
        each.start()
    for each in askers:
        each.join(PATIENCE_S)
    assert sorted(said) == [(at, -at) for at in range(50)]
