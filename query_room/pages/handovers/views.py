"""Routes of handovers: asking at the counter, answering in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from query_room.pages.handovers.answering import add_answering
from query_room.pages.handovers.asking import add_asking
from query_room.pages.handovers.picking import add_picking

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of handovers."""
    pages = Blueprint("handovers", __name__, url_prefix="/handovers")
    add_asking(pages, room, asking)
    add_answering(pages, room, asking)
    add_picking(pages, room, asking)

    return pages
