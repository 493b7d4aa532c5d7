"""Writing down a request that came to the counter, by post, fax or e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request

from indexer.database import utc_now
from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.clock import Channel
from query_room.errors import PermissionDeniedError
from query_room.organs import Duty
from query_room.pages.counter_labels import IDENTITY_KINDS
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.pages.requests import labels
from query_room.pages.requests.forms import APPLICANT_FIELDS, WANTED_FIELDS, parse_filing
from query_room.visits import IdentityKind
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from flask import Response

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_HANDLE = Permission.HANDLE_REQUESTS
_FIELDS = (
    *APPLICANT_FIELDS,
    *WANTED_FIELDS,
    "organ",
    "kind",
    "channel",
    "category",
    "received_on",
    "applicant_confirmed_on",
)


def add_filing(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the form with which staff write a request down."""

    def form_page(by: Account, problem: FormProblem | None = None) -> str:
        organs = [
            organ
            for organ in room.organs.organs_of(by.name)
            if Duty.HANDLER in room.organs.duties_of(by.name, organ.organ_id)
        ]
        return render_template(
            "requests/new.html",
            form=request.form,
            search=request.values.get("search", ""),
            problem=problem,
            fields=_FIELDS,
            organs=organs,
            today=day_in_china(utc_now()),
            channels={
                each: label for each, label in labels.CHANNELS.items() if each is not Channel.ONLINE
            },
            identity_kinds={
                each: label
                for each, label in IDENTITY_KINDS.items()
                if each is not IdentityKind.NONE
            },
        )

    @pages.get("/new")
    def new() -> str:
        """The form."""
        return form_page(require_account(_HANDLE))

    @pages.post("/")
    def file() -> str | Response:
        """Take the request in; the receipt is shown once, to be printed and handed over."""
        by = require_account(_HANDLE)
        try:
            receipt = room.requests.intake.file(parse_filing(request.form, asking.visit()), by=by)
        except PermissionDeniedError:
            raise
        except QueryRoomError as error:
            return make_response(form_page(by, problem_of(error)), _BAD_REQUEST)
        # Not redirected: the secret stands on this one page and nowhere else.
        page = make_response(render_template("requests/receipt.html", receipt=receipt))
        page.headers["Cache-Control"] = "no-store"
        return page
