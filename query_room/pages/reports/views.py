"""Routes of annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from query_room.pages.reports import labels
from query_room.pages.reports.choosing import subject_url
from query_room.pages.reports.making import add_importing, add_making, add_writing
from query_room.pages.reports.reading import add_reading

if TYPE_CHECKING:
    from query_room.room import Room


def create_blueprint(room: Room) -> Blueprint:
    """The pages of annual reports."""
    pages = Blueprint("reports", __name__, url_prefix="/reports")

    @pages.context_processor
    def words() -> dict[str, object]:
        return {"report_words": labels, "subject_url": subject_url}

    add_reading(pages, room)
    add_making(pages, room)
    add_writing(pages, room)
    add_importing(pages, room)
    return pages
