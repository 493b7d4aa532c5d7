"""Routes of the archivists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from query_room.accounts import Permission
from query_room.pages import labels as record_labels
from query_room.pages.archive import labels
from query_room.pages.archive.batches import add_batches
from query_room.pages.archive.index import add_index
from query_room.pages.archive.quarantine import add_quarantine
from query_room.pages.archive.withdrawals import add_withdrawals
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of the archive's keepers."""
    pages = Blueprint("archive", __name__, url_prefix="/archive")

    @pages.get("/")
    def overview() -> str:
        """The state of the archive on one page."""
        by = require_account(Permission.MANAGE_ARCHIVE)
        return render_template(
            "archive/overview.html",
            state=room.archive.state(by=by),
            index=room.archive.index(by=by),
            batches=room.archive.batches(by=by)[:5],
        )

    @pages.get("/coverage")
    def coverage() -> str:
        """How much of the archive can be searched."""
        by = require_account(Permission.MANAGE_ARCHIVE)
        return render_template("archive/coverage.html", view=room.archive.coverage(by=by))

    @pages.get("/unread")
    def unread() -> str:
        """Files that gave no text, with the reason of each."""
        by = require_account(Permission.MANAGE_ARCHIVE)
        return render_template("archive/unread.html", files=room.archive.unread(by=by))

    @pages.context_processor
    def words() -> dict[str, object]:
        return {"archive_words": labels, "labels": record_labels}

    add_batches(pages, room)
    add_index(pages, room)
    add_withdrawals(pages, room, asking)
    add_quarantine(pages, room)
    return pages
