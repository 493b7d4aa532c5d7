"""Making a report: table II, written parts, opening balance, other organs' workbooks, issuing."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.errors import InvalidFieldError
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.reports.choosing import one_organ
from query_room.pages.reports.labels import BAD_CELLS, CATEGORIES
from query_room.reports import CheckKey, ProactiveFigures, ReportRefusedError, TableName
from query_room.reports.grids import shown
from query_room.reports.layout import AMOUNT, FEN_PER_WAN, columns, rows
from query_room.reports.model import CellKey, TextPart
from query_room.reports.papers import HEADINGS

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from indexer.errors import QueryRoomError
    from query_room.reports.workbooks import BadCell
    from query_room.room import Room

_MAKE = Permission.MAKE_REPORTS
_BAD_REQUEST = 400
_CONFLICT = 409
_MAX_DIGITS = 15


def add_making(pages: Blueprint, room: Room) -> None:
    """Add the routes of what is not in the register."""

    def figures_page(year: int, problem: QueryRoomError | None = None) -> str:
        chosen, organ = one_organ(room, year)
        known = room.reports.figures(year, organ.organ_id)
        values = {
            _field(row, column): shown(CellKey(TableName.PROACTIVE, row, column), count)
            for (row, column), count in known.items()
        }
        return render_template(
            "reports/figures.html",
            chosen=chosen,
            rows=rows(TableName.PROACTIVE),
            columns={each.column: each.text for each in columns(TableName.PROACTIVE)},
            form=request.form if problem else values,
            problem=problem_of(problem) if problem else None,
        )

    @pages.get("/<int:year>/figures")
    def figures(year: int) -> str:
        """Table II as a form."""
        require_account(_MAKE)
        return figures_page(year)

    @pages.post("/<int:year>/figures")
    def enter_figures(year: int) -> AnyResponse | Response:
        """Keep table II."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        try:
            counts = {
                (row.row, column): _number(
                    _field(row.row, column), FEN_PER_WAN if column == AMOUNT else 1
                )
                for row in rows(TableName.PROACTIVE)
                for column in row.columns
            }
            entered = ProactiveFigures(organ_id=organ.organ_id, year=year, counts=counts)
            room.reports.enter_figures(entered, by=by)
        except InvalidFieldError as error:
            return make_response(figures_page(year, error), _BAD_REQUEST)
        flash(gettext("Kept."))
        return redirect(chosen.url("draft"))

    @pages.get("/<int:year>/opening")
    def opening(year: int) -> str:
        """What was carried into the first year, as a form."""
        require_account(_MAKE)
        return _opening_page(room, year)

    @pages.post("/<int:year>/opening")
    def set_opening(year: int) -> AnyResponse | Response:
        """Keep the opening balance."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        try:
            counts = {category: _number(category.value, 1) for category in CATEGORIES}
            room.reports.set_opening_balance(year, organ.organ_id, counts, by=by.name)
        except (InvalidFieldError, ReportRefusedError) as error:
            return make_response(_opening_page(room, year, error), _BAD_REQUEST)
        flash(gettext("Kept."))
        return redirect(chosen.url("draft"))


def add_writing(pages: Blueprint, room: Room) -> None:
    """Add the routes of the written parts, and of issuing."""

    def texts_page(year: int, problem: QueryRoomError | None = None) -> str:
        chosen, organ = one_organ(room, year)
        known = room.reports.draft(year, organ.organ_id).texts
        values = {f"part-{part.value}": text for part, text in known.items()}
        return render_template(
            "reports/texts.html",
            chosen=chosen,
            written={f"part-{part.value}": HEADINGS[part] for part in TextPart},
            form=request.form if problem else values,
            problem=problem_of(problem) if problem else None,
        )

    @pages.get("/<int:year>/texts")
    def texts(year: int) -> str:
        """The written parts as a form."""
        require_account(_MAKE)
        return texts_page(year)

    @pages.post("/<int:year>/texts")
    def write_texts(year: int) -> AnyResponse | Response:
        """Keep the written parts."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        written = {part: request.form.get(f"part-{part.value}", "") for part in TextPart}
        try:
            room.reports.write_texts(year, organ.organ_id, written, by=by)
        except (InvalidFieldError, ReportRefusedError) as error:
            return make_response(texts_page(year, error), _BAD_REQUEST)
        flash(gettext("Kept."))
        return redirect(chosen.url("draft"))

    @pages.post("/<int:year>/issue")
    def issue(year: int) -> AnyResponse:
        """Freeze the report."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        accepted = [key for key in CheckKey if key.value in request.form.getlist("accept")]
        room.reports.issue(year, organ.organ_id, by=by, accepting=accepted)
        flash(gettext("Issued. From now on the report stands as it is."))
        return redirect(chosen.url("issued"))


def add_importing(pages: Blueprint, room: Room) -> None:
    """Add the routes of workbooks of organs that keep their register elsewhere."""

    def import_page(
        year: int, problem: QueryRoomError | None = None, bad: tuple[BadCell, ...] = ()
    ) -> str:
        chosen, _ = one_organ(room, year)
        return render_template(
            "reports/import.html",
            chosen=chosen,
            problem=problem_of(problem) if problem else None,
            bad=[(each.place, BAD_CELLS[each.reason]) for each in bad],
        )

    @pages.get("/<int:year>/import")
    def importing(year: int) -> str:
        """Where a workbook is handed in."""
        require_account(_MAKE)
        return import_page(year)

    @pages.post("/<int:year>/import")
    def import_workbook(year: int) -> AnyResponse | Response:
        """Take a workbook in, whole or not at all."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        upload = request.files.get("workbook")
        try:
            content = upload.read() if upload else b""
            found = room.reports.import_workbook(year, organ.organ_id, content, by=by)
        except ReportRefusedError as error:
            return make_response(import_page(year, error), _CONFLICT)
        if found.bad:
            return make_response(import_page(year, bad=found.bad), _BAD_REQUEST)
        flash(gettext("Imported. The figures count from now on."))
        return redirect(chosen.url("draft"))

    @pages.post("/<int:year>/import/remove")
    def remove_import(year: int) -> AnyResponse:
        """Take the figures of a workbook out again."""
        by = require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        room.reports.remove_import(year, organ.organ_id, by=by)
        flash(gettext("Taken out."))
        return redirect(chosen.url("draft"))


def _opening_page(room: Room, year: int, problem: QueryRoomError | None = None) -> str:
    chosen, organ = one_organ(room, year)
    known = room.reports.opening_balance(organ.organ_id)
    counts = known[1] if known else {}
    values = {category.value: str(count) for category, count in counts.items()}
    return render_template(
        "reports/opening.html",
        chosen=chosen,
        categories=CATEGORIES,
        first_year=known[0] if known else None,
        form=request.form if problem else values,
        problem=problem_of(problem) if problem else None,
    )


def _field(row: str, column: str) -> str:
    return f"{row}-{column}"


def _number(field: str, scale: int) -> int:
    text = request.form.get(field, "").replace(",", "").strip() or "0"
    if len(text) > _MAX_DIGITS:
        raise InvalidFieldError(field, "out_of_range")
    try:
        scaled = Decimal(text) * scale
    except InvalidOperation:
        raise InvalidFieldError(field, "out_of_range") from None
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or scaled < 0:
        raise InvalidFieldError(field, "out_of_range")
    return int(scaled)
