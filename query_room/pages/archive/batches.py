"""Batches: what came in, what came of it, and taking one back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.errors import ImportRefusedError
from indexer.importing.report import BatchReport
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, LaterBatchesError
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_BAD_REQUEST = 400
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE


def add_batches(pages: Blueprint, room: Room) -> None:
    """Add the routes of batches."""

    def show(number: int, problem: FormProblem | None = None) -> str:
        row = room.archive.batch(number, by=require_account(_MANAGE))
        return render_template(
            "archive/batch.html",
            batch=row,
            report=BatchReport.from_json(row.report) if row.report else None,
            problem=problem,
            form=request.form,
        )

    @pages.get("/batches")
    def batches() -> str:
        """Every batch, the newest first."""
        by = require_account(_MANAGE)
        return render_template("archive/batches.html", batches=room.archive.batches(by=by))

    @pages.get("/batches/<int:number>")
    def batch(number: int) -> str:
        """One batch with its whole account."""
        return show(number)

    @pages.post("/batches/<int:number>/undo")
    def undo(number: int) -> AnyResponse | Response:
        """Take a batch back whole."""
        by = require_account(_MANAGE)
        try:
            count = room.archive.undo(number, ground=request.form.get("ground", ""), by=by)
        except InvalidFieldError as error:
            return make_response(show(number, problem_of(error)), _BAD_REQUEST)
        except (LaterBatchesError, ImportRefusedError) as error:
            return make_response(show(number, problem_of(error)), _CONFLICT)
        flash(gettext("Batch %(number)s is undone; %(count)s records.", number=number, count=count))
        return redirect(url_for("archive.batch", number=number))
