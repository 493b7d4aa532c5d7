"""Two questions to the index at the same time: an engine works without holding the interpreter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_One = TypeVar("_One")
_Other = TypeVar("_Other")

# As many as a server answers at a time; who finds none free waits for the next.
_THREADS: Final = ThreadPoolExecutor(max_workers=8, thread_name_prefix="side-by-side")


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
