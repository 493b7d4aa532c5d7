"""Quarantine: what the guard kept out, never a word of its text, and a reviewer's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.errors import ImportRefusedError
from indexer.records import FileHash
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_BAD_REQUEST = 400
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE


def add_quarantine(pages: Blueprint, room: Room) -> None:
    """Add the routes of the quarantine."""

    def listed(number: int, problem: FormProblem | None = None) -> str:
        page = room.archive.quarantine.page(number, by=require_account(_MANAGE))
        return render_template(
            "archive/quarantine.html",
            files=page.items,
            pager=pager_of(page, url_for("archive.quarantine")),
            problem=problem,
        )

    @pages.get("/quarantine")
    def quarantine() -> str:
        """Files in quarantine."""
        return listed(page_number())

    @pages.post("/quarantine/<file_hash>/clear")
    def clear(file_hash: str) -> AnyResponse | Response:
        """Give word that a file carries no state secret; the next import reads it."""
        by = require_account(_MANAGE)
        try:
            room.archive.quarantine.clear(
                FileHash(file_hash), ground=request.form.get("ground", ""), by=by
            )
        except InvalidFieldError as error:
            problem = FormProblem(field=f"clear-{file_hash}", text=problem_of(error).text)
            return make_response(listed(page_number(), problem), _BAD_REQUEST)
        except ImportRefusedError as error:
            return make_response(listed(1, problem_of(error)), _CONFLICT)
        flash(gettext("Cleared. The next import reads it."))
        return redirect(url_for("archive.quarantine"))
