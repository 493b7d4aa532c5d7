from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import writing
from query_room.accounts import Role
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.organs import OrganNotFoundError
from query_room.reports import (
    CheckKey,
    ProactiveFigures,
    ReportNotFoundError,
    ReportRefusedError,
    TableName,
)
from query_room.reports.differences import differences
from query_room.reports.model import TextPart
from query_room.reports.records import digest_of
from query_room.statute.codes import ApplicantCategory
from search_api.log import events_of_subject, verify
from tests.query_room.reports.conftest import account
from tests.query_room.reports.registers import GOLDEN, ListedSources, request, whole_form
from tests.query_room.reports.test_workbooks import workbook

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.accounts import Account
    from query_room.reports import ReportService

III = TableName.REQUESTS


def opened(reports: ReportService) -> None:
    """The last report made elsewhere carried one request on."""
    reports.set_opening_balance(2025, "qinghe", {ApplicantCategory.NATURAL: 1}, by="test")


def kinds(database: Engine, subject: str) -> list[str]:
    return [event.kind for event in events_of_subject(database, subject)]


def test_an_organ_reports_for_those_below_it(reports: ReportService) -> None:
    assert reports.draft(2025, "qinghe").tables.count(III, "N1") == 3
    assert reports.draft(2025, "minzheng").tables.count(III, "N1") == 1
    assert reports.draft(2025, "hunyin").tables.count(III, "N1") == 0
    assert reports.draft(2025).tables.organ_ids == ("qinghe", "minzheng", "hunyin")


@pytest.mark.parametrize("year", [2020, 3000])
def test_years_without_the_form_are_refused(reports: ReportService, year: int) -> None:
    with pytest.raises(InvalidFieldError):
        reports.draft(year)


def test_an_unknown_organ_has_no_report(reports: ReportService) -> None:
    with pytest.raises(OrganNotFoundError):
        reports.draft(2025, "nobody")


def test_an_issued_report_stands_and_later_changes_are_differences(
    reports: ReportService, sources: ListedSources, staff: Account, database: Engine
) -> None:
    opened(reports)
    reports.write_texts(2025, "qinghe", {TextPart.OVERVIEW: "新收申请3件。"}, by=staff)
    issued = reports.issue(2025, "qinghe", by=staff)
    sources.listed[2] = request(3, "2025-12-20", "2025-12-30", "A1")
    again = reports.issued(2025, "qinghe")
    assert again == issued
    assert again.digest == digest_of(again.tables, again.texts)
    found = differences(again.tables, reports.draft(2025, "qinghe").tables)
    assert {(each.key.row, each.then, each.now) for each in found if each.key.column == "tot"} == {
        ("A1", 1, 2),
        ("T", 3, 4),
        ("N4", 1, 0),
    }
    assert reports.issued_reports() == [("qinghe", 2025)]
    with pytest.raises(ReportRefusedError, match="issued"):
        reports.issue(2025, "qinghe", by=staff)
    with pytest.raises(ReportRefusedError, match="issued"):
        reports.write_texts(2025, "qinghe", {}, by=staff)
    with pytest.raises(ReportRefusedError, match="other_first_year"):
        reports.set_opening_balance(2024, "qinghe", {}, by="test")
    last = list(events_of_subject(database, "qinghe-2025"))[-1]
    assert last.kind == "report.issued"
    assert last.body == {"by": "liu", "year": 2025, "digest": issued.digest, "accepted": []}
    assert verify(database).findings == ()


def test_a_tampered_report_no_longer_has_its_digest(
    reports: ReportService, staff: Account, database: Engine
) -> None:
    opened(reports)
    issued = reports.issue(2025, "qinghe", by=staff)
    with writing(database) as connection:
        statement = 'UPDATE annual_report_cell SET unlisted = 5 WHERE "row" = :r AND "column" = :c'
        connection.execute(text(statement), {"r": "N1", "c": "tot"})
    again = reports.issued(2025, "qinghe")
    assert digest_of(again.tables, again.texts) != issued.digest


def test_next_year_is_compared_with_the_issued_report(
    reports: ReportService, sources: ListedSources, staff: Account
) -> None:
    opened(reports)
    reports.issue(2025, "qinghe", by=staff)
    sources.listed[2] = request(3, "2025-12-20", "2025-12-30", "A1")
    sources.listed.append(request(9, "2026-02-01", "2026-02-03", "A1"))
    draft = reports.draft(2026, "qinghe")
    assert draft.failed == (CheckKey.CARRIED,)
    carried = next(each for each in draft.checks if not each.holds)
    assert carried.subjects == ("QINGHE-2025-00003",)
    with pytest.raises(ReportRefusedError, match="checks_failed"):
        reports.issue(2026, "qinghe", by=staff)
    issued = reports.issue(2026, "qinghe", by=staff, accepting=[CheckKey.CARRIED])
    assert issued.accepted == ("carried",)


def test_a_request_without_an_outcome_cannot_be_accepted(
    reports: ReportService, sources: ListedSources, staff: Account
) -> None:
    opened(reports)
    sources.listed.append(request(9, "2025-02-01", "2025-02-03"))
    with pytest.raises(ReportRefusedError, match="checks_failed"):
        reports.issue(2025, "qinghe", by=staff, accepting=list(CheckKey))
    assert reports.issued_reports() == []
    with pytest.raises(ReportNotFoundError):
        reports.issued(2025, "qinghe")


def test_only_those_who_make_reports_may(reports: ReportService) -> None:
    auditor = account("shen", Role.AUDITOR)
    with pytest.raises(PermissionDeniedError):
        reports.issue(2025, "qinghe", by=auditor)
    with pytest.raises(PermissionDeniedError):
        reports.write_texts(2025, "qinghe", {}, by=auditor)
    with pytest.raises(PermissionDeniedError):
        reports.import_workbook(2025, "hunyin", b"", by=auditor)
    with pytest.raises(PermissionDeniedError):
        reports.remove_import(2025, "hunyin", by=auditor)
    entered = ProactiveFigures(organ_id="qinghe", year=2025, counts={})
    with pytest.raises(PermissionDeniedError):
        reports.enter_figures(entered, by=auditor)


def test_table_two_is_entered_whole_and_put_in_the_place_of_the_old(
    reports: ReportService, staff: Account, database: Engine
) -> None:
    for made in (3, 4):
        counts = {("normative", "made"): made, ("charges", "amount"): 1_500_000}
        reports.enter_figures(
            ProactiveFigures(organ_id="qinghe", year=2025, counts=counts), by=staff
        )
    tables = reports.draft(2025, "qinghe").tables
    assert tables.count(TableName.PROACTIVE, "normative", "made") == 4
    assert tables.count(TableName.PROACTIVE, "charges", "amount") == 1_500_000
    assert reports.figures(2025, "qinghe")["rules", "valid"] == 0
    assert kinds(database, "qinghe-2025") == ["report.figures_entered"] * 2


@pytest.mark.parametrize(
    ("place", "count", "reason"),
    [
        (("rules", "made"), -1, "out_of_range"),
        (("rules", "made"), 10**13, "out_of_range"),
        (("rules", "decisions"), 1, "unknown"),
    ],
)
def test_a_figure_that_fits_no_row_is_refused(
    reports: ReportService, staff: Account, place: tuple[str, str], count: int, reason: str
) -> None:
    entered = ProactiveFigures(organ_id="qinghe", year=2025, counts={place: count})
    with pytest.raises(InvalidFieldError) as refused:
        reports.enter_figures(entered, by=staff)
    assert refused.value.reason == reason


def test_the_workbook_of_an_organ_elsewhere_is_added(
    reports: ReportService, staff: Account, database: Engine
) -> None:
    before = reports.draft(2025, "qinghe").tables
    content = workbook(whole_form(**GOLDEN))
    assert reports.import_workbook(2025, "hunyin", content, by=staff).bad == ()
    draft = reports.draft(2025, "qinghe")
    assert draft.tables.count(III, "N1") == before.count(III, "N1") + GOLDEN["N1"]
    assert draft.tables.cell(III, "N1", "tot").subjects == before.cell(III, "N1", "tot").subjects
    assert [each.organ_id for each in draft.imports] == ["hunyin"]
    # Imported again, it is in the place of the first; taken out, all is as before.
    reports.import_workbook(2025, "hunyin", content, by=staff)
    assert reports.draft(2025, "qinghe").tables == draft.tables
    reports.remove_import(2025, "hunyin", by=staff)
    assert reports.draft(2025, "qinghe").tables == before
    with pytest.raises(ReportNotFoundError):
        reports.remove_import(2025, "hunyin", by=staff)
    assert kinds(database, "hunyin-2025")[-1] == "report.import_removed"


def test_a_workbook_with_a_bad_cell_leaves_nothing(reports: ReportService, staff: Account) -> None:
    before = reports.draft(2025, "qinghe").tables
    form = whole_form(**GOLDEN | {"N1": -1})
    found = reports.import_workbook(2025, "hunyin", workbook(form), by=staff)
    assert {each.reason for each in found.bad} == {"below_zero"}
    assert reports.draft(2025, "qinghe").tables == before


def test_an_organ_is_never_counted_twice(
    reports: ReportService, sources: ListedSources, staff: Account
) -> None:
    with pytest.raises(ReportRefusedError, match="has_register"):
        reports.import_workbook(2025, "minzheng", workbook(whole_form()), by=staff)
    reports.import_workbook(2025, "hunyin", workbook(whole_form(**GOLDEN)), by=staff)
    sources.listed.append(request(5, "2025-06-01", "2025-06-02", "A1", "nat", "hunyin"))
    draft = reports.draft(2025, "qinghe")
    assert draft.set_aside == ("hunyin",)
    assert draft.tables.count(III, "N1") == 4


def test_an_opening_balance_is_what_was_said_last(reports: ReportService) -> None:
    assert reports.opening_balance("qinghe") is None
    reports.set_opening_balance(2024, "qinghe", {ApplicantCategory.OTHER: 2}, by="test")
    opened(reports)
    found = reports.opening_balance("qinghe")
    assert found is not None
    year, counts = found
    assert (year, counts[ApplicantCategory.NATURAL], counts[ApplicantCategory.OTHER]) == (
        2025,
        1,
        0,
    )
    with pytest.raises(InvalidFieldError):
        reports.set_opening_balance(2025, "qinghe", {ApplicantCategory.OTHER: -2}, by="test")


def test_the_days_of_a_report_are_those_of_the_year(reports: ReportService) -> None:
    newest = reports.draft(dt.datetime.now(dt.UTC).year, "minzheng").tables
    assert newest.count(III, "N1") == 0
