"""Routes of old registers: looked at, imported, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.ledgers import LedgerRefusedError
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.ledgers import labels
from query_room.pages.ledgers.importing import add_importing
from query_room.pages.reports.labels import CATEGORIES
from query_room.statute.dispositions import DISPOSITIONS

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from indexer.errors import QueryRoomError
    from query_room.room import Room

_BAD_REQUEST = 400
_MAKE = Permission.MAKE_REPORTS


def create_blueprint(room: Room) -> Blueprint:
    """The pages of old registers."""
    pages = Blueprint("ledgers", __name__, url_prefix="/ledgers")
    words = {"said": labels, "categories": CATEGORIES, "dispositions": DISPOSITIONS}
    pages.context_processor(lambda: words)

    def list_page(error: QueryRoomError | None = None) -> str:
        organs = room.organs.list_all()
        return render_template(
            "ledgers/overview.html",
            imports=room.ledgers.imports(),
            organs=organs,
            names={organ.organ_id: organ.name for organ in organs},
            form=request.form,
            problem=problem_of(error) if error else None,
        )

    @pages.get("/")
    def overview() -> str:
        """Every import, and where another begins."""
        require_account(_MAKE)
        return list_page()

    @pages.get("/<int:import_id>")
    def imported(import_id: int) -> str:
        """One import with the requests that it brought."""
        require_account(_MAKE)
        found = next((each for each in room.ledgers.imports() if each.import_id == import_id), None)
        if found is None:
            abort(404)
        return render_template(
            "ledgers/imported.html",
            found=found,
            whose=room.organs.load(found.organ_id),
            requests=room.ledgers.requests_of(import_id),
        )

    @pages.post("/<int:import_id>/undo")
    def undo(import_id: int) -> AnyResponse | Response:
        """Take an import back."""
        by = require_account(_MAKE)
        try:
            room.ledgers.undo(import_id, by=by.name)
        except LedgerRefusedError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        flash(gettext("Undone; reports no longer count it."))
        return redirect(url_for("ledgers.overview"))

    add_importing(pages, room, list_page)

    return pages
