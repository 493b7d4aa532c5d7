"""Batches: what came in, what came of it, and taking one back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from query_room.accounts import Permission
from query_room.archive.paging import page_of
from query_room.errors import InvalidFieldError, LaterBatchesError, OrderRefusedError
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.archive.view_models import LISTS, account_view, listed_of
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_BAD_REQUEST = 400
_NOT_FOUND = 404
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE


def add_batches(pages: Blueprint, room: Room) -> None:
    """Add the routes of batches."""

    def undo_page(number: int, problem: FormProblem | None = None) -> str:
        plan = room.archive.batches.undo_plan(number, by=require_account(_MANAGE))
        return render_template("archive/undo.html", plan=plan, problem=problem, form=request.form)

    @pages.get("/batches")
    def batches() -> str:
        """Every batch, the newest first."""
        by = require_account(_MANAGE)
        page = room.archive.batches.page(page_number(), by=by)
        return render_template(
            "archive/batches.html",
            batches=page.items,
            pager=pager_of(page),
            orders=room.archive.orders.live(by=by),
            watches=room.archive.watches.in_force(by=by),
            is_worked_on=room.archive.orders.is_importer_alive(),
        )

    @pages.get("/batches/<int:number>")
    def batch(number: int) -> str:
        """One batch with its whole account."""
        by = require_account(_MANAGE)
        view = room.archive.batches.load(number, by=by)
        lists = listed_of(view.report) if view.report else ()
        return render_template(
            "archive/batch.html",
            view=view,
            lists=lists,
            account=account_view(room.archive.accounts.account(number, by=by))
            if view.report
            else None,
        )

    @pages.get("/batches/<int:number>/<name>")
    def batch_list(number: int, name: str) -> str:
        """One list of a batch's account in full, page by page."""
        view = room.archive.batches.load(number, by=require_account(_MANAGE))
        if name not in LISTS or view.report is None:
            abort(_NOT_FOUND)
        found = next(each for each in listed_of(view.report) if each.name == name)
        page = page_of(found.lines, page_number())
        return render_template(
            "archive/batch_list.html",
            batch=view.batch,
            title=found.title,
            items=page.items,
            pager=pager_of(page),
        )

    @pages.get("/batches/<int:number>/undo")
    def undoing(number: int) -> str:
        """What undoing a batch will do."""
        return undo_page(number)

    @pages.post("/batches/<int:number>/undo")
    def undo(number: int) -> AnyResponse | Response:
        """Order that a batch is taken back whole."""
        by = require_account(_MANAGE)
        ground = request.form.get("ground", "")
        try:
            order_id = room.archive.batches.undo(number, ground=ground, by=by)
        except InvalidFieldError as error:
            return make_response(undo_page(number, problem_of(error)), _BAD_REQUEST)
        except (LaterBatchesError, OrderRefusedError) as error:
            return make_response(undo_page(number, problem_of(error)), _CONFLICT)
        return redirect(url_for("archive.order", order_id=order_id))
