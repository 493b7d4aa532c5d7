"""Two questions to the index at the same time: an engine works without holding the interpreter."""

from __future__ import annotations

from concurrent.futures import wait
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.threads import KeptThreads

if TYPE_CHECKING:
    from collections.abc import Callable

_One = TypeVar("_One")
_Other = TypeVar("_Other")

# As many as a server answers at a time.
_THREADS: Final = KeptThreads("side-by-side", 8)


def side_by_side(one: Callable[[], _One], other: Callable[[], _Other]) -> tuple[_One, _Other]:
    """What both say. Whatever becomes of them, neither goes on afterwards.

    Args:
        one: Asked in another thread.
        other: Asked in this one.
    """
    asked = _THREADS.submit(one)
    try:
        said = other()
    finally:
        wait([asked])
    return asked.result(), said
