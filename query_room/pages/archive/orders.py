"""One order: what a trial found, how far an import or an undoing is, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, OrderRefusedError
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.sessions import leave_session_as_it_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.room import Room

_BAD_REQUEST = 400
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE
_AGAIN = "again"


def add_orders(pages: Blueprint, room: Room) -> None:  # noqa: C901 - one block per route
    """Add the routes of orders that were given."""

    def order_page(order_id: int, problem: FormProblem | None = None) -> str:
        view = room.archive.orders.load(order_id, by=require_account(_MANAGE))
        return render_template("archive/order.html", view=view, problem=problem)

    def cancel_page(order_id: int, problem: FormProblem | None = None) -> str:
        view = room.archive.orders.load(order_id, by=require_account(_MANAGE))
        return render_template("archive/cancel.html", view=view, problem=problem, form=request.form)

    def done(order_id: int, act: Callable[[Account], int | None]) -> AnyResponse | Response:
        by = require_account(_MANAGE)
        try:
            onward = act(by)
        except OrderRefusedError as error:
            return make_response(order_page(order_id, problem_of(error)), _CONFLICT)
        return redirect(url_for("archive.order", order_id=onward or order_id))

    @pages.get("/orders/<int:order_id>")
    def order(order_id: int) -> str:
        """One order."""
        if _AGAIN in request.args:
            leave_session_as_it_is()
        return order_page(order_id)

    @pages.get("/orders/<int:order_id>/progress")
    def progress(order_id: int) -> str:
        """How far it is: the part of its page that a script fetches again and again."""
        leave_session_as_it_is()
        view = room.archive.orders.load(order_id, by=require_account(_MANAGE))
        return render_template("archive/order_progress.html", view=view)

    @pages.post("/orders/<int:order_id>/start")
    def start(order_id: int) -> AnyResponse | Response:
        """Import what a trial looked into."""
        return done(order_id, lambda by: room.archive.orders.start(order_id, by=by))

    @pages.post("/orders/<int:order_id>/pause")
    def pause(order_id: int) -> AnyResponse | Response:
        """Let it rest between two files."""
        return done(order_id, lambda by: room.archive.orders.pause(order_id, by=by))

    @pages.post("/orders/<int:order_id>/continue")
    def go_on(order_id: int) -> AnyResponse | Response:
        """Let it go on where it was."""
        return done(order_id, lambda by: room.archive.orders.go_on(order_id, by=by))

    @pages.get("/orders/<int:order_id>/cancel")
    def cancelling(order_id: int) -> str:
        """Why it is cancelled."""
        return cancel_page(order_id)

    @pages.post("/orders/<int:order_id>/cancel")
    def cancel(order_id: int) -> AnyResponse | Response:
        """End it for good."""
        by = require_account(_MANAGE)
        ground = request.form.get("ground", "")
        try:
            room.archive.orders.cancel(order_id, ground=ground, by=by)
        except InvalidFieldError as error:
            return make_response(cancel_page(order_id, problem_of(error)), _BAD_REQUEST)
        except OrderRefusedError as error:
            return make_response(order_page(order_id, problem_of(error)), _CONFLICT)
        flash(gettext("Cancelled. What came in before stays until its batch is undone."))
        return redirect(url_for("archive.order", order_id=order_id))
