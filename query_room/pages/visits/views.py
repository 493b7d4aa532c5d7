"""Routes of the counter."""

from __future__ import annotations

import datetime as dt
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

from indexer.database import utc_now
from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.pages.addresses import local_path
from query_room.pages.counter_labels import IDENTITY_KINDS, PURPOSES, STANDINGS
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.pages.visits.forms import parse_visit
from query_room.pages.visits.view_models import VisitView, day_view, search_views
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.room import Room
    from query_room.visits import Visitor

_BAD_REQUEST = 400
_FIELDS = (
    "name",
    "organisation",
    "nationality",
    "phone",
    "identity_kind",
    "identity_number",
    "purpose",
    "standing",
)
"""Fields whose problems are said beside them."""
_SERVE = Permission.SERVE_VISITORS


def create_blueprint(room: Room, asking: Asking) -> Blueprint:  # noqa: C901 - one line per route
    """The pages of visits."""
    pages = Blueprint("visits", __name__, url_prefix="/visits")

    def form_page(problem: FormProblem | None) -> str:
        return render_template(
            "visits/new.html",
            form=request.form,
            problem=problem,
            fields=_FIELDS,
            onward=local_path(request.values.get("next", "")),
            purposes=PURPOSES,
            standings=STANDINGS,
            identity_kinds=IDENTITY_KINDS,
        )

    def visit_page(visit_id: str, by: Account, *, revealed: Visitor | None = None) -> VisitView:
        viewer = asking.viewer()
        return VisitView(
            visit=room.visits.load(visit_id, by=by),
            searches=search_views(room.history.of_visit(visit_id, by=by, viewer=viewer)),
            entries=tuple(room.register.of_visit(visit_id, by=by, viewer=viewer)),
            handovers=tuple(room.handovers.of_visit(visit_id, by=by, viewer=viewer)),
            same_person=tuple(room.visits.visits_of_same_person(visit_id, by=by)),
            requests=tuple(room.requests.reader.of_visit(visit_id, by=by)),
            revealed=revealed,
        )

    def show(
        visit_id: str,
        by: Account,
        *,
        problem: FormProblem | None = None,
        revealed: Visitor | None = None,
    ) -> str:
        return render_template(
            "visits/visit.html",
            view=visit_page(visit_id, by, revealed=revealed),
            may_erase=by.may(Permission.ERASE_PERSONS),
            problem=problem,
            form=request.form,
        )

    @pages.get("/")
    def day() -> str:
        """Who came on a day, and what is still to be told."""
        by = require_account(_SERVE)
        today = day_in_china(utc_now())
        wanted = _day(request.args.get("day", ""), today)
        return render_template(
            "visits/day.html",
            view=day_view(
                wanted,
                today,
                room.visits.visits_of_day(wanted, by=by),
                room.handovers.queue(by=by, viewer=asking.viewer()),
            ),
        )

    @pages.get("/new")
    def new() -> str:
        """The form with which somebody is received."""
        require_account(_SERVE)
        return form_page(None)

    @pages.post("/")
    def open_visit() -> AnyResponse | Response:
        """Receive somebody, and go on where one was."""
        by = require_account(_SERVE)
        try:
            visit = room.visits.open_visit(
                parse_visit(request.form, request.remote_addr or "-"), by=by
            )
        except PermissionDeniedError:
            raise
        except QueryRoomError as error:
            return make_response(form_page(problem_of(error)), _BAD_REQUEST)
        flash(gettext("Visit %(id)s is open. Every search now belongs to it.", id=visit.visit_id))
        return redirect(local_path(request.form.get("next", "")) or url_for("search.home"))

    @pages.get("/<visit_id>")
    def visit(visit_id: str) -> str:
        """One visit with its searches, entries and handovers."""
        return show(visit_id, require_account(_SERVE))

    @pages.post("/<visit_id>/close")
    def close(visit_id: str) -> AnyResponse:
        """End the visit."""
        room.visits.close_visit(visit_id, by=require_account(_SERVE))
        flash(gettext("Visit %(id)s has ended.", id=visit_id))
        return redirect(url_for("visits.visit", visit_id=visit_id))

    @pages.post("/<visit_id>/reveal")
    def reveal(visit_id: str) -> str | Response:
        """Show the visitor's full data once; that it was looked at is logged."""
        by = require_account(Permission.REVEAL_PERSONS)
        try:
            visitor = room.visits.reveal(visit_id, ground=request.form.get("ground", ""), by=by)
        except InvalidFieldError as error:
            page = show(visit_id, by, problem=problem_of(error))
            return make_response(page, _BAD_REQUEST)
        return show(visit_id, by, revealed=visitor)

    @pages.post("/<visit_id>/erase")
    def erase(visit_id: str) -> AnyResponse | Response:
        """Erase who came; that there was a visit stays."""
        by = require_account(Permission.ERASE_PERSONS)
        try:
            ground = request.form.get("erase_ground", "")
            room.visits.erase_person(visit_id, ground=ground, by=by)
        except InvalidFieldError as error:
            problem = FormProblem(field="erase_ground", text=problem_of(error).text)
            return make_response(show(visit_id, by, problem=problem), _BAD_REQUEST)
        flash(gettext("The visitor's data has been erased."))
        return redirect(url_for("visits.visit", visit_id=visit_id))

    return pages


def _day(text: str, today: dt.date) -> dt.date:
    """The day in the address, not after today."""
    try:
        return min(dt.date.fromisoformat(text), today) if text else today
    except ValueError:
        abort(404)
