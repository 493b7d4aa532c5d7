"""What a batch has to answer for, as files to take along, and failures given another chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext

from indexer.errors import ImportRefusedError
from query_room.accounts import Permission
from query_room.archive.batch_paper import files_csv, paper_of
from query_room.letters.docx import draw_docx
from query_room.pages.archive.labels import REASONS
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.sheets import MEDIA_TYPES, SheetFormat

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_MANAGE: Final = Permission.MANAGE_ARCHIVE
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def add_batch_accounts(pages: Blueprint, room: Room) -> None:
    """Add the routes of accounts."""

    @pages.get("/batches/<int:number>/report.docx")
    def batch_report(number: int) -> Response:
        """The report on a batch for the head of the archive."""
        account = room.archive.accounts.account(number, by=require_account(_MANAGE))
        content = draw_docx(paper_of(account, room.settings.organ))
        return download(content, _DOCX, f"batch-{number}.docx")

    @pages.get("/batches/<int:number>/files.csv")
    def batch_files(number: int) -> Response:
        """Every file of a batch with what became of it."""
        found = room.archive.accounts.files(number, by=require_account(_MANAGE))
        return download(files_csv(found), MEDIA_TYPES[SheetFormat.CSV], f"batch-{number}.csv")

    @pages.post("/batches/<int:number>/retry")
    def retry(number: int) -> AnyResponse:
        """Let the next import read again what failed for a reason."""
        by = require_account(_MANAGE)
        reason = request.form.get("reason", "")
        try:
            count = room.archive.accounts.retry(number, reason, by=by)
        except ImportRefusedError as error:
            flash(problem_of(error).text)
        else:
            flash(
                gettext(
                    "%(reason)s: the next import reads %(count)s files again.",
                    reason=REASONS.get(reason, reason),
                    count=count,
                )
            )
        return redirect(url_for("archive.batch", number=number))


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file that a browser saves and keeps nowhere else."""
    return Response(
        content,
        mimetype=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
