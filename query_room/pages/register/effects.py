"""What came of a use, written beside its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.errors import InvalidFieldError
from query_room.languages import message_language
from query_room.messages import message
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.room import Room


def add_effects(pages: Blueprint, room: Room) -> None:
    """Add the route with which an effect is noted."""

    @pages.post("/<entry_id>/effects")
    def note_effect(entry_id: str) -> AnyResponse:
        """Note what came of it; a note that cannot be kept is said on the same page."""
        by = require_account(Permission.SERVE_VISITORS)
        try:
            room.effects.note(entry_id, request.form.get("effect", ""), by=by)
        except InvalidFieldError as error:
            flash(message(error, message_language()))
        else:
            flash(gettext("Noted."))
        return redirect(url_for("register.entry", entry_id=entry_id) + "#effects")
