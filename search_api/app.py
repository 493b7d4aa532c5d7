"""The JSON service alone, for programs: every caller is the public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import request
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from indexer.access import PUBLIC_VIEWER
from indexer.database import utc_now
from search_api.answers import LogContext
from search_api.error_handlers import register_error_handlers, validation_error
from search_api.routes import PREFIX, create_blueprint
from search_api.schemas import ErrorAnswer

if TYPE_CHECKING:
    from search_api.service import SearchService

OPENAPI_OPTIONS: Final[dict[str, Any]] = {
    "info": Info(title="政府信息公开查询室 · Query room API", version="1"),
    "doc_prefix": PREFIX,
    "doc_url": "/openapi.json",
    "doc_ui": True,
    "validation_error_status": 400,
    "validation_error_model": ErrorAnswer,
    "validation_error_callback": validation_error,
}
"""What an application must give ``flask_openapi3.OpenAPI`` to carry the API."""


def create_app(service: SearchService) -> OpenAPI:
    """The API for anybody, with the rights of the public."""
    app = OpenAPI(__name__, **OPENAPI_OPTIONS)
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Flask's default provider has it
    # Those of the blueprint know nothing of addresses and methods that no route has.
    register_error_handlers(app)
    app.register_api(create_blueprint(service, lambda: PUBLIC_VIEWER, _context))
    return app


def _context() -> LogContext:
    return LogContext(
        actor="", terminal=request.remote_addr or "", channel="api", visit_id=None, at=utc_now()
    )
