"""Importing an old register: looked at first, then confirmed with the same file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext

from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.ledgers import LedgerKind, LedgerRefusedError
from query_room.ledgers.bad_cells import bad_cells_csv
from query_room.organs import OrganNotFoundError
from query_room.pages.forms import chosen, problem_of
from query_room.pages.guards import require_account
from query_room.upload_limits import takes_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.ledgers import LedgerPreview
    from query_room.room import Room

_BAD_REQUEST = 400
_MAKE = Permission.MAKE_REPORTS
_UPLOAD_LIMIT = 16 * 1024**2
_SHOWN_BAD = 200


def add_importing(  # noqa: C901 - one block per route
    pages: Blueprint, room: Room, list_page: Callable[[QueryRoomError], str]
) -> None:
    """Add preview, the table of bad cells, and taking a workbook in."""

    def preview_page(shown: LedgerPreview, error: QueryRoomError | None = None) -> str:
        return render_template(
            "ledgers/preview.html",
            shown=shown,
            whose=room.organs.load(shown.organ_id),
            bad=shown.bad[:_SHOWN_BAD],
            problem=problem_of(error) if error else None,
        )

    def read() -> tuple[bytes, LedgerPreview]:
        upload = request.files.get("workbook")
        content = upload.read() if upload else b""
        kind = chosen(request.form, "kind", LedgerKind)
        return content, room.ledgers.preview(content, kind, request.form.get("organ", ""))

    @pages.post("/preview")
    @takes_files(_UPLOAD_LIMIT)
    def preview() -> str | Response:
        """What a workbook holds and what of it cannot be read; nothing is kept."""
        require_account(_MAKE)
        try:
            _, shown = read()
        except OrganNotFoundError:
            raise
        except QueryRoomError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        return preview_page(shown)

    @pages.post("/bad-cells.csv")
    @takes_files(_UPLOAD_LIMIT)
    def bad_cells() -> Response:
        """Cells that cannot be taken, as a table."""
        require_account(_MAKE)
        _, shown = read()
        return send_file(
            io.BytesIO(bad_cells_csv(shown.bad)),
            mimetype="text/csv",
            as_attachment=True,
            download_name="bad-cells.csv",
        )

    @pages.post("/")
    @takes_files(_UPLOAD_LIMIT)
    def confirm() -> AnyResponse | Response:
        """Take in what was looked at: the file is chosen again, for it is kept nowhere."""
        by = require_account(_MAKE)
        try:
            content, shown = read()
        except OrganNotFoundError:
            raise
        except QueryRoomError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        try:
            if shown.file_hash != request.form.get("file_hash"):
                raise LedgerRefusedError("changed_since")  # noqa: TRY301 - one way to be told
            number = room.ledgers.confirm(content, shown, by=by.name)
        except LedgerRefusedError as error:
            return make_response(preview_page(shown, error), _BAD_REQUEST)
        flash(gettext("Imported. Annual reports count it from now on."))
        return redirect(url_for("ledgers.imported", import_id=number))
