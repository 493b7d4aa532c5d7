from __future__ import annotations

import pytest
from flask import Flask, abort
from prometheus_client import CollectorRegistry

from query_room.monitoring import RequestMetrics


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def app(registry: CollectorRegistry) -> Flask:
    app = Flask(__name__)
    RequestMetrics(registry).watch(app)
    app.add_url_rule("/records/<record_id>", "record", lambda record_id: record_id)
    app.add_url_rule("/search", "search.results", lambda: "none")
    app.add_url_rule("/refused", "refused", lambda: abort(400))
    app.add_url_rule("/crash", "crash", lambda: str(1 // 0))
    return app


def counted(registry: CollectorRegistry, **labels: str) -> float | None:
    return registry.get_sample_value("query_room_requests_total", labels)


def test_requests_count_by_route_and_never_by_address(
    app: Flask, registry: CollectorRegistry
) -> None:
    client = app.test_client()
    for number in range(5):
        client.get(f"/records/{number}?q=秘密")
        client.get(f"/nothing/{number}")
    assert counted(registry, route="/records/<record_id>", method="GET", status="200") == 5
    assert counted(registry, route="unmatched", method="GET", status="404") == 5
    labels = {
        value
        for family in registry.collect()
        for sample in family.samples
        for value in sample.labels.values()
    }
    assert not any("nothing" in value or "秘密" in value for value in labels)


def test_a_made_up_method_makes_no_series_of_its_own(
    app: Flask, registry: CollectorRegistry
) -> None:
    for method in ("BREW", "MAKE-UP", "X" * 100):
        app.test_client().open("/search", method=method)
    assert counted(registry, route="unmatched", method="other", status="405") == 3


def test_refusals_and_crashes_count_too(app: Flask, registry: CollectorRegistry) -> None:
    client = app.test_client()
    client.get("/refused")
    client.get("/crash")
    assert counted(registry, route="/refused", method="GET", status="400") == 1
    assert counted(registry, route="/crash", method="GET", status="500") == 1


def test_answers_are_timed(app: Flask, registry: CollectorRegistry) -> None:
    app.test_client().get("/search")
    labels = {"route": "/search"}
    assert registry.get_sample_value("query_room_request_seconds_count", labels) == 1
    total = registry.get_sample_value("query_room_request_seconds_sum", labels)
    assert total is not None
    assert 0 < total < 10


def test_searches_that_were_answered_are_counted(app: Flask, registry: CollectorRegistry) -> None:
    app.test_client().get("/search")
    assert registry.get_sample_value("query_room_searches_total", {"channel": "web"}) == 1
