from __future__ import annotations

import threading

import pytest
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from query_room import request_counts
from query_room.request_counts import SCHEME, SWEEP_S, RequestCounts


class Clock:
    """Seconds since 1970, as a test has them."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(request_counts, "time", clock)
    return clock


def test_a_count_ends_with_its_time(clock: Clock) -> None:
    counts = RequestCounts()
    assert [counts.incr("a", 60), counts.incr("a", 60, 3), counts.incr("b", 60)] == [1, 4, 1]
    clock.now += 59.9
    assert (counts.get("a"), counts.get_expiry("a")) == (4, 1_000_060)
    clock.now += 0.1
    assert (counts.get("a"), counts.get_expiry("a")) == (0, clock.now)
    assert counts.incr("a", 60) == 1


def test_what_ended_is_forgotten_and_the_rest_kept(clock: Clock) -> None:
    counts = RequestCounts()
    for number in range(1000):
        counts.incr(f"short {number}", 1)
    counts.incr("long", 3600)
    clock.now += SWEEP_S
    counts.incr("new", 60)
    assert (counts.reset(), counts.get("long")) == (2, 0)


def test_one_is_cleared_alone() -> None:
    counts = RequestCounts()
    counts.incr("a", 60)
    counts.incr("b", 60)
    counts.clear("a")
    counts.clear("nobody")
    assert (counts.get("a"), counts.get("b"), counts.check()) == (0, 1, True)


def test_the_limiter_counts_with_it_and_starts_no_thread() -> None:
    before = threading.active_count()
    limiter = FixedWindowRateLimiter(storage_from_string(f"{SCHEME}://"))
    three = RateLimitItemPerMinute(3)
    assert [limiter.hit(three, "somebody") for _ in range(4)] == [True, True, True, False]
    assert limiter.hit(three, "another")
    assert threading.active_count() == before


def test_none_is_lost_between_threads() -> None:
    counts = RequestCounts()

    def ask() -> None:
        for _ in range(2000):
            counts.incr("all", 60)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counts.get("all") == 8000
