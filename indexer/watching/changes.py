"""Changes that were told of, held back until a file is quiet and a few can go together."""

from __future__ import annotations

import threading
from typing import Final

from indexer.importing.scope import Scope

MAX_PATHS: Final = 5_000
"""More paths than that are not told apart any more: the whole folder is looked through."""

PATIENCE: Final = 10
"""Settle times that the first change waits at most while others keep coming."""


class Changes:
    """What changed below a folder since it was last taken; safe between threads.

    Args:
        settle_s: Seconds without any change after which those that came are ripe. A file that is
            still written keeps the others waiting only so long.
    """

    def __init__(self, settle_s: float) -> None:
        self._settle_s = settle_s
        self._lock = threading.Lock()
        self._changed: dict[str, float] = {}
        self._first_at: float | None = None
        self._last_at = 0.0
        self._is_flooded = False

    def add(self, path: str, now: float) -> None:
        """Note that something happened at a path, at this time of a steady clock."""
        with self._lock:
            self._last_at = now
            if self._first_at is None:
                self._first_at = now
            if self._is_flooded or len(self._changed) >= MAX_PATHS:
                self._is_flooded = True
                self._changed.clear()
            else:
                self._changed[path] = now

    def take(self, now: float) -> Scope | None:
        """What is ripe, once; ``None`` while nothing is. An empty scope: more than can be told."""
        with self._lock:
            if self._first_at is None:
                return None
            is_calm = now - self._last_at >= self._settle_s
            if not is_calm and now - self._first_at < PATIENCE * self._settle_s:
                return None
            if self._is_flooded:
                self._is_flooded, self._first_at = False, None
                return Scope(frozenset())
            quiet = {path for path, at in self._changed.items() if now - at >= self._settle_s}
            for path in quiet:
                del self._changed[path]
            self._first_at = now if self._changed else None
            return Scope(frozenset(quiet)) if quiet else None

    def clear(self) -> None:
        """Forget everything: the whole folder is about to be looked through."""
        with self._lock:
            self._changed.clear()
            self._first_at = None
            self._is_flooded = False
