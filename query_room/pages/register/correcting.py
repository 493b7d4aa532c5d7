"""Putting another entry in the place of a wrong one."""

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
from query_room.pages.register.forms import form_of

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_SERVE = Permission.SERVE_VISITORS


def add_correcting(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes with which an entry is corrected."""
    form = EntryForm(room, asking)

    @pages.get("/<entry_id>/correct")
    def correction(entry_id: str) -> str:
        """The form, filled with what is to be corrected."""
        by = require_account(_SERVE)
        found = room.register.load(entry_id, by=by, viewer=asking.viewer())
        visit = room.visits.load(found.visit_id, by=by)
        return form.show(visit, form_of(found), by, corrects=entry_id)

    @pages.post("/<entry_id>/correct")
    def correct(entry_id: str) -> AnyResponse | Response:
        """Put another entry in its place; the wrong one stays readable."""
        by = require_account(_SERVE)
        old = room.register.load(entry_id, by=by, viewer=asking.viewer())
        visit = room.visits.load(old.visit_id, by=by)
        try:
            made = room.register.correct(
                entry_id,
                form.filled_in(visit, by),
                reason=request.form.get("reason", ""),
                by=by,
                viewer=asking.viewer(),
            )
        except (PermissionDeniedError, RecordNotFoundError):
            raise
        except QueryRoomError as error:
            page = form.show(visit, request.form, by, problem=problem_of(error), corrects=entry_id)
            return make_response(page, _BAD_REQUEST)
        flash(gettext("Registered as %(id)s.", id=made.entry_id))
        return redirect(url_for("register.entry", entry_id=made.entry_id))
