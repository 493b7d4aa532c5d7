"""The desk: what waits, what is mine, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.pages.guards import require_account
from query_room.pages.requests.view_models import desk_view
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from query_room.room import Room

_ON_A_PAGE = 50


def add_desk(pages: Blueprint, room: Room) -> None:
    """Add the lists of requests."""

    @pages.get("/")
    def desk() -> str:
        """Requests of the account's organs with their clocks, the most pressing first."""
        by = require_account(Permission.HANDLE_REQUESTS)
        organs = room.organs.organs_of(by.name)
        duties = {
            organ.organ_id: room.organs.duties_of(by.name, organ.organ_id) for organ in organs
        }
        waiting = room.reviews.waiting_for(duties)
        to_sign = frozenset(each.subject for each in waiting if each.opened_by != by.name)
        today = day_in_china(utc_now())
        visits = (
            room.visits.visits_of_day(today, by=by) if by.may(Permission.SERVE_VISITORS) else []
        )
        return render_template(
            "requests/desk.html",
            view=desk_view(room.requests.reader.in_work(by=by), to_sign, organs, by.name),
            visits=visits,
        )

    @pages.get("/closed")
    def closed() -> str:
        """Requests that ended, the newest first."""
        by = require_account(Permission.HANDLE_REQUESTS)
        page = max(1, request.args.get("page", 1, type=int))
        found = room.requests.reader.closed(
            by=by, offset=(page - 1) * _ON_A_PAGE, limit=_ON_A_PAGE + 1
        )
        return render_template(
            "requests/closed.html",
            requests=found[:_ON_A_PAGE],
            page=page,
            has_more=len(found) > _ON_A_PAGE,
        )
