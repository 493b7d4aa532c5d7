"""Routes of the help pages."""

from __future__ import annotations

from flask import Blueprint, render_template

from query_room.pages.guide.examples import TOPICS


def create_blueprint() -> Blueprint:
    """The pages of help."""
    pages = Blueprint("guide", __name__)

    @pages.get("/help/search")
    def search() -> str:
        """The query language, by examples."""
        return render_template("guide/search.html", topics=TOPICS)

    return pages
