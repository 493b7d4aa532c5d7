"""The table of variants from a file: sent, looked at, taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from indexer.errors import VocabularyRefusedError
from indexer.vocabulary.reading import MAX_BYTES
from query_room.accounts import Permission
from query_room.pages.archive.vocabulary import done
from query_room.pages.forms import chosen, problem_of
from query_room.pages.guards import require_account
from query_room.upload_limits import takes_files
from query_room.vocabulary import FileSent, Holding, Taking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.pages.forms import FormProblem
    from query_room.room import Room

_BAD_REQUEST: Final = 400
_MANAGE: Final = Permission.MANAGE_ARCHIVE
_FORM: Final = 1 << 16
_MAX_DIGITS: Final = 7


def add_vocabulary_files(pages: Blueprint, room: Room, asking: Asking) -> None:  # noqa: C901 - routes
    """Add the routes of files with entries or words."""

    def choosing(problem: FormProblem | None = None) -> str:
        require_account(_MANAGE)
        return render_template(
            "archive/vocabulary_file.html",
            holdings=Holding,
            takings=Taking,
            form=request.values,
            problem=problem,
        )

    def looked_at(sent: FileSent, problem: FormProblem | None = None) -> str:
        by = require_account(_MANAGE)
        foreseen = room.vocabulary.foresee(sent)
        return render_template(
            "archive/vocabulary_foreseen.html",
            sent=sent,
            foreseen=foreseen,
            changes=foreseen.revision,
            effects=room.vocabulary_effects.of(foreseen.after, by=by, viewer=asking.viewer()),
            is_whole=sent.taking is Taking.REPLACE,
            form=request.form,
            problem=problem,
        )

    @pages.get("/vocabulary/file")
    def vocabulary_file() -> str | Response:
        """Choose a file; or what the one that was sent would change."""
        require_account(_MANAGE)
        if "upload" not in request.args:
            return choosing()
        try:
            return looked_at(_sent(request.args))
        except VocabularyRefusedError as error:
            return make_response(choosing(problem_of(error)), _BAD_REQUEST)

    @pages.post("/vocabulary/file")
    @takes_files(MAX_BYTES + _FORM)
    def send_vocabulary_file() -> AnyResponse | Response:
        """Take a file that is sent, and show what it would change."""
        require_account(_MANAGE)
        file = request.files.get("table")
        try:
            holding = chosen(request.form, "holding", Holding)
            upload = room.vocabulary.receive(file.read() if file else b"", holding)
        except VocabularyRefusedError as error:
            return make_response(choosing(problem_of(error)), _BAD_REQUEST)
        taking = chosen(request.form, "taking", Taking)
        return redirect(
            url_for("archive.vocabulary_file", upload=upload, holding=holding, taking=taking)
        )

    @pages.post("/vocabulary/file/take")
    def take_vocabulary_file() -> AnyResponse | Response:
        """Make a version of a file that was looked at."""
        by = require_account(_MANAGE)
        based_on = request.form.get("based_on", "")
        try:
            sent = _sent(request.form)
            foreseen = room.vocabulary.foresee(sent)
        except VocabularyRefusedError as error:
            return make_response(choosing(problem_of(error)), _BAD_REQUEST)
        is_number = based_on.isascii() and based_on.isdigit() and len(based_on) <= _MAX_DIGITS
        try:
            number = room.vocabulary.take(
                foreseen,
                sent.taking,
                reason=request.form.get("reason", ""),
                by=by.name,
                based_on=int(based_on) if is_number else None,
            )
        except VocabularyRefusedError as error:
            return make_response(looked_at(sent, problem_of(error)), _BAD_REQUEST)
        return done(number)


def _sent(form: Mapping[str, str]) -> FileSent:
    return FileSent(
        upload=form.get("upload", ""),
        holding=chosen(form, "holding", Holding),
        taking=chosen(form, "taking", Taking),
    )
