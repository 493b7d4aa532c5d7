"""One request: what is known, what was done, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.database import utc_now
from indexer.errors import QueryRoomError, RecordNotFoundError
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.in_hand import put_down_request, take_in_hand
from query_room.organs import Duty
from query_room.pages.clock_labels import DAY_REASONS
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.pages.requests.forms import required_day
from query_room.pages.requests.view_models import FileView, finding_lines, search_lines
from query_room.proofs import ProofError
from query_room.requests import RecordsRequestNotFoundError, steps_from
from query_room.statute.dispositions import DISPOSITIONS
from query_room.statute.exemptions import EXEMPTIONS
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.requests import Applicant
    from query_room.room import Room

_BAD_REQUEST = 400
_HANDLE = Permission.HANDLE_REQUESTS


@dataclass(frozen=True, slots=True)
class FilePage:
    """Shows a request, and carries out a step from it."""

    room: Room
    asking: Asking

    def view(self, request_id: str, by: Account) -> FileView:
        """The request as the page shows it."""
        room, viewer = self.room, self.asking.viewer()
        file = room.requests.reader.open_file(request_id, by=by, viewer=viewer)
        organ_id = file.request.organ_id
        duties = room.organs.duties_of(by.name, organ_id)
        records = {
            each.record_id: room.search.record(each.record_id, viewer) for each in file.findings
        }
        review = file.reviews[-1] if file.reviews else None
        step = None if review is None else review.next_step
        may_sign = (
            review is not None
            and step is not None
            and step.duty in duties
            and review.opened_by != by.name
        )
        return FileView(
            file=file,
            organ=room.organs.load(organ_id),
            # Words, not members: a template asks by the word, and members hash by their names.
            steps=frozenset(step.value for step in steps_from(file.request.status)),
            letters=room.requests.letters.to_make(file),
            is_handler=Duty.HANDLER in duties,
            is_head=Duty.HEAD in duties,
            to_sign=step if may_sign else None,
            handlers=tuple(
                member.account_name
                for member in room.organs.members(organ_id)
                if Duty.HANDLER in member.duties
            ),
            searches=search_lines(file),
            findings=finding_lines(file, records),
            same_applicant=room.requests.intake.same_applicant(request_id, by=by),
            exemptions=tuple(EXEMPTIONS),
            proofs=room.proofs.list_for(request_id),
        )

    def show(
        self,
        request_id: str,
        by: Account,
        *,
        problem: FormProblem | None = None,
        problem_at: str = "",
        revealed: Applicant | None = None,
    ) -> str:
        """The page; a step that was refused says so at its place."""
        return render_template(
            "requests/file.html",
            view=self.view(request_id, by),
            problem=problem,
            problem_at=problem_at,
            form=request.form,
            revealed=revealed,
            may_erase=by.may(Permission.ERASE_PERSONS),
            may_reveal=by.may(Permission.REVEAL_PERSONS),
            today=day_in_china(utc_now()),
            dispositions=DISPOSITIONS,
        )

    def act(
        self, request_id: str, at: str, done: str, step: Callable[[Account], object]
    ) -> AnyResponse | Response:
        """Take a step and go back to the page, or show what refused it.

        Args:
            request_id: The request.
            at: Place on the page, where a refusal is said.
            done: What is said when it is done.
            step: The step, given the account that takes it.
        """
        by = require_account(_HANDLE)
        try:
            step(by)
        except (PermissionDeniedError, RecordNotFoundError, RecordsRequestNotFoundError):
            raise
        except QueryRoomError as error:
            page = self.show(request_id, by, problem=problem_of(error), problem_at=at)
            return make_response(page, _BAD_REQUEST)
        flash(done)
        return redirect(url_for("requests.file_page", request_id=request_id, _anchor=at))


def add_file(  # noqa: C901 - one line per route
    pages: Blueprint, room: Room, page: FilePage
) -> None:
    """Add the page of one request, its clock, and the steps at its beginning."""
    intake = room.requests.intake

    @pages.get("/<request_id>")
    def file_page(request_id: str) -> str:
        """One request."""
        return page.show(request_id, require_account(_HANDLE))

    @pages.get("/<request_id>/clock")
    def clock(request_id: str) -> str:
        """Its due date, day by day."""
        by = require_account(_HANDLE)
        return render_template(
            "requests/clock.html",
            listed=room.requests.reader.load(request_id, by=by),
            moved=room.requests.moved_dates.of_request(request_id, by=by),
            reasons=DAY_REASONS,
        )

    @pages.post("/<request_id>/confirm")
    def confirm(request_id: str) -> AnyResponse | Response:
        """Confirm with the applicant that it arrived."""
        return page.act(
            request_id,
            "receipt",
            gettext("Receipt is confirmed; the reply period has begun."),
            lambda by: intake.confirm(
                request_id,
                organ_confirmed_on=required_day(request.form, "organ_confirmed_on"),
                applicant_confirmed_on=required_day(request.form, "applicant_confirmed_on"),
                by=by,
            ),
        )

    @pages.post("/<request_id>/assign")
    def assign(request_id: str) -> AnyResponse | Response:
        """Give it to a handler."""
        return page.act(
            request_id,
            "receipt",
            gettext("The request is assigned."),
            lambda by: intake.assign(request_id, request.form.get("handler", ""), by=by),
        )

    @pages.post("/<request_id>/reveal")
    def reveal(request_id: str) -> Response:
        """Show the applicant in full once; that it was looked at is logged."""
        by = require_account(Permission.REVEAL_PERSONS)
        try:
            applicant = intake.reveal(request_id, ground=request.form.get("ground", ""), by=by)
        except PermissionDeniedError:
            raise
        except QueryRoomError as error:
            refused = page.show(request_id, by, problem=problem_of(error), problem_at="applicant")
            return make_response(refused, _BAD_REQUEST)
        shown = make_response(page.show(request_id, by, revealed=applicant))
        shown.headers["Cache-Control"] = "no-store"
        return shown

    @pages.post("/<request_id>/proofs/<int:event_id>")
    def proof(request_id: str, event_id: int) -> Response:
        """Show a photograph of an identity paper; that it was looked at is logged."""
        by = require_account(Permission.REVEAL_PERSONS)
        room.requests.reader.load(request_id, by=by)
        try:
            shown = room.proofs.show(
                request_id, event_id, ground=request.form.get("proof_ground", ""), by=by
            )
        except (InvalidFieldError, ProofError) as error:
            refused = page.show(request_id, by, problem=problem_of(error), problem_at="applicant")
            return make_response(refused, _BAD_REQUEST)
        answer = make_response(shown.jpeg)
        answer.headers["Content-Type"] = "image/jpeg"
        answer.headers["Content-Disposition"] = "inline"
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @pages.post("/<request_id>/erase")
    def erase(request_id: str) -> AnyResponse | Response:
        """Erase who applied; that there was a request stays."""
        return page.act(
            request_id,
            "applicant",
            gettext("The applicant's data has been erased."),
            lambda by: intake.erase_applicant(
                request_id, ground=request.form.get("erase_ground", ""), by=by
            ),
        )

    @pages.post("/<request_id>/hand")
    def take(request_id: str) -> AnyResponse:
        """Search for it: every search from now on belongs to it."""
        by = require_account(_HANDLE)
        room.requests.reader.load(request_id, by=by)
        take_in_hand(request_id)
        return redirect(url_for("search.home"))

    @pages.post("/<request_id>/put-down")
    def put_down(request_id: str) -> AnyResponse:
        """Search for it no longer."""
        require_account(_HANDLE)
        put_down_request()
        return redirect(url_for("requests.file_page", request_id=request_id))
