"""Annual reports: drafting from the register, entering what is not in it, issuing, comparing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import InvalidFieldError
from query_room.fields import LONG, optional
from query_room.reports import repository
from query_room.reports.arithmetic import annual_tables
from query_room.reports.checks import ACCEPTABLE, checks
from query_room.reports.errors import ReportNotFoundError, ReportRefusedError
from query_room.reports.layout import CATEGORIES, rows
from query_room.reports.model import ProactiveFigures, TableName, TextPart
from query_room.reports.records import Draft, ImportedReport, IssuedReport, digest_of
from query_room.reports.workbooks import read_workbook
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.organs import OrganService
    from query_room.reports.checks import CheckKey
    from query_room.reports.model import AnnualTables, ReportedRequest
    from query_room.reports.sources import ReportSources
    from query_room.reports.workbooks import WorkbookReading
    from query_room.statute.codes import ApplicantCategory
    from search_api.log.model import JsonValue

FIRST_YEAR: Final = 2021
"""Since when the form is used. Source: 国办公开办函〔2021〕30号."""

_LAST_YEAR: Final = 2999
_MAX_COUNT: Final = 10**12
_MAX_TEXT: Final = 5 * LONG


class ReportService:
    """Annual reports of organs and of all of them together."""

    def __init__(self, *, engine: Engine, organs: OrganService, sources: ReportSources) -> None:
        self._engine = engine
        self._organs = organs
        self._sources = sources

    def draft(self, year: int, organ_id: str | None = None) -> Draft:
        """The report as the register would have it now.

        Args:
            year: Of the figures, not of the report.
            organ_id: Whose, those below it included; ``None`` for every organ together.

        Raises:
            InvalidFieldError: The form was not used for that year.
            OrganNotFoundError: There is no such organ.
        """
        _check_year(year)
        organ_ids = self._under(organ_id)
        requests = self._sources.requests(organ_ids, year)
        with reading(self._engine) as connection:
            tables, imports, aside = self._tables(connection, year, organ_ids, requests)
            issued = repository.find_issued(connection, organ_id or "", year - 1)
            if issued is None:
                previous, _, _ = self._tables(connection, year - 1, organ_ids, requests)
            else:
                previous = issued.tables
            texts = repository.texts(connection, organ_id or "", year)
        return Draft(
            organ_id=organ_id,
            tables=tables,
            previous=previous,
            texts=texts,
            checks=checks(tables, previous, texts.get(TextPart.OVERVIEW, "")),
            imports=tuple(imports),
            set_aside=tuple(aside),
        )

    def issue(
        self,
        year: int,
        organ_id: str,
        *,
        by: Account,
        accepting: Collection[CheckKey] = (),
    ) -> IssuedReport:
        """Freeze the report as it stands now.

        Args:
            year: Of the figures.
            organ_id: Whose.
            by: Who issues it.
            accepting: Checks that may fail, e.g. because last year's report went out wrong.

        Raises:
            ReportRefusedError: It was issued already, or a check fails that cannot be accepted, or
                was not.
        """
        by.require(Permission.MAKE_REPORTS)
        draft = self.draft(year, organ_id)
        accepted = [key for key in draft.failed if key in ACCEPTABLE and key in accepting]
        if len(accepted) != len(draft.failed):
            raise ReportRefusedError("checks_failed")
        issued = IssuedReport(
            organ_id=organ_id,
            year=year,
            issued_at=utc_now(),
            issued_by=by.name,
            digest=digest_of(draft.tables, draft.texts),
            organ_ids=draft.tables.organ_ids,
            texts=draft.texts,
            accepted=tuple(key.value for key in accepted),
            cells=draft.tables.cells,
        )
        with writing(self._engine) as connection:
            if not repository.add_issued(connection, issued):
                raise ReportRefusedError("issued")
            _tell(
                connection,
                EventKind.REPORT_ISSUED,
                (organ_id, year),
                by=by.name,
                digest=issued.digest,
                accepted=list(issued.accepted),
            )
        return issued

    def issued(self, year: int, organ_id: str) -> IssuedReport:
        """A report as it went out.

        Raises:
            ReportNotFoundError: None was issued.
        """
        with reading(self._engine) as connection:
            found = repository.find_issued(connection, organ_id, year)
        if found is None:
            raise ReportNotFoundError(f"no report of {organ_id} on {year}")
        return found

    def issued_reports(self) -> list[tuple[str, int]]:
        """Organ and year of every report that was issued, the latest year first."""
        with reading(self._engine) as connection:
            return repository.list_issued(connection)

    def figures(self, year: int, organ_id: str) -> Mapping[tuple[str, str], int]:
        """Table II of one organ as entered; empty where nothing was."""
        with reading(self._engine) as connection:
            found = repository.figures(connection, [organ_id], year)
        return found[0].counts if found else {}

    def enter_figures(self, entered: ProactiveFigures, *, by: Account) -> None:
        """Enter table II of an organ; what is left out is zero.

        Raises:
            InvalidFieldError: A number is below zero or too large, or stands in no row of the form.
        """
        by.require(Permission.MAKE_REPORTS)
        _check_year(entered.year)
        self._organs.load(entered.organ_id)
        places = [(row.row, column) for row in rows(TableName.PROACTIVE) for column in row.columns]
        for place, count in entered.counts.items():
            if place not in places:
                raise InvalidFieldError("-".join(place), "unknown")
            if not 0 <= count <= _MAX_COUNT:
                raise InvalidFieldError("-".join(place), "out_of_range")
        whole = {place: entered.counts.get(place, 0) for place in places}
        with writing(self._engine) as connection:
            repository.set_figures(
                connection,
                ProactiveFigures(organ_id=entered.organ_id, year=entered.year, counts=whole),
            )
            _tell(
                connection,
                EventKind.REPORT_FIGURES_ENTERED,
                (entered.organ_id, entered.year),
                by=by.name,
                cells=[f"{row} {column} {count}" for (row, column), count in whole.items()],
            )

    def write_texts(
        self, year: int, organ_id: str, texts: Mapping[TextPart, str], *, by: Account
    ) -> None:
        """Write parts 一, 五 and 六 of a report that is not issued yet.

        Raises:
            InvalidFieldError: A part is too long.
            ReportRefusedError: The report is out.
        """
        by.require(Permission.MAKE_REPORTS)
        _check_year(year)
        self._organs.load(organ_id)
        whole = {
            part: optional(f"part-{part.value}", texts.get(part, ""), _MAX_TEXT)
            for part in TextPart
        }
        with writing(self._engine) as connection:
            if repository.find_issued(connection, organ_id, year) is not None:
                raise ReportRefusedError("issued")
            repository.set_texts(connection, organ_id, year, whole)
            _tell(connection, EventKind.REPORT_TEXTS_WRITTEN, (organ_id, year), by=by.name)

    def set_opening_balance(
        self, year: int, organ_id: str, counts: Mapping[ApplicantCategory, int], *, by: str
    ) -> None:
        """Say what an organ carried into its first year here.

        Raises:
            InvalidFieldError: A number is below zero or too large.
            ReportRefusedError: A report made here was issued already: it has no other first year.
        """
        _check_year(year)
        self._organs.load(organ_id)
        whole = {category: counts.get(category, 0) for category in CATEGORIES}
        if any(not 0 <= count <= _MAX_COUNT for count in whole.values()):
            raise InvalidFieldError("count", "out_of_range")
        with writing(self._engine) as connection:
            if any(owner == organ_id for owner, _ in repository.list_issued(connection)):
                raise ReportRefusedError("other_first_year")
            repository.set_balances(connection, organ_id, year, whole)
            _tell(
                connection,
                EventKind.OPENING_BALANCE_SET,
                (organ_id, year),
                by=by,
                cells=[f"{category.value} {count}" for category, count in whole.items()],
            )

    def opening_balance(self, organ_id: str) -> tuple[int, dict[ApplicantCategory, int]] | None:
        """First year and what was carried into it, or ``None`` where nothing was said."""
        with reading(self._engine) as connection:
            found = repository.balances(connection, [organ_id])
        if not found:
            return None
        return found[0].year, {each.category: each.count for each in found}

    def import_workbook(
        self, year: int, organ_id: str, content: bytes, *, by: Account
    ) -> WorkbookReading:
        """Take in the tables of an organ that keeps its register elsewhere, whole or not at all.

        Returns:
            What was read. Where a cell is bad, nothing was taken in.

        Raises:
            ReportRefusedError: It is no workbook, or the register here has requests of the organ.
        """
        by.require(Permission.MAKE_REPORTS)
        _check_year(year)
        self._organs.load(organ_id)
        if _reported(self._sources.requests([organ_id], year), year):
            raise ReportRefusedError("has_register")
        found = read_workbook(content)
        if found.bad:
            return found
        imported = ImportedReport(
            organ_id=organ_id,
            year=year,
            file_hash=hashlib.sha256(content).hexdigest(),
            imported_at=utc_now(),
            imported_by=by.name,
            counts=found.counts,
        )
        with writing(self._engine) as connection:
            repository.set_import(connection, imported)
            _tell(
                connection,
                EventKind.REPORT_IMPORTED,
                (organ_id, year),
                by=by.name,
                file_hash=imported.file_hash,
            )
        return found

    def remove_import(self, year: int, organ_id: str, *, by: Account) -> None:
        """Take the figures of a workbook out again.

        Raises:
            ReportNotFoundError: None was imported.
        """
        by.require(Permission.MAKE_REPORTS)
        with writing(self._engine) as connection:
            if not repository.remove_import(connection, organ_id, year):
                raise ReportNotFoundError(f"no workbook of {organ_id} on {year}")
            _tell(connection, EventKind.REPORT_IMPORT_REMOVED, (organ_id, year), by=by.name)

    def _tables(
        self,
        connection: Connection,
        year: int,
        organ_ids: Sequence[str],
        requests: Sequence[ReportedRequest],
    ) -> tuple[AnnualTables, list[ImportedReport], list[str]]:
        registered = {each.organ_id for each in _reported(requests, year)}
        found = repository.imports(connection, organ_ids, year)
        counted = [each for each in found if each.organ_id not in registered]
        aside = [each.organ_id for each in found if each.organ_id in registered]
        elsewhere = {each.organ_id for each in counted}
        own = [organ_id for organ_id in organ_ids if organ_id not in elsewhere]
        tables = annual_tables(
            year,
            [each for each in requests if each.organ_id not in elsewhere],
            cases=self._sources.cases(own, year),
            balances=repository.balances(connection, own),
            figures=repository.figures(connection, own, year),
            imported=[each.counts for each in counted],
            organ_ids=organ_ids,
        )
        return tables, counted, aside

    def _under(self, organ_id: str | None) -> tuple[str, ...]:
        """An organ and those below it, at whatever depth."""
        organs = self._organs.list_all()
        if organ_id is None:
            return tuple(organ.organ_id for organ in organs)
        found = [self._organs.load(organ_id).organ_id]
        for above in found:
            found += [organ.organ_id for organ in organs if organ.parent == above]
        return tuple(found)


def _reported(requests: Sequence[ReportedRequest], year: int) -> list[ReportedRequest]:
    """Those that count somewhere in a year."""
    return [
        each
        for each in requests
        if each.received_on.year <= year and (each.closed_on is None or each.closed_on.year >= year)
    ]


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= _LAST_YEAR:
        raise InvalidFieldError("year", "out_of_range")


def _tell(
    connection: Connection,
    kind: EventKind,
    about: tuple[str, int],
    *,
    by: str,
    **body: JsonValue,
) -> None:
    organ_id, year = about
    append(
        connection,
        NewEvent(
            at=utc_now(),
            kind=kind,
            subject=f"{organ_id}-{year}",
            body={**body, "year": year, "by": by},
        ),
    )
