"""Folders that are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_MANAGE = Permission.MANAGE_ARCHIVE


def add_watches(pages: Blueprint, room: Room) -> None:
    """Add the routes of watched folders."""

    @pages.get("/watches")
    def watches() -> str:
        """Folders that are followed now."""
        return render_template(
            "archive/watches.html",
            watches=room.archive.watches.in_force(by=require_account(_MANAGE)),
            is_worked_on=room.archive.orders.is_importer_alive(),
        )

    @pages.post("/orders/<int:order_id>/watch")
    def watch(order_id: int) -> AnyResponse:
        """Follow the folder that a trial looked into."""
        room.archive.watches.begin(order_id, by=require_account(_MANAGE))
        flash(gettext("The folder is followed from now on."))
        return redirect(url_for("archive.watches"))

    @pages.post("/watches/<int:watch_id>/end")
    def end_watch(watch_id: int) -> AnyResponse:
        """Follow a folder no longer."""
        room.archive.watches.end(watch_id, by=require_account(_MANAGE))
        flash(gettext("The folder is no longer followed."))
        return redirect(url_for("archive.watches"))
