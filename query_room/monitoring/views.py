"""Routes for those who watch the room."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, jsonify, make_response, request
from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector, generate_latest

from query_room.monitoring.health import checks
from query_room.monitoring.vitals import take_vitals
from query_room.monitoring.vitals_metrics import VitalsCollector

if TYPE_CHECKING:
    from query_room.monitoring.request_metrics import RequestMetrics
    from query_room.room import Room
    from query_room.settings import RoomSettings

_OK: Final = 200
_UNAVAILABLE: Final = 503
_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def create_blueprint(room: Room, metrics: RequestMetrics) -> Blueprint:
    """Health for everybody, figures for those who may have them."""
    pages = Blueprint("monitoring", __name__)
    metrics.registry.register(VitalsCollector(room))
    ProcessCollector(registry=metrics.registry)

    @pages.get("/healthz")
    def health() -> Response:
        """Whether the room is well, part by part; no figure and no name leaves here."""
        found = checks(take_vitals(room))
        words = {part: "ok" if is_well else "failing" for part, is_well in found.items()}
        is_well = all(found.values())
        answer = jsonify({"status": "ok" if is_well else "failing", "checks": words})
        return make_response(answer, _OK if is_well else _UNAVAILABLE)

    @pages.get("/metrics")
    def figures() -> Response:
        """Figures in Prometheus's text format; to others there is no such page."""
        if not (_has_token(room.settings.metrics_token) or _is_local(room.settings)):
            abort(404)
        return Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    return pages


def _has_token(token: str) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_local(settings: RoomSettings) -> bool:
    """Whether a program on this very machine asks.

    A proxy on this machine asks from the same address for the whole world.
    """
    if settings.https or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
