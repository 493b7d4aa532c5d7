from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prometheus_client import CollectorRegistry

from indexer.database import utc_now, writing
from indexer.records import RecordId
from indexer.repositories import set_asides, slices
from indexer.repositories.slices import Bounds, SliceKind
from query_room.monitoring.vitals_metrics import VitalsCollector

if TYPE_CHECKING:
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def figures(room: Room) -> dict[str, float]:
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in VitalsCollector(room).collect()
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_moment(room: Room, archive: SmallArchive) -> None:
    archive.add("甲", "低保")
    archive.run()
    before = figures(room)
    archive.ask("低保")
    after = figures(room)
    assert before["query_room_index_generation"] == 1
    assert before["query_room_outbox_waiting"] == 0
    unsealed = "query_room_log_unsealed_events"
    assert after[unsealed] == before[unsealed] + 1
    assert after["query_room_updatabase"] == 1
    assert after["query_room_upindex"] == 1


def test_what_does_not_answer_is_left_out_and_said_to_be_down(room: Room) -> None:
    found = figures(room)
    assert "query_room_index_generation" not in found
    assert found["query_room_upindex"] == 0


@pytest.mark.postgresql
def test_what_many_writers_do_has_its_figures(room: Room, shared_archive: SmallArchive) -> None:
    many = replace(
        room,
        engine=shared_archive.engine,
        settings=replace(room.settings, indexer=shared_archive.settings),
    )
    with writing(shared_archive.engine) as connection:
        set_asides.add(connection, 1, RecordId("r1"), deaths=3, reason="x", at=utc_now())
    found = figures(many)
    assert found["query_room_index_workers"] == 0
    assert found["query_room_index_slices_waiting"] == 0
    assert found["query_room_index_set_aside"] == 1
    assert "query_room_index_slices_waiting_seconds" not in found
    with writing(shared_archive.engine) as connection:
        slices.add(connection, 1, SliceKind.CHANGES, [Bounds(last_position=1)], utc_now())
    found = figures(many)
    assert found["query_room_index_slices_waiting"] == 1
    assert 0 <= found["query_room_index_slices_waiting_seconds"] < 60


def test_where_one_writes_there_are_no_figures_of_many(room: Room) -> None:
    found = figures(room)
    assert "query_room_index_workers" not in found
    assert found["query_room_index_set_aside"] == 0


def test_registering_asks_nothing(room: Room) -> None:
    room.engine.dispose()
    CollectorRegistry().register(VitalsCollector(room))
    assert room.engine.pool.checkedin() == 0  # type: ignore[attr-defined] # both pools have it
