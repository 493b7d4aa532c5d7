"""Logs to look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from indexer.database import writing
from search_api.log import EventKind, NewEvent, append, seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)  # 12:00 in China


@pytest.fixture
def write_events(database: Engine) -> Callable[[int], list[int]]:
    """Append so many events, one transaction each."""

    def write(count: int) -> list[int]:
        numbers = []
        for place in range(count):
            with writing(database) as connection:
                numbers.append(
                    append(
                        connection,
                        NewEvent(
                            at=NOON + dt.timedelta(seconds=place),
                            kind=EventKind.USED,
                            subject=f"r{place:012d}",
                            body={"谁": f"第{place}人", "页": [place, place + 1]},
                        ),
                    )
                )
        return numbers

    return write


@pytest.fixture
def sealed_events(database: Engine, write_events: Callable[[int], list[int]]) -> list[int]:
    """Nine events in three seals."""
    numbers = []
    for _ in range(3):
        numbers += write_events(3)
        assert seal(database) is not None
    return numbers
