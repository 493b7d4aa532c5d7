"""Threads that are kept for what is asked at the same time."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

_Answer = TypeVar("_Answer")


class KeptThreads:
    """Up to ``most`` threads of one name; who finds none free waits for the next.

    A process that is forked has none of its parent's threads, and would wait for them for ever: it
    gets its own.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    def submit(self, question: Callable[[], _Answer]) -> Future[_Answer]:
        """Ask in one of them."""
        return self._threads.submit(question)

    def _renew(self) -> None:
        self._threads = ThreadPoolExecutor(self._most, thread_name_prefix=self._name)
