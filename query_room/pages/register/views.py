"""Routes of the register: writing into it, reading it, correcting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from query_room.pages.register.correcting import add_correcting
from query_room.pages.register.effects import add_effects
from query_room.pages.register.entering import add_entering
from query_room.pages.register.reading import add_reading

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of the register."""
    pages = Blueprint("register", __name__, url_prefix="/register")
    add_entering(pages, room, asking)
    add_reading(pages, room, asking)
    add_correcting(pages, room, asking)
    add_effects(pages, room)
    return pages
