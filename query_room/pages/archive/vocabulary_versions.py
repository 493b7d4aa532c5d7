"""Versions of the vocabulary: what each changed, as files, and back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, make_response, render_template, request

from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import entries_csv, words_text
from query_room.accounts import Permission
from query_room.pages.archive.vocabulary import done
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from werkzeug import Response as AnyResponse

    from query_room.pages.forms import FormProblem
    from query_room.room import Room

_BAD_REQUEST: Final = 400
_MANAGE: Final = Permission.MANAGE_ARCHIVE


def add_vocabulary_versions(pages: Blueprint, room: Room) -> None:
    """Add the routes of versions."""

    def versions_page(problem: FormProblem | None = None) -> str:
        require_account(_MANAGE)
        return render_template(
            "archive/vocabulary_versions.html",
            versions=room.vocabulary.versions(),
            present=room.vocabulary.present(),
            problem=problem,
        )

    @pages.get("/vocabulary/versions")
    def vocabulary_versions() -> str:
        """Every version: when, by whom, why."""
        return versions_page()

    @pages.get("/vocabulary/versions/<int:number>")
    def vocabulary_version(number: int) -> str | Response:
        """What one version changed."""
        require_account(_MANAGE)
        try:
            row, changes = room.vocabulary.version(number)
        except VocabularyRefusedError as error:
            return make_response(versions_page(problem_of(error)), _BAD_REQUEST)
        return render_template(
            "archive/vocabulary_version.html",
            row=row,
            changes=changes,
            present=room.vocabulary.present(),
            problem=None,
        )

    @pages.post("/vocabulary/versions/<int:number>/restore")
    def restore_vocabulary(number: int) -> AnyResponse | Response:
        """Go back to a version; that is a new one."""
        by = require_account(_MANAGE)
        try:
            made = room.vocabulary.restore(
                number, reason=request.form.get("reason", ""), by=by.name
            )
        except VocabularyRefusedError as error:
            return make_response(versions_page(problem_of(error)), _BAD_REQUEST)
        return done(made)

    @pages.get("/vocabulary/versions/<int:number>/<any('table.csv','words.txt'):name>")
    def export_vocabulary(number: int, name: str) -> Response:
        """A version as a file that can be taken in again."""
        require_account(_MANAGE)
        try:
            kept = room.vocabulary.at_version(number)
        except VocabularyRefusedError as error:
            return make_response(versions_page(problem_of(error)), _BAD_REQUEST)
        is_table = name == "table.csv"
        return Response(
            entries_csv(kept) if is_table else words_text(kept),
            mimetype="text/csv" if is_table else "text/plain",
            headers={
                "Content-Disposition": f'attachment; filename="vocabulary-{number}-{name}"',
                "Cache-Control": "no-store",
            },
        )
