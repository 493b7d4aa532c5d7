"""Asking third parties and other organs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request
from flask_babel import gettext

from query_room.clock import ConsultedParty
from query_room.pages.forms import chosen
from query_room.pages.requests.forms import required_day
from query_room.requests import Answer

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.pages.requests.file import FilePage
    from query_room.room import Room


def add_consulting(pages: Blueprint, room: Room, page: FilePage) -> None:
    """Add consultations and their answers."""
    consulting = room.requests.consulting

    @pages.post("/<request_id>/consultations")
    def consult(request_id: str) -> AnyResponse | Response:
        """Ask somebody."""
        return page.act(
            request_id,
            "consultations",
            gettext("The consultation is recorded; print and send the letter."),
            lambda by: consulting.consult(
                request_id,
                party=chosen(request.form, "party", ConsultedParty),
                name=request.form.get("party_name", ""),
                about=request.form.get("about", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/consultations/<consultation_id>")
    def answered(request_id: str, consultation_id: str) -> AnyResponse | Response:
        """Record what was answered."""
        return page.act(
            request_id,
            "consultations",
            gettext("The answer is recorded; the reply period goes on."),
            lambda by: consulting.record_answer(
                request_id,
                consultation_id,
                answer=chosen(request.form, "answer", Answer),
                answered_on=required_day(request.form, "answered_on"),
                note=request.form.get("answer_note", ""),
                by=by,
            ),
        )
