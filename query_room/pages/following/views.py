"""Routes by which an applicant follows a request, with its number and its secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request

from query_room.error_statuses import status_of
from query_room.pages.clock_labels import DAY_REASONS
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.requests import labels
from query_room.pages.requests.view_models import clock_class
from query_room.requests import ReceiptSecretError, StepRefusedError

if TYPE_CHECKING:
    from flask import Response
    from flask_limiter import Limiter

    from query_room.room import Room

_PER_ADDRESS = "10 per minute; 60 per hour"
_PER_RECEIPT = "20 per hour"


def create_blueprint(  # noqa: C901 - one line per route
    room: Room, limiter: Limiter
) -> Blueprint:
    """The pages of following a request. Nothing is kept in the session: who leaves is gone."""
    pages = Blueprint("following", __name__, url_prefix="/follow")
    pages.context_processor(lambda: {"said": labels, "clock_class": clock_class})

    def form_page(problem: FormProblem | None = None) -> str:
        return render_template("following/form.html", form=request.values, problem=problem)

    def _receipt() -> tuple[str, str]:
        number = request.form.get("number", "").strip().upper()[:40]
        return number, request.form.get("secret", "")[:40]

    def _limited_by() -> str:
        return f"receipt:{_receipt()[0]}"

    def _uncached(page: str, status: int = 200) -> Response:
        answer = make_response(page, status)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @pages.get("/")
    def form() -> str:
        """Where number and secret are entered."""
        return form_page()

    @pages.post("/")
    @limiter.limit(_PER_ADDRESS)
    @limiter.limit(_PER_RECEIPT, key_func=_limited_by)
    def follow() -> Response:
        """Where the request stands."""
        number, secret = _receipt()
        try:
            listed = room.requests.reader.for_applicant(number, secret)
        except ReceiptSecretError as error:
            return _uncached(form_page(problem_of(error)), status_of(error))
        return _uncached(
            render_template(
                "following/request.html",
                listed=listed,
                reasons=DAY_REASONS,
                number=number,
                secret=secret,
                has_reply=_has_reply(number, secret),
            )
        )

    @pages.post("/reply")
    @limiter.limit(_PER_ADDRESS)
    @limiter.limit(_PER_RECEIPT, key_func=_limited_by)
    def reply() -> Response:
        """The reply, where it was wanted on this site and has been sent off."""
        try:
            return _uncached(room.requests.letters.reply_for_applicant(*_receipt()))
        except (ReceiptSecretError, StepRefusedError) as error:
            return _uncached(form_page(problem_of(error)), status_of(error))

    def _has_reply(number: str, secret: str) -> bool:
        try:
            room.requests.letters.reply_for_applicant(number, secret)
        except StepRefusedError:
            return False
        return True

    return pages
