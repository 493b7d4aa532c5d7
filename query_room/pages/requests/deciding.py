"""From the proposal to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request
from flask_babel import gettext

from query_room.pages.forms import chosen
from query_room.pages.requests.forms import parse_proposal, required_day
from query_room.requests import Manner
from query_room.reviews import Verdict

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.pages.requests.file import FilePage
    from query_room.room import Room


def add_deciding(pages: Blueprint, room: Room, page: FilePage) -> None:
    """Add proposal, review, dispatch, withdrawal and reopening."""
    deciding = room.requests.deciding

    @pages.post("/<request_id>/proposal")
    def propose(request_id: str) -> AnyResponse | Response:
        """Propose how it ends."""
        return page.act(
            request_id,
            "proposal",
            gettext("The proposal is kept."),
            lambda by: deciding.propose(request_id, parse_proposal(request.form), by=by),
        )

    @pages.post("/<request_id>/submission")
    def submit(request_id: str) -> AnyResponse | Response:
        """Lay the proposal before those who sign it."""
        return page.act(
            request_id,
            "review",
            gettext("Submitted for review."),
            lambda by: deciding.submit(request_id, by=by),
        )

    @pages.post("/<request_id>/signature")
    def sign(request_id: str) -> AnyResponse | Response:
        """Sign the step that waits."""
        return page.act(
            request_id,
            "review",
            gettext("Signed."),
            lambda by: deciding.sign(
                request_id,
                chosen(request.form, "verdict", Verdict),
                remark=request.form.get("remark", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/dispatch")
    def dispatch(request_id: str) -> AnyResponse | Response:
        """Record how a letter left."""
        return page.act(
            request_id,
            "letters",
            gettext("The dispatch is recorded."),
            lambda by: deciding.dispatch(
                request_id,
                request.form.get("letter", ""),
                manner=chosen(request.form, "manner", Manner),
                day=required_day(request.form, "dispatched_on"),
                note=request.form.get("dispatch_note", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/withdrawal")
    def withdraw(request_id: str) -> AnyResponse | Response:
        """End what its applicant withdrew."""
        return page.act(
            request_id,
            "proposal",
            gettext("The request is closed as withdrawn."),
            lambda by: deciding.withdraw(
                request_id, reason=request.form.get("withdrawal_reason", ""), by=by
            ),
        )

    @pages.post("/<request_id>/reopening")
    def reopen(request_id: str) -> AnyResponse | Response:
        """Take a closed request up again."""
        return page.act(
            request_id,
            "proposal",
            gettext("The request is open again; its reply period begins anew."),
            lambda by: deciding.reopen(
                request_id, ground=request.form.get("reopening_ground", ""), by=by
            ),
        )
