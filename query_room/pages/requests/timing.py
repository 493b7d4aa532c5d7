"""Steps that move the due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request
from flask_babel import gettext

from query_room.fees import FeeBasis
from query_room.pages.forms import chosen
from query_room.pages.requests.forms import required_count, required_day

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.pages.requests.file import FilePage
    from query_room.room import Room


def add_timing(pages: Blueprint, room: Room, page: FilePage) -> None:
    """Add clarification, extension, fee, longer period and giving up."""
    clockwork = room.requests.clockwork

    @pages.post("/<request_id>/clarification")
    def clarification(request_id: str) -> AnyResponse | Response:
        """Ask once for everything that is unclear."""
        return page.act(
            request_id,
            "timing",
            gettext("Clarification is asked for; print and send the notice."),
            lambda by: clockwork.ask_clarification(
                request_id,
                asked_for=request.form.get("asked_for", ""),
                correct_by=required_day(request.form, "correct_by"),
                by=by,
            ),
        )

    @pages.post("/<request_id>/correction")
    def correction(request_id: str) -> AnyResponse | Response:
        """Take in the correction."""
        return page.act(
            request_id,
            "timing",
            gettext("The correction is taken in; the reply period begins anew."),
            lambda by: clockwork.correct(
                request_id,
                corrected=request.form.get("corrected", ""),
                received_on=required_day(request.form, "corrected_on"),
                by=by,
            ),
        )

    @pages.post("/<request_id>/extension")
    def extension(request_id: str) -> AnyResponse | Response:
        """Extend the reply period."""
        return page.act(
            request_id,
            "timing",
            gettext("The reply period is extended; print and send the notice."),
            lambda by: clockwork.extend(
                request_id,
                working_days=required_count(request.form, "working_days"),
                reason=request.form.get("extension_reason", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/longer")
    def longer(request_id: str) -> AnyResponse | Response:
        """Set a longer period for an excessive but reasonable request."""
        return page.act(
            request_id,
            "timing",
            gettext("The longer period is set; print and send the notice."),
            lambda by: clockwork.set_longer_period(
                request_id,
                working_days=required_count(request.form, "longer_days"),
                reason=request.form.get("longer_reason", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/fee")
    def fee(request_id: str) -> AnyResponse | Response:
        """Tell the applicant what processing costs."""
        return page.act(
            request_id,
            "timing",
            gettext("The fee is set; print and send the notice."),
            lambda by: clockwork.notice_fee(
                request_id,
                basis=chosen(request.form, "basis", FeeBasis),
                count=required_count(request.form, "count"),
                by=by,
            ),
        )

    @pages.post("/<request_id>/payment")
    def payment(request_id: str) -> AnyResponse | Response:
        """Record that the fee was paid."""
        return page.act(
            request_id,
            "timing",
            gettext("The payment is recorded; the reply period begins anew."),
            lambda by: clockwork.pay(
                request_id, paid_on=required_day(request.form, "paid_on"), by=by
            ),
        )

    @pages.post("/<request_id>/abandon")
    def abandon(request_id: str) -> AnyResponse | Response:
        """End what was not corrected or not paid in time."""
        return page.act(
            request_id,
            "timing",
            gettext("The request is closed as given up."),
            lambda by: clockwork.abandon(request_id, by=by),
        )
