"""Routes of requests, put together from their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from query_room.pages.requests import labels
from query_room.pages.requests.consulting import add_consulting
from query_room.pages.requests.deciding import add_deciding
from query_room.pages.requests.desk import add_desk
from query_room.pages.requests.evidence import add_evidence
from query_room.pages.requests.file import FilePage, add_file
from query_room.pages.requests.filing import add_filing
from query_room.pages.requests.letters import add_letters
from query_room.pages.requests.timing import add_timing
from query_room.pages.requests.view_models import clock_class

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of requests, for those who work at them."""
    pages = Blueprint("requests", __name__, url_prefix="/requests")
    pages.context_processor(lambda: {"said": labels, "clock_class": clock_class})
    page = FilePage(room, asking)
    add_desk(pages, room)
    add_filing(pages, room, asking)
    add_file(pages, room, page)
    add_timing(pages, room, page)
    add_consulting(pages, room, page)
    add_evidence(pages, room, asking, page)
    add_deciding(pages, room, page)
    add_letters(pages, room, page)
    return pages
