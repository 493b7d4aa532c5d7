"""The room as a web application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session
from flask_openapi3.openapi import OpenAPI
from flask_wtf import CSRFProtect
from prometheus_client import CollectorRegistry

from query_room import monitoring
from query_room.asking import Asking
from query_room.error_pages import init_error_pages
from query_room.in_hand import request_in_hand
from query_room.languages import init_languages
from query_room.pages import (
    applying,
    archive,
    browse,
    calendar,
    cases,
    certificates,
    counter_labels,
    following,
    guide,
    handovers,
    ledgers,
    log,
    notices,
    organs,
    past_searches,
    preferences,
    records,
    register,
    reports,
    requests,
    retention,
    saved_searches,
    search,
    sign_in,
    visits,
)
from query_room.pages.handovers.picks import picks_in_hand
from query_room.pages.navigation import destinations
from query_room.rate_limits import init_limiter, limit_searches
from query_room.security_headers import init_security_headers
from query_room.sessions import init_sessions
from query_room.upload_limits import init_upload_limits
from query_room.vertical import vertical
from search_api.app import OPENAPI_OPTIONS
from search_api.routes import create_blueprint as create_api

if TYPE_CHECKING:
    from query_room.room import Room


def create_app(room: Room) -> OpenAPI:
    """The pages and the API of one room."""
    app = OpenAPI("query_room", **OPENAPI_OPTIONS)
    app.config.update(
        SECRET_KEY=room.settings.session_key(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=room.settings.https,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Flask's default provider has it
    metrics = monitoring.RequestMetrics(CollectorRegistry())
    metrics.watch(app)
    limiter = init_limiter(app)
    app.add_template_filter(room.accounts.display_name, "person")
    app.add_template_filter(vertical)
    init_sessions(app, room.accounts)
    init_upload_limits(app)
    csrf = CSRFProtect(app)
    init_languages(app)
    init_security_headers(app)
    init_error_pages(app)
    asking = Asking(room.accounts, room.visits)
    app.context_processor(
        lambda: {
            "room_organ": room.settings.organ,
            "large_type": bool(session.get(preferences.LARGE_TYPE)),
            "destinations": destinations,
            "words": counter_labels,
            "open_visit": asking.visit(),
            "in_hand": picks_in_hand(),
            "request_in_hand": request_in_hand(),
        }
    )
    for blueprint in (
        search.create_blueprint(room, asking),
        past_searches.create_blueprint(room, asking),
        saved_searches.create_blueprint(room, asking),
        records.create_blueprint(room, asking),
        browse.create_blueprint(room, asking),
        guide.create_blueprint(),
        visits.create_blueprint(room, asking),
        register.create_blueprint(room, asking),
        certificates.create_blueprint(room, asking),
        handovers.create_blueprint(room, asking),
        applying.create_blueprint(room, asking, limiter),
        following.create_blueprint(room, limiter),
        requests.create_blueprint(room, asking),
        cases.create_blueprint(room),
        archive.create_blueprint(room, asking, csrf),
        reports.create_blueprint(room),
        ledgers.create_blueprint(room),
        notices.create_blueprint(room),
        retention.create_blueprint(room),
        organs.create_blueprint(room),
        calendar.create_blueprint(room),
        log.create_blueprint(room),
        sign_in.create_blueprint(room, limiter),
        preferences.create_blueprint(),
        monitoring.create_blueprint(room, metrics),
    ):
        app.register_blueprint(blueprint)
    app.register_api(create_api(room.search, asking.viewer, lambda: asking.context("api")))
    limit_searches(app, limiter, room.settings)
    return app
