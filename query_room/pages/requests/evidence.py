"""Searches behind a request, and the records that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request
from flask_babel import gettext

from indexer.records import RecordId
from query_room.outcomes import Outcome
from query_room.pages.forms import chosen
from query_room.pages.requests.forms import parse_page_ranges, required_day
from query_room.requests import Decision, NewHandSearch

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.pages.requests.file import FilePage
    from query_room.room import Room

_MAX_MARKED = 50


def add_evidence(pages: Blueprint, room: Room, asking: Asking, page: FilePage) -> None:
    """Add searches by hand, marking of hits, and decisions on them."""
    evidence = room.requests.evidence

    @pages.post("/<request_id>/hand-searches")
    def hand_search(request_id: str) -> AnyResponse | Response:
        """Record a search on paper."""
        return page.act(
            request_id,
            "searches",
            gettext("The search by hand is recorded."),
            lambda by: evidence.record_hand_search(
                request_id,
                NewHandSearch(
                    where=request.form.get("where", ""),
                    what=request.form.get("what", ""),
                    by=request.form.get("searched_by", ""),
                    searched_on=required_day(request.form, "searched_on"),
                    outcome=chosen(request.form, "hand_outcome", Outcome),
                ),
                by=by,
            ),
        )

    @pages.post("/<request_id>/searches")
    def attach(request_id: str) -> AnyResponse | Response:
        """Cite a search made elsewhere."""
        return page.act(
            request_id,
            "searches",
            gettext("The search is attached."),
            lambda by: evidence.attach_search(
                request_id, request.form.get("search", "").strip(), by=by
            ),
        )

    @pages.post("/<request_id>/findings")
    def mark(request_id: str) -> AnyResponse | Response:
        """Mark records of an answer as relevant, or one found by hand."""
        search_id = request.form.get("search") or None

        def step(by: Account) -> None:
            if search_id is not None:
                evidence.attach_search(request_id, search_id, by=by)
            for record_id in request.form.getlist("record")[:_MAX_MARKED]:
                evidence.mark(
                    request_id,
                    RecordId(record_id.strip()),
                    search_id=search_id,
                    pages=parse_page_ranges(request.form),
                    by=by,
                    viewer=asking.viewer(),
                )

        return page.act(request_id, "findings", gettext("Kept with the request."), step)

    @pages.post("/<request_id>/findings/<finding_id>")
    def decide(request_id: str, finding_id: str) -> AnyResponse | Response:
        """Propose what happens with a record."""
        return page.act(
            request_id,
            "findings",
            gettext("The proposal for the record is kept."),
            lambda by: evidence.decide(
                request_id,
                finding_id,
                chosen(request.form, "decision", Decision),
                exemption=request.form.get("exemption") or None,
                reason=request.form.get("reason", ""),
                by=by,
            ),
        )

    @pages.post("/<request_id>/findings/<finding_id>/drop")
    def drop(request_id: str, finding_id: str) -> AnyResponse | Response:
        """Take back that a record is relevant."""
        return page.act(
            request_id,
            "findings",
            gettext("The record is no longer part of the answer."),
            lambda by: evidence.drop(request_id, finding_id, by=by),
        )
