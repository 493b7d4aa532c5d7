"""Handing a search on, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.errors import PermissionDeniedError
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.pages.handovers.view_models import queue_view

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_SERVE = Permission.SERVE_VISITORS


def add_asking(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of the counter."""

    def ask_page(problem: FormProblem | None = None) -> str | AnyResponse:
        by = require_account(_SERVE)
        visit = asking.visit()
        if visit is None:
            return redirect(url_for("visits.new", next=request.full_path))
        search_id = request.values.get("search", "")
        searches = room.history.of_visit(visit.visit_id, by=by, viewer=asking.viewer())
        asked = next((each for each in searches if each.search_id == search_id), None)
        if asked is None:
            abort(404)
        return render_template(
            "handovers/new.html", visit=visit, asked=asked, form=request.form, problem=problem
        )

    @pages.get("/")
    def queue() -> str:
        """What waits, is being looked for, or is to be told."""
        by = require_account(_SERVE)
        view = queue_view(room.handovers.queue(by=by, viewer=asking.viewer()))
        return render_template("handovers/queue.html", view=view)

    @pages.get("/new")
    def new() -> str | AnyResponse:
        """The form with which a search is handed on."""
        return ask_page()

    @pages.post("/")
    def ask() -> AnyResponse | Response | str:
        """Hand a search of the open visit to the archivists."""
        by = require_account(_SERVE)
        visit = asking.visit()
        if visit is None:
            return redirect(url_for("visits.new"))
        try:
            room.handovers.ask(
                visit.visit_id,
                request.form.get("search", ""),
                request.form.get("note", ""),
                by=by,
            )
        except PermissionDeniedError:
            raise
        except QueryRoomError as error:
            return make_response(ask_page(problem_of(error)), _BAD_REQUEST)
        flash(gettext("Handed to the archivists. Their answer comes back to this visit."))
        return redirect(url_for("visits.visit", visit_id=visit.visit_id))
