"""The index: which generation answers, building the next, going back to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.monitoring.health import checks
from query_room.monitoring.vitals import take_vitals
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from werkzeug import Response

    from query_room.room import Room

_MANAGE = Permission.MANAGE_ARCHIVE


def add_index(pages: Blueprint, room: Room) -> None:
    """Add the routes of the index."""

    @pages.get("/index")
    def index() -> str:
        """The index and its generations."""
        by = require_account(_MANAGE)
        return render_template(
            "archive/index.html",
            view=room.archive.index(by=by),
            is_worked_on=checks(take_vitals(room))["worker"],
        )

    @pages.post("/index/rebuild")
    def rebuild() -> Response:
        """Begin the next generation; the worker builds it, whatever becomes of this request."""
        number = room.archive.rebuild(by=require_account(_MANAGE))
        flash(gettext("Generation %(number)s is being built.", number=number))
        return redirect(url_for("archive.index"))

    @pages.post("/index/roll-back")
    def roll_back() -> Response:
        """Let the generation before answer again."""
        number = room.archive.roll_back(by=require_account(_MANAGE))
        flash(gettext("Generation %(number)s answers again.", number=number))
        return redirect(url_for("archive.index"))
