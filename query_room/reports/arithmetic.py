"""The tables of a year from the requests and cases behind them. Pure: the same in, the same out."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from query_room.reports.layout import (
    ALL_DONE,
    CARRIED_IN,
    CARRIED_ON,
    CATEGORIES,
    RECEIVED,
    all_keys,
)
from query_room.reports.model import TOTAL, AnnualTables, Cell, CellKey, TableName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from query_room.reports.model import (
        OpeningBalance,
        ProactiveFigures,
        ReportedCase,
        ReportedRequest,
    )
    from query_room.statute.codes import ApplicantCategory


def annual_tables(
    year: int,
    requests: Sequence[ReportedRequest],
    *,
    cases: Iterable[ReportedCase] = (),
    balances: Iterable[OpeningBalance] = (),
    figures: Iterable[ProactiveFigures] = (),
    imported: Iterable[Mapping[CellKey, int]] = (),
    organ_ids: Iterable[str] = (),
) -> AnnualTables:
    """Tables II, III and IV.

    Row T is counted from the requests that ended in the year, and the column 总计 from all of them,
    not added up from the other cells: the checks can then find what is wrong.

    Args:
        year: Of the figures.
        requests: All that were received up to the end of the year; later ones are left out.
        cases: Those of the year: that ended in it, or were open at its end.
        balances: What organs carried into their first year. Where the register holds fewer of
            these requests than the balance says, the rest count as carried on until entered.
        figures: Table II of each organ; other years are left out.
        imported: Tables of other organs, to be added.
        organ_ids: Whose figures they are.
    """
    subjects: dict[CellKey, list[str]] = defaultdict(list)
    for key, subject in (*_places(year, requests), *_case_places(cases)):
        subjects[key].append(subject)
    unlisted: Counter[CellKey] = Counter()
    for row, category, count in _carried(year, requests, balances):
        for column in (category, TOTAL):
            unlisted[CellKey(TableName.REQUESTS, row, str(column))] += count
    for entered in figures:
        if entered.year == year:
            for (row, column), count in entered.counts.items():
                unlisted[CellKey(TableName.PROACTIVE, row, column)] += count
    for table in imported:
        unlisted.update(table)
    return AnnualTables(
        year=year,
        organ_ids=tuple(organ_ids),
        cells={
            key: Cell(subjects=tuple(sorted(subjects[key])), unlisted=unlisted[key])
            for key in all_keys()
        },
    )


def consolidate(year: int, tables: Sequence[AnnualTables]) -> AnnualTables:
    """The sum of several organs' tables, cell by cell."""
    cells = {key: Cell() for key in all_keys()}
    for table in tables:
        for key, cell in table.cells.items():
            cells[key] = cells[key].plus(cell)
    organs = tuple(organ_id for table in tables for organ_id in table.organ_ids)
    return AnnualTables(year=year, organ_ids=organs, cells=cells)


def _places(year: int, requests: Iterable[ReportedRequest]) -> Iterator[tuple[CellKey, str]]:
    for request in requests:
        for row in _rows_of(request, year):
            for column in (request.category, TOTAL):
                yield CellKey(TableName.REQUESTS, row, str(column)), request.request_id


def _case_places(cases: Iterable[ReportedCase]) -> Iterator[tuple[CellKey, str]]:
    for case in cases:
        for column in (case.result, TOTAL):
            yield CellKey(TableName.CASES, case.block, str(column)), case.case_id


def _rows_of(request: ReportedRequest, year: int) -> Iterator[str]:
    received = request.received_on.year
    closed = request.closed_on.year if request.closed_on else None
    is_open_after = closed is None or closed > year
    if received == year:
        yield RECEIVED
    elif received < year and (closed is None or closed >= year):
        yield CARRIED_IN
    if closed == year:
        yield ALL_DONE
        if request.disposition is not None:
            yield request.disposition
    if received <= year and is_open_after:
        yield CARRIED_ON


def _carried(
    year: int, requests: Sequence[ReportedRequest], balances: Iterable[OpeningBalance]
) -> Iterator[tuple[str, ApplicantCategory, int]]:
    """What is carried over without being in the register: (row, category, how many)."""
    openings = list(balances)
    first_years = {
        organ_id: min(each.year for each in openings if each.organ_id == organ_id)
        for organ_id in {each.organ_id for each in openings}
    }
    for balance in openings:
        first = first_years[balance.organ_id]
        if balance.year != first or year < first - 1:
            continue
        known = _known_before(first, requests, balance.organ_id)[balance.category]
        rest = max(0, balance.count - known)
        if year >= first:
            yield CARRIED_IN, balance.category, rest
            yield CARRIED_ON, balance.category, rest
        else:
            # The last report made elsewhere: what it carried on is the balance itself.
            yield CARRIED_ON, balance.category, balance.count - known


def _known_before(
    first: int, requests: Iterable[ReportedRequest], organ_id: str
) -> Counter[ApplicantCategory]:
    """Requests of an organ in the register that it carried into its first year."""
    known = Counter(dict.fromkeys(CATEGORIES, 0))
    known.update(
        each.category
        for each in requests
        if each.organ_id == organ_id
        and each.received_on.year < first
        and (each.closed_on is None or each.closed_on.year >= first)
    )
    return known
