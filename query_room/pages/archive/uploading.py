"""Files sent from an archivist's own machine."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from wtforms import ValidationError

from query_room.accounts import Permission
from query_room.archive.uploading import Receiving
from query_room.errors import InvalidFieldError
from query_room.pages.archive.ordering import new_batch_page, wishes_of
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.settings import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask_wtf import CSRFProtect
    from werkzeug import Response as AnyResponse
    from werkzeug.datastructures import FileStorage

    from query_room.room import Room

_BAD_REQUEST = 400
_MANAGE = Permission.MANAGE_ARCHIVE
_FIELDS = 20


def add_uploading(pages: Blueprint, room: Room, csrf: CSRFProtect) -> None:
    """Add the route that takes files in."""

    @pages.post("/batches/new/upload")
    def try_upload() -> AnyResponse | Response:
        """Keep what is sent until its batch is over, and look what importing it would do."""
        # Asked before anything is read: the usual check of the token would read it all first.
        by = require_account(_MANAGE)
        size = request.content_length
        if size is None or size > room.settings.upload_mb * MEBIBYTE:
            raise RequestEntityTooLarge
        # One more than announced: a stream that the server ends by itself is read until it gives
        # nothing, and werkzeug takes a read at the limit for more than was allowed.
        request.max_content_length = size + 1
        receiving = Receiving(room.settings, size)
        form: MultiDict[str, str] = MultiDict()
        try:
            form, files = _parsed(receiving, room.settings.upload_files)
            _require_token(form)
            received = receiving.keep(
                [(each.filename or "", _file(each)) for each in files.getlist("files")],
                _catalogue(files.getlist("catalogue")),
            )
            order_id = room.archive.orders.try_upload(received, wishes_of(form), by=by)
        except InvalidFieldError as error:
            receiving.drop()
            return make_response(new_batch_page(room, problem_of(error), form), _BAD_REQUEST)
        except BaseException:
            # Cut off, refused or out of space: what came so far is of no use to anybody.
            receiving.drop()
            raise
        return redirect(url_for("archive.order", order_id=order_id))

    csrf.exempt(try_upload)


def _parsed(
    receiving: Receiving, most_files: int
) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
    def factory(
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        return receiving.open()

    parser = FormDataParser(
        stream_factory=factory,
        max_form_memory_size=MEBIBYTE,
        max_form_parts=most_files + _FIELDS,
        silent=False,
    )
    try:
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except ValueError:
        abort(_BAD_REQUEST)
    return form, files


def _require_token(form: MultiDict[str, str]) -> None:
    try:
        validate_csrf(form.get("csrf_token"))
    except ValidationError:
        abort(_BAD_REQUEST)


def _catalogue(sent: Sequence[FileStorage]) -> tuple[str, IO[bytes]] | None:
    named = [each for each in sent if each.filename]
    return (named[0].filename or "", _file(named[0])) if named else None


def _file(each: FileStorage) -> IO[bytes]:
    file: IO[bytes] = each.stream
    return file
