"""Language and type size, kept for the session; plain forms, so that no script is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, session, url_for

from query_room.languages import choose

if TYPE_CHECKING:
    from werkzeug import Response

LARGE_TYPE = "large_type"


def create_blueprint() -> Blueprint:
    """The two switches in the head of every page."""
    pages = Blueprint("preferences", __name__, url_prefix="/preferences")

    @pages.post("/language")
    def language() -> Response:
        """Switch the language."""
        choose(request.form.get("language", ""))
        return redirect(_back())

    @pages.post("/type")
    def type_size() -> Response:
        """Switch large type (适老化) on or off."""
        session[LARGE_TYPE] = request.form.get("large") == "1"
        return redirect(_back())

    return pages


def _back() -> str:
    """The page the switch was on, if it is one of ours."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return url_for("search.home")
    return parts.path + (f"?{parts.query}" if parts.query else "")
