"""Writing an entry from what was ticked in an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import gettext

from indexer.errors import QueryRoomError, RecordNotFoundError
from query_room.accounts import Permission
from query_room.errors import PermissionDeniedError
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.register.entry_form import EntryForm
from query_room.pages.register.forms import blank_form
from query_room.register.rules import MAX_ITEMS

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_SERVE = Permission.SERVE_VISITORS


def add_entering(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes with which an entry is written."""
    form = EntryForm(room, asking)

    @pages.post("/choose")
    def choose() -> AnyResponse:
        """Take the hits ticked in an answer to the form."""
        require_account(_SERVE)
        wanted = request.form.getlist("record")[:MAX_ITEMS]
        search = request.form.get("search", "")
        return redirect(url_for("register.new", search=search, record=wanted))

    @pages.get("/new")
    def new() -> str | AnyResponse:
        """The form, filled with what was ticked."""
        by = require_account(_SERVE)
        visit = asking.visit()
        if visit is None:
            return redirect(url_for("visits.new", next=request.full_path))
        found = form.records(request.args)
        return form.show(visit, blank_form(found, request.args.get("search", "")), by)

    @pages.post("/")
    def enter() -> AnyResponse | Response:
        """Write the entry."""
        by = require_account(_SERVE)
        visit = asking.visit()
        if visit is None:
            return redirect(url_for("visits.new"))
        try:
            entry = room.register.log_entry(
                visit.visit_id,
                form.filled_in(visit, by),
                by=by,
                viewer=asking.viewer(),
            )
        except (PermissionDeniedError, RecordNotFoundError):
            raise
        except QueryRoomError as error:
            page = form.show(visit, request.form, by, problem=problem_of(error))
            return make_response(page, _BAD_REQUEST)
        flash(gettext("Registered as %(id)s.", id=entry.entry_id))
        return redirect(url_for("visits.visit", visit_id=visit.visit_id, _anchor=entry.entry_id))
