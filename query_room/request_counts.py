"""How often each reader asked, counted in this process's memory."""

from __future__ import annotations

import time
from threading import Lock
from typing import Final

from limits.storage import Storage

SCHEME: Final = "counts"
"""What the limiter calls this storage by."""

SWEEP_S: Final = 60.0
"""How often counts that ended long ago are forgotten."""


class RequestCounts(Storage):
    """The counts behind the limits.

    The library's own storage in memory starts a thread for every request, and the answer waits for
    it.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - as the library declares it

    def __init__(self, uri: str | None = None, **options: float | str | bool) -> None:
        super().__init__(uri, **options)  # type: ignore[arg-type] # the library's own options
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # how many, and until when they count
        self._next_sweep = 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What may go wrong with memory: nothing."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more, for ``expiry`` seconds from the first; how many there are then."""
        now = time.time()
        with self._lock:
            self._sweep(now)
            count, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
            self._counts[key] = count + amount, until
            return count + amount

    def get(self, key: str) -> int:
        """How many there are."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When they end, in seconds since 1970."""
        return max(self._counts.get(key, (0, 0.0))[1], time.time())

    def clear(self, key: str) -> None:
        """Forget them."""
        with self._lock:
            self._counts.pop(key, None)

    def reset(self) -> int:
        """Forget all; how many there were."""
        with self._lock:
            number = len(self._counts)
            self._counts.clear()
            return number

    def check(self) -> bool:
        """Whether they can be reached: memory can."""
        return True

    def _sweep(self, now: float) -> None:
        if now < self._next_sweep:
            return
        self._counts = {key: each for key, each in self._counts.items() if each[1] > now}
        self._next_sweep = now + SWEEP_S
