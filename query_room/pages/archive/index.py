"""The index: which generation answers, building the next, going back to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from indexer.database import utc_now
from indexer.errors import IndexMismatchError
from query_room.accounts import Permission
from query_room.errors import (
    NothingToReleaseError,
    NothingToRollBackToError,
    RebuildUnderwayError,
)
from query_room.monitoring.health import WORKER_SILENT_S
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.archive.model import IndexView
    from query_room.room import Room

_CONFLICT = 409
_MANAGE = Permission.MANAGE_ARCHIVE
_MAX_DIGITS = 9


def add_index(pages: Blueprint, room: Room) -> None:
    """Add the routes of the index."""

    def shown(problem: FormProblem | None = None) -> str:
        view = room.archive.index.state(by=require_account(_MANAGE))
        return render_template(
            "archive/index.html",
            view=view,
            is_worked_on=_is_worked_on(view),
            problem=problem,
        )

    @pages.get("/index")
    def index() -> str:
        """The index and its generations."""
        return shown()

    @pages.post("/index/rebuild")
    def rebuild() -> AnyResponse | Response:
        """Begin the next generation; the worker builds it, whatever becomes of this request."""
        by = require_account(_MANAGE)
        try:
            number = room.archive.index.rebuild(by=by)
        except RebuildUnderwayError as error:
            return make_response(shown(problem_of(error)), _CONFLICT)
        flash(gettext("Generation %(number)s is being built.", number=number))
        return redirect(url_for("archive.index"))

    @pages.post("/index/release")
    def release() -> AnyResponse | Response:
        """Let the generation that waits answer."""
        by = require_account(_MANAGE)
        try:
            number = room.archive.index.release(_number(), by=by)
        except NothingToReleaseError as error:
            return make_response(shown(problem_of(error)), _CONFLICT)
        flash(gettext("Generation %(number)s is about to answer.", number=number))
        return redirect(url_for("archive.index"))

    @pages.post("/index/try-again")
    def try_set_aside() -> AnyResponse:
        """Let what was set aside be taken in once more."""
        count = room.archive.index.try_again(by=require_account(_MANAGE))
        flash(
            ngettext(
                "%(num)s record that was set aside is tried again.",
                "%(num)s records that were set aside are tried again.",
                count,
            )
        )
        return redirect(url_for("archive.index"))

    @pages.post("/index/roll-back")
    def roll_back() -> AnyResponse | Response:
        """Let the generation before answer again."""
        by = require_account(_MANAGE)
        try:
            number = room.archive.index.roll_back(_number(), by=by)
        except (NothingToRollBackToError, IndexMismatchError) as error:
            return make_response(shown(problem_of(error)), _CONFLICT)
        flash(gettext("Generation %(number)s answers again.", number=number))
        return redirect(url_for("archive.index"))


def _is_worked_on(view: IndexView) -> bool:
    """Whether a writer gave a sign of life lately."""
    seen_at = view.written.seen_at
    if seen_at is None:
        return False
    return (utc_now() - seen_at).total_seconds() <= WORKER_SILENT_S


def _number() -> int:
    """The generation that the button named; 0, which none has, where it named none."""
    text = request.form.get("generation", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0
