"""Routes of the citizen's form, made for a telephone first.

First the matter: what is open on it already is searched and shown, and that search is carried into
the request. Then the person, with a photograph of the identity paper. Nothing is kept before the
last button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from indexer.access import PUBLIC_VIEWER
from indexer.database import utc_now
from indexer.errors import InvalidQueryError, QueryRoomError
from query_room.clock import Channel
from query_room.errors import InvalidFieldError
from query_room.fields import LONG, required
from query_room.pages.counter_labels import IDENTITY_KINDS
from query_room.pages.forms import FormProblem, chosen, problem_of
from query_room.pages.requests import labels
from query_room.pages.requests.forms import (
    APPLICANT_FIELDS,
    WANTED_FIELDS,
    parse_applicant,
    parse_wanted,
)
from query_room.proofs import MAX_BYTES, ProofKind, prepare
from query_room.requests import NewRequest, RequestKind
from query_room.requests.intake import APPLYING
from query_room.statute.codes import ApplicantCategory
from query_room.upload_limits import takes_files
from query_room.visits import IdentityKind
from search_api.china_time import day_in_china
from search_api.limits import MAX_QUESTION
from search_api.params import parse_question

if TYPE_CHECKING:
    from flask import Response
    from flask_limiter import Limiter
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room
    from search_api.answers import SearchAnswer

_BAD_REQUEST = 400
_SHOWN = 5
_MAX_PHOTOGRAPHS = 4
_PER_HOUR = "20 per hour"
UPLOAD_LIMIT = _MAX_PHOTOGRAPHS * MAX_BYTES + (1 << 20)
"""Bytes of a form with its photographs."""
_FIELDS = (*APPLICANT_FIELDS, *WANTED_FIELDS, "organ", "category", "photographs")


def create_blueprint(  # noqa: C901 - one line per route
    room: Room, asking: Asking, limiter: Limiter
) -> Blueprint:
    """The pages on which a citizen applies."""
    pages = Blueprint("applying", __name__, url_prefix="/apply")

    def matter_page(problem: FormProblem | None = None) -> str:
        return render_template(
            "applying/matter.html",
            form=request.values,
            problem=problem,
            organs=room.organs.list_open(),
        )

    def person_page(
        search_id: str | None,
        answer: SearchAnswer | None = None,
        problem: FormProblem | None = None,
    ) -> str:
        hits = answer.hits[:_SHOWN] if answer is not None else ()
        return render_template(
            "applying/person.html",
            form=request.form,
            problem=problem,
            fields=_FIELDS,
            said=labels,
            search=search_id or "",
            answer=answer,
            hits=hits,
            disclosed=room.requests.reader.disclosed_before([hit.record.record_id for hit in hits]),
            organ_applied_to=room.organs.load(request.form.get("organ", "")),
            identity_kinds={
                kind: label
                for kind, label in IDENTITY_KINDS.items()
                if kind not in {IdentityKind.NONE, IdentityKind.INTRODUCTION_LETTER}
            },
            today=day_in_china(utc_now()),
        )

    @pages.get("/")
    def form() -> str:
        """What is wanted."""
        return matter_page()

    @pages.post("/matching")
    @limiter.limit(_PER_HOUR)
    def matching() -> str | Response | AnyResponse:
        """What is open on it already, and the rest of the form."""
        try:
            text = required("description", request.form.get("description", ""), LONG)
            if all(each.organ_id != request.form.get("organ") for each in room.organs.list_open()):
                raise InvalidFieldError("organ", "required")  # noqa: TRY301 - shown on the form
        except InvalidFieldError as error:
            return make_response(matter_page(problem_of(error)), _BAD_REQUEST)
        try:
            question = parse_question({"q": [text[:MAX_QUESTION]]})
            # As the public sees it, whoever sits here: the applicant reads along.
            answer = room.search.search(question, PUBLIC_VIEWER, asking.context(APPLYING))
        except InvalidQueryError:
            return person_page(None)
        return person_page(answer.search_id, answer)

    @pages.post("/")
    @takes_files(UPLOAD_LIMIT, of_anybody=True)
    @limiter.limit(_PER_HOUR)
    def file() -> Response | AnyResponse:
        """Take the request in."""
        search_id = request.form.get("search") or None
        if request.form.get("back"):
            return redirect(url_for("applying.form"))
        try:
            photographs = [
                each.read(MAX_BYTES + 1)
                for each in request.files.getlist("photographs")[:_MAX_PHOTOGRAPHS]
                if each.filename
            ]
            if not request.form.get("confirmed"):
                raise InvalidFieldError("confirmed", "required")
            new = NewRequest(
                organ_id=request.form.get("organ", ""),
                kind=RequestKind.DISCLOSURE,
                channel=Channel.ONLINE,
                category=chosen(request.form, "category", ApplicantCategory),
                applicant=parse_applicant(request.form),
                wanted=parse_wanted(request.form),
                # The applicant confirms by sending; the office still has to (art. 31).
                applicant_confirmed_on=day_in_china(utc_now()),
                origin_search_id=search_id,
            )
            receipt = room.requests.intake.file(
                new,
                proofs=[prepare(each, ProofKind.IDENTITY) for each in photographs],
                by=None,
            )
        except QueryRoomError as error:
            refused = person_page(search_id, problem=problem_of(error))
            return make_response(refused, _BAD_REQUEST)
        # Not redirected: the secret stands on this one page and nowhere else.
        page = make_response(render_template("requests/receipt.html", receipt=receipt))
        page.headers["Cache-Control"] = "no-store"
        return page

    return pages
