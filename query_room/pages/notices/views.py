"""Routes of e-mail notices that are not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.notices import NoticeState
from query_room.notices.service import PAGE_LENGTH
from query_room.pages.guards import require_account
from query_room.pages.notices import labels

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_MANAGE = Permission.MANAGE_ARCHIVE
_MOST_PAGES = 100_000


def create_blueprint(room: Room) -> Blueprint:
    """The pages of notices."""
    pages = Blueprint("notices", __name__, url_prefix="/notices")
    pages.context_processor(lambda: {"said": labels})

    @pages.get("/")
    def unsent() -> str:
        """What is not sent, why, and how much stands where."""
        by = require_account(_MANAGE)
        page = min(max(1, request.args.get("page", 1, type=int)), _MOST_PAGES)
        found = room.notices.unsent(page, by=by)
        return render_template(
            "notices/unsent.html",
            notices=found,
            counts=room.notices.counts(),
            page=page,
            has_more=len(found) == PAGE_LENGTH,
            can_retry=frozenset({NoticeState.FAILED, NoticeState.NOT_SENT}),
        )

    @pages.post("/<int:notice_id>/retry")
    def retry(notice_id: int) -> AnyResponse:
        """Send one after all."""
        room.notices.retry(notice_id, by=require_account(_MANAGE))
        flash(gettext("It will be sent."))
        return redirect(url_for("notices.unsent"))

    return pages
