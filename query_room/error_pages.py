"""Errors as pages, in the reader's language; what is absent and what is forbidden look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.errors import QueryRoomError
from query_room.error_statuses import status_of
from query_room.languages import message_language
from query_room.messages import message
from search_api.error_handlers import http_error
from search_api.messages import message_for_code
from search_api.routes import PREFIX

if TYPE_CHECKING:
    from flask import Flask

_log = structlog.get_logger(__name__)
_SERVER_ERROR = 500
_CODES = {404: "not_found", 405: "method_not_allowed", 429: "too_many_requests"}


def init_error_pages(app: Flask) -> None:
    """Answer every error outside the API with a page."""
    app.register_error_handler(QueryRoomError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unexpected)


def _of_ours(error: QueryRoomError) -> Response:
    status = status_of(error)
    if status >= _SERVER_ERROR:
        _log.error("page_failed", code=error.code, error=str(error))
    return _page(status, message(error, message_language()))


def _of_http(error: HTTPException) -> Response:
    if request.path.startswith(f"{PREFIX}/"):
        # An address or a method that no route has belongs to no blueprint yet.
        return http_error(error)
    if error.response is not None:
        return make_response(error.response)
    status = error.code or _SERVER_ERROR
    code = _CODES.get(status, "internal" if status >= _SERVER_ERROR else "bad_request")
    page = _page(status, message_for_code(code, message_language()))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            page.headers[name] = value
    return page


def _unexpected(error: Exception) -> Response:
    _log.exception("page_crashed", error=type(error).__name__)
    return _page(_SERVER_ERROR, message_for_code("internal", message_language()))


def _page(status: int, text: str) -> Response:
    return make_response(render_template("error.html", status=status, text=text), status)
