"""Differences: where a catalogue and a document do not say the same, for somebody to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.repositories.differences import Wanted
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError
from query_room.pages.archive.batch_accounts import download
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.guards import require_account
from query_room.pages.labels import DESCRIBED
from query_room.sheets import MEDIA_TYPES, SheetFormat, sheet

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_MANAGE: Final = Permission.MANAGE_ARCHIVE
_MAX_BATCH: Final = 9
"""Digits of a batch's number in an address."""


def add_differences(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of differences."""

    @pages.get("/differences")
    def differences() -> str:
        """Open differences by field, of all batches or one."""
        by = require_account(_MANAGE)
        wanted = _wanted()
        view = room.archive.differences.page(wanted, page_number(), by=by, viewer=asking.viewer())
        return render_template(
            "archive/differences.html",
            view=view,
            wanted=wanted,
            asked=_asked(wanted),
            pager=pager_of(view.page),
        )

    @pages.get("/differences.csv")
    def differences_file() -> Response:
        """The same as a file."""
        by = require_account(_MANAGE)
        found = room.archive.differences.listed(_wanted(), by=by, viewer=asking.viewer())
        headings = [
            gettext("Record"),
            gettext("Reference code"),
            gettext("Title"),
            gettext("Field"),
            gettext("In the catalogue"),
            gettext("In the document"),
            gettext("Batch"),
        ]
        rows = [
            (
                each.difference.record_id,
                each.archival_code,
                each.title,
                str(DESCRIBED[each.difference.field]),
                each.difference.catalogue,
                each.difference.document,
                each.difference.batch_number,
            )
            for each in found
        ]
        content = sheet(headings, rows, SheetFormat.CSV)
        return download(content.data, MEDIA_TYPES[SheetFormat.CSV], "differences.csv")

    @pages.post("/differences/<record_id>/<field>/settle")
    def settle(record_id: str, field: str) -> AnyResponse:
        """Note that the catalogue is right; the line leaves the list."""
        by = require_account(_MANAGE)
        done = room.archive.differences.settle(record_id, field, by=by, viewer=asking.viewer())
        flash(
            gettext("Noted: the catalogue is right.")
            if done
            else gettext("That difference is not open any more.")
        )
        if request.form.get("to") == "record":
            return redirect(url_for("records.record", record_id=record_id))
        wanted = _wanted()
        return redirect(
            url_for("archive.differences", field=wanted.field, batch=wanted.batch_number)
        )


def _wanted() -> Wanted:
    batch = request.args.get("batch", "")
    if batch and not (batch.isascii() and batch.isdigit() and len(batch) <= _MAX_BATCH):
        raise InvalidFieldError("batch", "unknown")
    return Wanted(
        field=request.args.get("field") or None, batch_number=int(batch) if batch else None
    )


def _asked(wanted: Wanted) -> dict[str, str]:
    """The same as parameters of an address."""
    given = {"field": wanted.field, "batch": wanted.batch_number}
    return {name: str(value) for name, value in given.items() if value is not None}
