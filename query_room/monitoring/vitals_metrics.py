"""The vital signs as figures, read anew for every scrape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from indexer.database import utc_now
from indexer.repositories.orders import LIVE
from query_room.monitoring.health import checks
from query_room.monitoring.vitals import take_vitals
from query_room.notices import NoticeState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from query_room.room import Room


class VitalsCollector(Collector):
    """Gauges of a room; one whose part did not answer is left out, as Prometheus expects."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def describe(self) -> list[Metric]:
        """Nothing: registering must not ask a database that may be down."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges now."""
        vitals = take_vitals(self._room)
        up = GaugeMetricFamily("query_room_up", "1 for a part that is well.", labels=["part"])
        for part, is_well in checks(vitals).items():
            up.add_metric([part], float(is_well))
        yield up
        if vitals.notices is not None:
            notices = GaugeMetricFamily(
                "query_room_notices", "E-mail notices by where they stand.", labels=["state"]
            )
            for state in NoticeState:
                notices.add_metric([state.value], float(vitals.notices.get(state, 0)))
            yield notices
        if vitals.orders is not None:
            waiting = GaugeMetricFamily(
                "query_room_import_orders", "Orders that are not over.", labels=["state"]
            )
            for order_state in LIVE:
                waiting.add_metric([order_state.value], float(vitals.orders.get(order_state, 0)))
            yield waiting
        index, written = vitals.index, vitals.writing
        since = written.slices.since if written else None
        figures: tuple[tuple[str, str, float | None], ...] = (
            (
                "query_room_index_generation",
                "Generation of the index that answers.",
                index.generation if index else None,
            ),
            (
                "query_room_outbox_waiting",
                "Changes that the index has not reached yet.",
                index.waiting if index else None,
            ),
            (
                "query_room_log_unsealed_events",
                "Events of the log that no seal vouches for yet.",
                vitals.unsealed_events,
            ),
            (
                "query_room_worker_silent_seconds",
                "Since the index's writer last began a step.",
                vitals.worker_silent_s,
            ),
            (
                "query_room_index_workers",
                "Workers alive, where many write the index.",
                written.workers if written else None,
            ),
            (
                "query_room_index_slices_waiting",
                "Slices of work on the index that are not done.",
                written.slices.slices if written else None,
            ),
            (
                "query_room_index_slices_waiting_seconds",
                "Since the oldest of them was cut.",
                (utc_now() - since).total_seconds() if since else None,
            ),
            (
                "query_room_index_set_aside",
                "Records that killed whoever took them into the index.",
                written.set_aside if written else None,
            ),
            (
                "query_room_importer_silent_seconds",
                "Since the importer last gave a sign of life.",
                vitals.importer_silent_s,
            ),
            ("query_room_data_free_bytes", "Space left for the data folder.", vitals.free_bytes),
        )
        for name, text, figure in figures:
            if figure is not None:
                yield GaugeMetricFamily(name, text, value=figure)
