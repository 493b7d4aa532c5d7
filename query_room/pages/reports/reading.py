"""Reading reports: the list, a draft, one that was issued, what is behind a number, files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.pages.guards import require_account
from query_room.pages.reports.choosing import (
    Chosen,
    cell_words,
    chosen_cell,
    chosen_report,
    one_organ,
)
from query_room.pages.reports.view_models import (
    checks_view,
    differences_view,
    organ_rows,
    place_of,
    tables_view,
)
from query_room.reports.checks import ACCEPTABLE
from query_room.reports.differences import differences
from query_room.reports.docx import docx_bytes
from query_room.reports.grids import shown
from query_room.reports.model import TableName
from query_room.reports.papers import Paper
from query_room.reports.service import FIRST_YEAR
from query_room.reports.xlsx import xlsx_bytes
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from flask import Response

    from query_room.reports.model import CellKey
    from query_room.room import Room

_MAKE = Permission.MAKE_REPORTS
_YEARS_SHOWN = 5
_FILES = {
    "docx": (
        docx_bytes,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def add_reading(pages: Blueprint, room: Room) -> None:
    """Add the routes that read."""

    @pages.get("/")
    def overview() -> str:
        """Organs and the years of their reports."""
        require_account(_MAKE)
        today = day_in_china(utc_now()).year
        years = range(today, max(FIRST_YEAR, today - _YEARS_SHOWN) - 1, -1)
        organs = organ_rows(room.organs.list_all(), room.reports.issued_reports())
        return render_template("reports/overview.html", organs=organs, years=years)

    @pages.get("/<int:year>")
    def draft(year: int) -> str:
        """The report as the register has it now."""
        require_account(_MAKE)
        chosen = chosen_report(room, year)
        found = room.reports.draft(year, chosen.organ_id)
        names = {organ.organ_id: organ.name for organ in room.organs.list_all()}
        return render_template(
            "reports/draft.html",
            chosen=chosen,
            draft=found,
            tables=tables_view(found.tables, partial(_behind, chosen, "")),
            checks=checks_view(found.checks),
            is_blocked=any(key not in ACCEPTABLE for key in found.failed),
            issued=(chosen.organ_id, year) in room.reports.issued_reports(),
            names=names,
        )

    @pages.get("/<int:year>/issued")
    def issued(year: int) -> str:
        """The report as it went out, and what has changed since."""
        require_account(_MAKE)
        chosen, organ = one_organ(room, year)
        report = room.reports.issued(year, organ.organ_id)
        now = room.reports.draft(year, organ.organ_id).tables
        return render_template(
            "reports/issued.html",
            chosen=chosen,
            report=report,
            tables=tables_view(report.tables, partial(_behind, chosen, "1")),
            differences=differences_view(differences(report.tables, now)),
        )

    @pages.get("/<int:year>/cell")
    def cell(year: int) -> str:
        """The requests or cases behind one number."""
        require_account(_MAKE)
        chosen = chosen_report(room, year)
        key = chosen_cell()
        is_issued = request.args.get("issued") == "1" and chosen.organ is not None
        tables = (
            room.reports.issued(year, chosen.organ_id or "").tables
            if is_issued
            else room.reports.draft(year, chosen.organ_id).tables
        )
        found = tables.cells[key]
        return render_template(
            "reports/cell.html",
            chosen=chosen,
            place=place_of(key),
            number=shown(key, found.count),
            cell=found,
            back=chosen.url("issued" if is_issued else "draft"),
            is_entered=key.table is TableName.PROACTIVE,
        )

    @pages.get("/<int:year>/file.<kind>")
    def file(year: int, kind: str) -> Response:
        """The report as a file: as issued where it was, else the draft."""
        require_account(_MAKE)
        if kind not in _FILES:
            abort(404)
        paper = _paper(room, chosen_report(room, year))
        write, media = _FILES[kind]
        answer = make_response(write(paper))
        answer.headers["Content-Type"] = media
        answer.headers.set(
            "Content-Disposition", "attachment", filename=f"annual-report-{year}.{kind}"
        )
        return answer


def _behind(chosen: Chosen, issued: str, key: CellKey) -> str:
    return chosen.url("cell", **cell_words(key), **({"issued": issued} if issued else {}))


def _paper(room: Room, chosen: Chosen) -> Paper:
    name = chosen.organ.name if chosen.organ else gettext("All organs")
    if (chosen.organ_id, chosen.year) in room.reports.issued_reports():
        report = room.reports.issued(chosen.year, chosen.organ_id or "")
        day = day_in_china(report.issued_at)
        state = f"{day.year}年{day.month}月{day.day}日印发"
        return Paper(organ=name, tables=report.tables, texts=report.texts, state=state)
    found = room.reports.draft(chosen.year, chosen.organ_id)
    return Paper(organ=name, tables=found.tables, texts=found.texts, state="草稿")
