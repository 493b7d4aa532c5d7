"""Picking records for an answer from the answers of searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for

from query_room.accounts import Permission
from query_room.pages.guards import require_account
from query_room.pages.handovers import picks

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_ANSWER = Permission.ANSWER_HANDOVERS


def add_picking(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes that fill the basket."""

    @pages.post("/<handover_id>/picks")
    def pick(handover_id: str) -> AnyResponse:
        """Pick the hits ticked in an answer, and the search itself as proof."""
        by = require_account(_ANSWER)
        viewer = asking.viewer()
        room.handovers.load(handover_id, by=by, viewer=viewer)
        wanted = request.form.getlist("record")[: picks.MAX_PICKS]
        found = [room.search.record(each, viewer).record_id for each in wanted]
        picks.pick(handover_id, request.form.get("search", ""), found)
        return redirect(url_for("handovers.handover", handover_id=handover_id))

    @pages.post("/<handover_id>/picks/drop")
    def drop(handover_id: str) -> AnyResponse:
        """Take a record out of the picks again."""
        require_account(_ANSWER)
        picks.drop(request.form.get("record", ""))
        return redirect(url_for("handovers.handover", handover_id=handover_id))

    @pages.post("/<handover_id>/work")
    def work(handover_id: str) -> AnyResponse:
        """Go on looking: the search page now knows for whom."""
        by = require_account(_ANSWER)
        room.handovers.load(handover_id, by=by, viewer=asking.viewer())
        picks.work_at(handover_id)
        return redirect(url_for("search.home"))
