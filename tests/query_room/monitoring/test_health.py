from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.ordering.life import IMPORTER_SILENT_S
from query_room.monitoring.health import (
    MIN_FREE_BYTES,
    WORKER_SILENT_S,
    checks,
)
from query_room.monitoring.vitals import Vitals
from search_api.answers import IndexState

WELL = Vitals(
    unsealed_events=3,
    index=IndexState(generation=2, waiting=100),
    worker_silent_s=WORKER_SILENT_S,
    writing=None,
    importer_silent_s=IMPORTER_SILENT_S,
    orders={},
    free_bytes=MIN_FREE_BYTES,
    notices={},
)


def test_a_room_at_its_limits_is_well() -> None:
    parts = ("database", "index", "worker", "importer", "disk")
    assert checks(WELL) == dict.fromkeys(parts, True)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"unsealed_events": None}, "database"),
        ({"index": None}, "index"),
        ({"worker_silent_s": WORKER_SILENT_S + 1}, "worker"),
        ({"worker_silent_s": None}, "worker"),
        ({"importer_silent_s": IMPORTER_SILENT_S + 1}, "importer"),
        ({"importer_silent_s": None}, "importer"),
        ({"free_bytes": MIN_FREE_BYTES - 1}, "disk"),
        ({"free_bytes": None}, "disk"),
    ],
)
def test_one_part_that_fails_is_named(change: dict[str, None], part: str) -> None:
    found = checks(replace(WELL, **change))
    assert [name for name, is_well in found.items() if not is_well] == [part]
