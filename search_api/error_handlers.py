"""The one table: error class to HTTP status, and the one JSON shape of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from flask import Response, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    EngineError,
    InvalidQueryError,
    QueryRoomError,
    RecordNotFoundError,
    StorageError,
    StoreUnreachableError,
)
from search_api.errors import (
    BodyErasedError,
    DrawingBusyError,
    ErasureRefusedError,
    EventNotFoundError,
    PageNotDrawnError,
    SearchNotLoggedError,
)
from search_api.messages import Language, message, message_for_code

if TYPE_CHECKING:
    from flask.sansio.scaffold import Scaffold
    from pydantic import ValidationError

STATUSES: Final[tuple[tuple[type[QueryRoomError], int], ...]] = (
    (InvalidQueryError, 400),
    (RecordNotFoundError, 404),
    (SearchNotLoggedError, 404),
    (EventNotFoundError, 404),
    (BodyErasedError, 410),
    (ErasureRefusedError, 409),
    (PageNotDrawnError, 422),
    (DrawingBusyError, 503),
    (EngineError, 503),
    (StoreUnreachableError, 503),
    (StorageError, 500),
    (QueryRoomError, 500),
)
_HTTP_CODES: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    429: "too_many_requests",
}
_log = structlog.get_logger(__name__)


def register_error_handlers(scope: Scaffold) -> None:
    """Answer every error raised in an application or a blueprint with the one JSON shape."""
    scope.register_error_handler(QueryRoomError, _of_ours)
    scope.register_error_handler(HTTPException, http_error)
    scope.register_error_handler(Exception, _unexpected)


def status_of(error: QueryRoomError) -> int:
    """The HTTP status of one of our errors."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def validation_error(error: ValidationError) -> Response:
    """The answer to arguments of the wrong shape."""
    where = error.errors()[0]["loc"]
    return _answer(400, "bad_request", message_for_code("bad_request", language()), str(where[0]))


def language() -> Language:
    """The asker's language: English where it is preferred over Chinese, else Chinese."""
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-Hans", "en"], default="zh")
    return "en" if best == "en" else "zh"


def _of_ours(error: QueryRoomError) -> Response:
    status = status_of(error)
    if status >= 500:  # noqa: PLR2004 - server errors
        _log.error("request_failed", code=error.code, error=str(error), path=request.path)
    field = error.field if isinstance(error, InvalidQueryError) else None
    code = f"{error.code}.{error.reason}" if isinstance(error, InvalidQueryError) else error.code
    return _answer(status, code, message(error, language()), field)


def http_error(error: HTTPException) -> Response:
    """The answer to what the web framework refused, e.g. a method or an address."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    code = _HTTP_CODES.get(status, "internal" if status >= 500 else "bad_request")  # noqa: PLR2004
    answer = _answer(status, code, message_for_code(code, language()), None)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    _log.exception("request_crashed", path=request.path, error=type(error).__name__)
    return _answer(500, "internal", message_for_code("internal", language()), None)


def _answer(status: int, code: str, text: str, field: str | None) -> Response:
    response = jsonify({"error": {"code": code, "message": text, "field": field}})
    response.status_code = status
    return response
