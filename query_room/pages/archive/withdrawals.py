"""Withdrawals: out of every answer in two presses, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, WithdrawalNotFoundError
from query_room.pages.archive.labels import WITHDRAWAL_GROUNDS
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE


def add_withdrawals(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of withdrawals that are made, and of lifting them."""

    def listed(problem: FormProblem | None = None) -> str:
        page = room.archive.withdrawals.in_force(
            page_number(), by=require_account(_MANAGE), viewer=asking.viewer()
        )
        return render_template(
            "archive/withdrawals.html",
            withdrawals=page.items,
            pager=pager_of(page, url_for("archive.withdrawals")),
            problem=problem,
        )

    @pages.get("/withdrawals")
    def withdrawals() -> str:
        """Withdrawals in force."""
        return listed()

    @pages.get("/withdrawals/lifted")
    def lifted() -> str:
        """Withdrawals that are over."""
        page = room.archive.withdrawals.lifted(
            page_number(), by=require_account(_MANAGE), viewer=asking.viewer()
        )
        return render_template("archive/lifted.html", withdrawals=page.items, pager=pager_of(page))

    @pages.post("/withdrawals/<int:withdrawal_id>/lift")
    def lift(withdrawal_id: int) -> AnyResponse | Response:
        """End a withdrawal."""
        by = require_account(_MANAGE)
        try:
            room.archive.withdrawals.lift(
                withdrawal_id, ground=request.form.get("ground", ""), by=by
            )
        except InvalidFieldError as error:
            problem = FormProblem(field=f"lift-{withdrawal_id}", text=problem_of(error).text)
            return make_response(listed(problem), _BAD_REQUEST)
        except WithdrawalNotFoundError as error:
            # Somebody else was quicker: the list as it is now says so best.
            return make_response(listed(problem_of(error)), _CONFLICT)
        flash(gettext("Lifted. The record comes back when the index has caught up."))
        return redirect(url_for("archive.withdrawals"))


def add_withdrawing(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes that withdraw a record."""

    def asked(record_id: str, problem: FormProblem | None = None) -> str:
        return render_template(
            "archive/withdraw.html",
            record=room.search.record(record_id, asking.viewer()),
            grounds=WITHDRAWAL_GROUNDS,
            problem=problem,
            form=request.form,
        )

    @pages.get("/withdrawals/new/<record_id>")
    def new_withdrawal(record_id: str) -> str:
        """Why a record is to be withdrawn."""
        require_account(_MANAGE)
        return asked(record_id)

    @pages.post("/withdrawals/new/<record_id>")
    def withdraw(record_id: str) -> AnyResponse | Response:
        """Take the record out of every answer from the next request on."""
        by = require_account(_MANAGE)
        ground = request.form.get("ground", "") or request.form.get("other", "")
        try:
            room.archive.withdrawals.withdraw(
                record_id, ground=ground, by=by, viewer=asking.viewer()
            )
        except InvalidFieldError as error:
            problem = FormProblem(field="other", text=problem_of(error).text)
            return make_response(asked(record_id, problem), _BAD_REQUEST)
        flash(gettext("Withdrawn. From now on no answer shows it."))
        return redirect(url_for("archive.withdrawals"))
