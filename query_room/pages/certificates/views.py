"""Routes of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.certificates import CertificateRefusedError
from query_room.errors import InvalidFieldError
from query_room.outcomes import Outcome
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_SERVE = Permission.SERVE_VISITORS
_MAX_DIGITS = 4
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of certificates."""
    pages = Blueprint("certificates", __name__, url_prefix="/certificates")

    def show(entry_id: str, by: Account, problem: FormProblem | None = None) -> str:
        entry = room.register.load(entry_id, by=by, viewer=asking.viewer())
        return render_template(
            "certificates/entry.html",
            entry=entry,
            certificate=room.certificates.of_entry(entry_id, by=by),
            is_none_found=entry.outcome is Outcome.NONE,
            form=request.form,
            problem=problem,
        )

    @pages.get("/of/<entry_id>")
    def of_entry(entry_id: str) -> str:
        """The certificate of an entry, or the form that issues it."""
        return show(entry_id, require_account(_SERVE))

    @pages.post("/of/<entry_id>")
    def issue(entry_id: str) -> AnyResponse | Response:
        """Issue it."""
        by = require_account(_SERVE)
        try:
            made = room.certificates.issue(
                entry_id,
                extract=request.form.get("extract", ""),
                copied_pages=_count(request.form.get("copied_pages", "")),
                by=by,
                viewer=asking.viewer(),
            )
        except (InvalidFieldError, CertificateRefusedError) as error:
            return make_response(show(entry_id, by, problem_of(error)), _BAD_REQUEST)
        flash(gettext("Certificate %(number)s is issued.", number=made.number))
        return redirect(url_for("certificates.of_entry", entry_id=entry_id))

    @pages.get("/<certificate_id>")
    def html(certificate_id: str) -> Response:
        """The certificate as a page to print."""
        by = require_account(_SERVE)
        return make_response(room.certificates.html(certificate_id, by=by))

    @pages.get("/<certificate_id>.docx")
    def docx(certificate_id: str) -> Response:
        """The certificate as a document."""
        by = require_account(_SERVE)
        answer = make_response(room.certificates.docx(certificate_id, by=by))
        answer.headers["Content-Type"] = _DOCX
        answer.headers["Content-Disposition"] = f'attachment; filename="{certificate_id}.docx"'
        return answer

    return pages


def _count(text: str) -> int:
    digits = text.strip() or "0"
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS):
        raise InvalidFieldError("copied_pages", "unknown")
    return int(digits)
