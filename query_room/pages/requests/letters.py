"""Letters of a request: made, downloaded, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, request
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.pages.guards import require_account
from query_room.requests.letter_contents import LetterChoice

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.pages.requests.file import FilePage
    from query_room.room import Room

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def add_letters(pages: Blueprint, room: Room, page: FilePage) -> None:
    """Add making letters and getting them."""
    letters = room.requests.letters

    @pages.post("/<request_id>/letters")
    def issue(request_id: str) -> AnyResponse | Response:
        """Make a letter from what the request holds now."""
        return page.act(
            request_id,
            "letters",
            gettext("The letter is made."),
            lambda by: letters.issue(
                request_id,
                LetterChoice.read(request.form.get("letter_kind", "")),
                by=by,
                viewer=page.asking.viewer(),
            ),
        )

    @pages.get("/<request_id>/letters/<letter_id>.docx")
    def docx(request_id: str, letter_id: str) -> Response:
        """The letter as a document."""
        by = require_account(Permission.HANDLE_REQUESTS)
        answer = make_response(letters.docx(request_id, letter_id, by=by))
        answer.headers["Content-Type"] = DOCX_TYPE
        answer.headers["Content-Disposition"] = f'attachment; filename="{letter_id}.docx"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @pages.get("/<request_id>/letters/<letter_id>")
    def html(request_id: str, letter_id: str) -> Response:
        """The letter as a page to print."""
        by = require_account(Permission.HANDLE_REQUESTS)
        answer = make_response(letters.html(request_id, letter_id, by=by))
        answer.headers["Cache-Control"] = "no-store"
        return answer
