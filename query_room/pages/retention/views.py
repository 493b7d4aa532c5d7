"""Routes of retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext, ngettext

from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.room import Room

_BAD_REQUEST = 400
_ERASE = Permission.ERASE_PERSONS
_AT_ONCE = 200
"""Each erasure overwrites what it takes away: so many fit into the time of one answer."""
_KINDS = {"visit": lazy_gettext("Visits"), "request": lazy_gettext("Requests")}


def create_blueprint(room: Room) -> Blueprint:
    """The pages of retention."""
    pages = Blueprint("retention", __name__, url_prefix="/retention")

    def page(by: Account, error: QueryRoomError | None = None) -> str:
        due = room.retention.due()
        return render_template(
            "retention/overview.html",
            due=due,
            kinds=_KINDS,
            count=sum(len(each.owners) for each in due),
            at_once=_AT_ONCE,
            holds=room.holds.in_force(by=by),
            form=request.form,
            problem=problem_of(error) if error else None,
        )

    @pages.get("/")
    def overview() -> str:
        """What is due by each rule, and what is held back."""
        return page(require_account(_ERASE))

    @pages.post("/run")
    def run() -> AnyResponse | Response:
        """Erase what is due; the box says that this is meant."""
        by = require_account(_ERASE)
        if not request.form.get("meant"):
            return make_response(page(by, InvalidFieldError("meant", "required")), _BAD_REQUEST)
        count = sum(1 for _ in room.retention.run(by=by, limit=_AT_ONCE))
        flash(ngettext("%(num)s person was erased.", "%(num)s people were erased.", count))
        return redirect(url_for("retention.overview"))

    @pages.post("/holds")
    def place() -> AnyResponse | Response:
        """Hold something back."""
        by = require_account(_ERASE)
        try:
            room.holds.place(
                request.form.get("owner", ""), ground=request.form.get("ground", ""), by=by
            )
        except PermissionDeniedError:
            raise
        except QueryRoomError as error:
            return make_response(page(by, error), _BAD_REQUEST)
        return redirect(url_for("retention.overview"))

    @pages.post("/holds/<int:hold_id>/lift")
    def lift(hold_id: int) -> AnyResponse:
        """Let it be erased when its time comes."""
        room.holds.lift(hold_id, by=require_account(_ERASE))
        return redirect(url_for("retention.overview"))

    return pages
