"""The routes of ``/api/v1``: each unpacks, calls the service and packs."""

from __future__ import annotations

from http import HTTPStatus  # noqa: TC003 - flask-openapi3 reads the hints
from typing import TYPE_CHECKING, Any, Final

from flask import Response, jsonify, request  # flask-openapi3 reads the hints
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from search_api.error_handlers import language, register_error_handlers
from search_api.log import Use
from search_api.params import parse_question
from search_api.schemas import (
    ErrorAnswer,
    FileArguments,
    HitsArguments,
    PageArguments,
    PagePath,
    PageTextModel,
    RecordHitsModel,
    RecordModel,
    RecordPath,
    SearchArguments,
    SearchModel,
    SimilarRecordsModel,
    SuggestArguments,
    SuggestionsModel,
)
from search_api.serializers import (
    page_text_model,
    record_hits_model,
    record_model,
    search_model,
    similar_model,
    suggestions_model,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from indexer.access import Viewer
    from indexer.rendering import Picture
    from search_api.answers import LogContext
    from search_api.service import SearchService

PREFIX: Final = "/api/v1"
_SEARCH = Tag(name="search", description="Find records within the viewer's rights.")
_RECORDS = Tag(name="records", description="Read them.")
_ERRORS: Final[dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]] = {
    "400": ErrorAnswer,
    "404": ErrorAnswer,
    "429": ErrorAnswer,
    "500": ErrorAnswer,
    "503": ErrorAnswer,
}
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_IMAGE: Final[dict[Any, Any]] = {
    "description": "The page.",
    "content": {"image/png": _BINARY, "image/jpeg": _BINARY},
}


def create_blueprint(
    service: SearchService,
    viewer_of: Callable[[], Viewer],
    context_of: Callable[[], LogContext],
) -> APIBlueprint:
    """The API, for whoever composes an application.

    Args:
        service: Answers.
        viewer_of: Whose rights this HTTP request has.
        context_of: Who asks, for the log.
    """
    api = APIBlueprint("api", __name__, url_prefix=PREFIX, abp_responses=_ERRORS)
    register_error_handlers(api)

    @api.get("/search", tags=[_SEARCH], responses={"200": SearchModel})
    def search(query: SearchArguments) -> Response:  # noqa: ARG001 - documents the arguments
        """Records that match, best first, with their best pages and exact totals."""
        question = parse_question(request.args.to_dict(flat=False))
        answer = service.search(question, viewer_of(), context_of())
        return _json(search_model(answer, language()))

    @api.get("/suggest", tags=[_SEARCH], responses={"200": SuggestionsModel})
    def suggest(query: SuggestArguments) -> Response:
        """Titles, agencies and places that have what was typed, or sound so."""
        return _json(suggestions_model(service.suggest(query.q, viewer_of(), query.limit)))

    @api.get("/records/<string:record_id>", tags=[_RECORDS], responses={"200": RecordModel})
    def record(path: RecordPath) -> Response:
        """A record's description. What is absent and what is forbidden are one answer."""
        viewer = viewer_of()
        found = service.record(path.record_id, viewer)
        copies = service.copies(found, viewer)
        service.log_use(Use.OPENED, found, context_of())
        return _json(record_model(found, copies))

    @api.get(
        "/records/<string:record_id>/similar",
        tags=[_RECORDS],
        responses={"200": SimilarRecordsModel},
    )
    def similar(path: RecordPath) -> Response:
        """Records like this one, with the most telling words that they share."""
        viewer = viewer_of()
        found = service.record(path.record_id, viewer)
        return _json(similar_model(service.similar(found, viewer)))

    @api.get(
        "/records/<string:record_id>/hits", tags=[_RECORDS], responses={"200": RecordHitsModel}
    )
    def hits(path: RecordPath, query: HitsArguments) -> Response:
        """The record's pages on which a question was met, with their best lines."""
        viewer = viewer_of()
        found = service.record(path.record_id, viewer)
        met = service.hits_in(
            found, viewer, query.q, literal=query.literal == "1", after=query.after
        )
        service.log_use(Use.OPENED, found, context_of())
        return _json(record_hits_model(met))

    @api.get(
        "/records/<string:record_id>/pages/<int:page>",
        tags=[_RECORDS],
        responses={"200": PageTextModel},
    )
    def page(path: PagePath, query: PageArguments) -> Response:
        """The text of one page, with the words of a question marked."""
        shown = service.page(
            path.record_id,
            query.file,
            path.page,
            viewer_of(),
            query.q,
            literal=query.literal == "1",
        )
        service.log_use(
            Use.PAGE, shown.record, context_of(), file_ordinal=query.file, pages=(path.page,)
        )
        return _json(page_text_model(shown, query.file))

    @api.get(
        "/records/<string:record_id>/pages/<int:page>/image",
        tags=[_RECORDS],
        responses={"200": _IMAGE, "422": ErrorAnswer},
    )
    def image(path: PagePath, query: FileArguments) -> Response:
        """The image of one page; no cache may keep it."""
        found = service.page_image(path.record_id, query.file, path.page, viewer_of())
        service.log_use(
            Use.PAGE, found.record, context_of(), file_ordinal=query.file, pages=(path.page,)
        )
        return image_response(found.picture)

    return api


def image_response(picture: Picture) -> Response:
    """The bytes of an image that nobody keeps: what is withdrawn is gone from browsers, too."""
    response = Response(picture.content, mimetype=picture.media_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _json(model: BaseModel) -> Response:
    content: dict[str, Any] = model.model_dump(mode="json")
    return jsonify(content)
