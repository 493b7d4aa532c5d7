"""Copies: files that were found to be one text, pair by pair, and a word that a pair is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.records import FileHash
from query_room.accounts import Permission
from query_room.errors import CopyNotFoundError, InvalidFieldError
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE


def add_copies(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of copies."""

    def listed(number: int, problem: FormProblem | None = None) -> str:
        by = require_account(_MANAGE)
        page = room.archive.copies.page(number, by=by, viewer=asking.viewer())
        return render_template(
            "archive/copies.html",
            pairs=page.items,
            pager=pager_of(page, url_for("archive.copies")),
            waiting=room.archive.copies.waiting(by=by),
            problem=problem,
        )

    @pages.get("/copies")
    def copies() -> str:
        """Pairs of copies, those found last first."""
        return listed(page_number())

    @pages.post("/copies/<first_hash>/<second_hash>/refuse")
    def refuse(first_hash: str, second_hash: str) -> AnyResponse | Response:
        """Give word that a pair are no copies."""
        by = require_account(_MANAGE)
        pair = FileHash(first_hash), FileHash(second_hash)
        try:
            room.archive.copies.refuse(
                pair, ground=request.form.get("ground", ""), by=by, viewer=asking.viewer()
            )
        except InvalidFieldError as error:
            field = f"refuse-{first_hash}-{second_hash}"
            problem = FormProblem(field=field, text=problem_of(error).text)
            return make_response(listed(page_number(), problem), _BAD_REQUEST)
        except CopyNotFoundError as error:
            # Somebody else was quicker, or one of the files is gone.
            return make_response(listed(1, problem_of(error)), _CONFLICT)
        flash(gettext("Noted: these two are no copies, and no later search will say so."))
        return redirect(url_for("archive.copies"))
