"""Routes of reviews and suits."""

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

from indexer.database import utc_now
from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.cases import CaseNotFoundError, steps_from
from query_room.errors import PermissionDeniedError
from query_room.pages.cases import labels
from query_room.pages.cases.forms import NEW_FIELDS, parse_decided, parse_new
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.pages.requests.forms import required_day
from query_room.requests import RecordsRequestNotFoundError
from query_room.statute.case_codes import CaseBlock
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.room import Room

_BAD_REQUEST = 400
_HANDLE = Permission.HANDLE_REQUESTS
_FIRST_YEAR = 2008
"""Source: 政府信息公开条例 (2007) came into force on 2008-05-01."""


def create_blueprint(room: Room) -> Blueprint:  # noqa: C901 - one line per route
    """The pages of reviews and suits."""
    pages = Blueprint("cases", __name__, url_prefix="/cases")
    pages.context_processor(lambda: {"said": labels, "today": day_in_china(utc_now())})

    def new_page(request_id: str, by: Account, problem: FormProblem | None = None) -> str:
        reviews = [
            each
            for each in room.cases.of_request(request_id, by=by)
            if each.block is CaseBlock.REVIEW and not each.is_open
        ]
        return render_template(
            "cases/new.html",
            about=room.requests.reader.load(request_id, by=by).request,
            reviews=reviews,
            form=request.form,
            problem=problem,
            fields=NEW_FIELDS,
        )

    def case_page(case_id: str, by: Account, problem: FormProblem | None = None) -> str:
        found = room.cases.load(case_id, by=by)
        return render_template(
            "cases/case.html",
            case=found,
            about=room.requests.reader.load(found.request_id, by=by).request,
            steps=frozenset(step.value for step in steps_from(found.status)),
            form=request.form,
            problem=problem,
        )

    def act(case_id: str, done: str, step: Callable[[Account], None]) -> AnyResponse | Response:
        by = require_account(_HANDLE)
        try:
            step(by)
        except (PermissionDeniedError, CaseNotFoundError, RecordsRequestNotFoundError):
            raise
        except QueryRoomError as error:
            return make_response(case_page(case_id, by, problem_of(error)), _BAD_REQUEST)
        flash(done)
        return redirect(url_for("cases.case", case_id=case_id))

    @pages.get("/")
    def overview() -> str:
        """Cases that are open, and those that ended in a year."""
        by = require_account(_HANDLE)
        this_year = day_in_china(utc_now()).year
        year = _year(request.args.get("year", ""), this_year)
        return render_template(
            "cases/overview.html",
            open_cases=room.cases.list_open(by=by),
            ended=room.cases.list_ended(year, by=by),
            year=year,
            this_year=this_year,
            first_year=_FIRST_YEAR,
        )

    @pages.get("/of/<request_id>")
    def of_request(request_id: str) -> str:
        """Cases over one request."""
        by = require_account(_HANDLE)
        return render_template(
            "cases/of_request.html",
            about=room.requests.reader.load(request_id, by=by).request,
            cases=room.cases.of_request(request_id, by=by),
        )

    @pages.get("/of/<request_id>/new")
    def new(request_id: str) -> str:
        """The form with which a case is entered."""
        return new_page(request_id, require_account(_HANDLE))

    @pages.post("/of/<request_id>")
    def file(request_id: str) -> AnyResponse | Response:
        """Enter a case."""
        by = require_account(_HANDLE)
        try:
            case_id = room.cases.file(request_id, parse_new(request.form), by=by)
        except (PermissionDeniedError, RecordsRequestNotFoundError):
            raise
        except QueryRoomError as error:
            return make_response(new_page(request_id, by, problem_of(error)), _BAD_REQUEST)
        flash(gettext("The case is entered."))
        return redirect(url_for("cases.case", case_id=case_id))

    @pages.get("/<case_id>")
    def case(case_id: str) -> str:
        """One case, and what can be done with it."""
        return case_page(case_id, require_account(_HANDLE))

    @pages.post("/<case_id>/answer")
    def answer(case_id: str) -> AnyResponse | Response:
        """Record that the defence was sent."""
        return act(
            case_id,
            gettext("That the defence was sent is recorded."),
            lambda by: room.cases.answer(
                case_id, answered_on=required_day(request.form, "answered_on"), by=by
            ),
        )

    @pages.post("/<case_id>/decide")
    def decide(case_id: str) -> AnyResponse | Response:
        """Record how it ended."""
        return act(
            case_id,
            gettext("The result is recorded."),
            lambda by: room.cases.decide(case_id, parse_decided(request.form), by=by),
        )

    @pages.post("/<case_id>/withdraw")
    def withdraw(case_id: str) -> AnyResponse | Response:
        """Record that it was given up."""
        return act(
            case_id,
            gettext("The case is withdrawn."),
            lambda by: room.cases.withdraw(
                case_id, withdrawn_on=required_day(request.form, "withdrawn_on"), by=by
            ),
        )

    return pages


def _year(text: str, this_year: int) -> int:
    if not text:
        return this_year
    if not (text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text[:5]) <= this_year):
        abort(404)
    return int(text)
