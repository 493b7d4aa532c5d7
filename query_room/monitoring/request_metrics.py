"""Requests counted and timed, by route and status."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from flask import g, request
from prometheus_client import CollectorRegistry, Counter, Histogram

if TYPE_CHECKING:
    from flask import Flask, Response

_UNMATCHED: Final = "unmatched"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SEARCHES: Final = {"search.results": "web", "api.search": "api"}
_OK: Final = 200

# Seconds, around the targets of 20 ms and 60 ms, up to a request that somebody gives up on.
_BUCKETS: Final = (0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class RequestMetrics:
    """Counts what the application answers.

    A route is named by its rule (``/records/<record_id>``), never by the address asked for, and
    an unknown method counts as ``other``: nobody can make new series by asking.

    Args:
        registry: Where the figures are kept.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._requests = Counter(
            "query_room_requests",
            "HTTP requests answered.",
            ["route", "method", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "query_room_request_seconds",
            "Time from request to answer.",
            ["route"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._searches = Counter(
            "query_room_searches", "Searches answered.", ["channel"], registry=registry
        )

    def watch(self, app: Flask) -> None:
        """Count every request of ``app`` from now on."""

        @app.before_request
        def begin() -> None:
            g.request_began = time.perf_counter()

        @app.after_request
        def count(response: Response) -> Response:
            route = request.url_rule.rule if request.url_rule is not None else _UNMATCHED
            method = request.method if request.method in _METHODS else "other"
            self._requests.labels(route, method, str(response.status_code)).inc()
            # Absent where a request failed before it was anybody's.
            if (began := g.get("request_began")) is not None:
                self._seconds.labels(route).observe(time.perf_counter() - began)
            channel = _SEARCHES.get(request.endpoint or "")
            if channel is not None and response.status_code == _OK:
                self._searches.labels(channel).inc()
            return response
