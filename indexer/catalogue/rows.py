"""One row of a table to one described record.

What decides who may see the record is read strictly: where it cannot be understood, the row is not
used. What else cannot be read is left empty, and listed as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from indexer.catalogue import (
    BadRow,
    CatalogueFile,
    CatalogueRow,
    Doubt,
    PageRange,
    Place,
    UnusableRow,
)
from indexer.catalogue import columns as known
from indexer.catalogue.codes import built_code
from indexer.catalogue.dates import read_date, read_parts
from indexer.catalogue.grids import DateCell, UnreadCell
from indexer.catalogue.page_ranges import read_pages
from indexer.catalogue.profiles import SheetNames
from indexer.catalogue.values import (
    custody_of,
    disclosure_of,
    is_marking,
    names_of,
    opening_of,
    paths_of,
    secrecy_of,
    text_of,
)
from indexer.custody import Custody, CustodyKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.access import Secrecy
    from indexer.catalogue.grids import Cell
    from indexer.catalogue.profiles import Rules
    from indexer.catalogue.records_below import Cells, TableRow
    from indexer.dates import PartialDate

_MAX_SHOWN: Final = 60
_TEXTS: Final[tuple[str, ...]] = (
    *("title", "document_number", "genre", "archival_code", "index_number", "fonds", "fonds_name"),
    *("category", "volume", "item", "retention", "shelf_mark"),
)
_DATE_PARTS: Final = (known.DATE_YEAR, known.DATE_MONTH, known.DATE_DAY)
_YEAR: Final = re.compile(r"(?:18|19|20)\d\d")
_RETENTION: Final = re.compile(r"永久|长期|短期|(?:定期)?\d{2}年")
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
T = TypeVar("T")


class _BadValueError(ValueError):
    """A cell for which the row cannot be used."""

    def __init__(self, problem: str, value: object = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.value = _shown(value)


class RowReader:
    """Reads the rows of one sheet.

    Args:
        sheet: Its name. rules: How they are read.
        ids: Ids that were met in the catalogue so far; added to.
    """

    def __init__(self, sheet: str, rules: Rules, ids: set[str]) -> None:
        self._sheet = sheet
        self._rules = rules
        self._ids = ids
        self._said = _said_by_name(sheet, rules)
        self.doubts: list[Doubt] = []

    def read(self, row: TableRow) -> CatalogueRow | UnusableRow:
        """The record that a row describes, or why it cannot be used."""
        if row.cells is None:
            return UnusableRow(
                problem=BadRow(number=row.number, sheet=self._sheet, problem="not_a_row"),
                row=CatalogueRow(number=row.number, sheet=self._sheet, external_id=""),
            )
        before = len(self.doubts)
        described = self._described(row.number, row.cells)
        try:
            secrecy = _strict(row.cells, known.SECRECY, secrecy_of, "bad_secrecy")
            found = CatalogueRow(
                **described,
                secrecy=secrecy,
                opening=_strict(row.cells, known.OPENING, opening_of, "bad_opening"),
                disclosure=_strict(row.cells, known.DISCLOSURE, disclosure_of, "bad_disclosure"),
            )
            self._check(row, found)
        except _BadValueError as error:
            del self.doubts[before:]
            anyhow = _secrecy_anyhow(row)
            is_marking_itself = error.problem == "marking_elsewhere"
            is_secret = anyhow is not None and anyhow.is_state_secret
            return UnusableRow(
                problem=BadRow(
                    number=row.number,
                    sheet=self._sheet,
                    problem=error.problem,
                    value="" if is_secret and not is_marking_itself else error.value,
                    paths=tuple(file.path for file in described["files"]),
                    secrecy=anyhow,
                ),
                row=CatalogueRow(**described, secrecy=anyhow),
            )
        if found.external_id:
            self._ids.add(found.external_id)
        if secrecy is not None and secrecy.is_state_secret:
            # Where it is wrong may be told, not what stands there.
            self.doubts[before:] = [replace(each, value="") for each in self.doubts[before:]]
        return found

    def _check(self, row: TableRow, found: CatalogueRow) -> None:
        cells = row.cells or {}
        if any(isinstance(cell, dict) for cells_of in cells.values() for cell in cells_of):
            worst = next(cell for each in cells.values() for cell in each if isinstance(cell, dict))
            raise _BadValueError("not_text", worst)
        if not (
            found.texts.get("title")
            or found.files
            or found.folder
            or found.texts.get("archival_code")
        ):
            raise _BadValueError("nothing_described")
        if found.external_id and found.external_id in self._ids:
            raise _BadValueError("duplicate_id", found.external_id)
        if found.secrecy is None:
            # A column that nobody has named, or a remark, may be where an office writes it.
            others = [*row.unused, *(cell for each in cells.values() for cell in each)]
            for cell in others:
                if isinstance(cell, str) and is_marking(cell):
                    raise _BadValueError("marking_elsewhere", cell)

    def _described(self, number: int, cells: Cells) -> dict[str, Any]:
        """All of a row but what decides access; what cannot be read is a doubt."""
        texts = {name: self._text(number, cells, name) for name in _TEXTS if name in cells}
        texts[known.AGENCY] = self._joined(number, cells, "、", known.AGENCY)
        texts["summary"] = self._joined(number, cells, "；", "summary", known.REMARK)
        place = self._place(number, cells, texts)
        texts.setdefault("fonds", place.fonds)
        texts.setdefault("retention", place.retention)
        if not texts.get("archival_code"):
            texts["archival_code"] = built_code(place, self._rules.code)
        return {
            "number": number,
            "sheet": self._sheet,
            "external_id": self._text(number, cells, known.ID),
            "texts": {name: text for name, text in texts.items() if text},
            "place": place,
            "date": self._date(number, cells),
            "persons": self._persons(number, cells),
            "custody": self._custody(number, cells),
            "files": _files(cells),
            "folder": self._text(number, cells, known.FOLDER),
            "pages": self._pages(number, cells),
        }

    def _place(self, number: int, cells: Cells, texts: dict[str, str]) -> Place:
        rules = self._rules
        year = self._text(number, cells, known.YEAR).removesuffix("年度").removesuffix("年")
        return Place(
            fonds=texts.get("fonds") or rules.fonds,
            category=self._text(number, cells, known.CATEGORY_CODE) or rules.category,
            catalogue=self._text(number, cells, known.CATALOGUE),
            year=year or self._said.get("year", "") or rules.year,
            retention=texts.get("retention") or self._said.get("retention", "") or rules.retention,
            organ=self._text(number, cells, known.ORGAN),
            volume=texts.get("volume", ""),
            item=texts.get("item", ""),
        )

    def _text(self, number: int, cells: Cells, name: str) -> str:
        """The first text of a field; ``""`` where there is none, or none that can be read."""
        for cell in cells.get(name, ()):
            text = self._read(number, cell, text_of, "unread_cell")
            if text:
                return text
        return ""

    def _joined(self, number: int, cells: Cells, mark: str, *names: str) -> str:
        texts = [
            self._read(number, cell, text_of, "unread_cell")
            for name in names
            for cell in cells.get(name, ())
        ]
        return mark.join(dict.fromkeys(text for text in texts if text))

    def _read(
        self, number: int, cell: Cell, meaning: Callable[[Cell], T], problem: str
    ) -> T | None:
        """What a cell means; where it cannot be read, that is noted."""
        try:
            return meaning(cell)
        except ValueError:
            self._doubt(number, problem, cell)
            return None

    def _doubt(self, number: int, problem: str, cell: Cell) -> None:
        self.doubts.append(
            Doubt(sheet=self._sheet, number=number, problem=problem, value=_shown(cell))
        )

    def _date(self, number: int, cells: Cells) -> PartialDate | None:
        written = cells.get(known.DATE, [None])[0]
        if written is None:
            parts = [cells.get(name, [None])[0] for name in _DATE_PARTS]
            try:
                return read_parts(*parts).date
            except ValueError as error:
                self._doubt(number, "bad_date", str(error))
                return None
        try:
            read = read_date(written, six_digits_are_months=self._rules.six_digits_are_months)
        except ValueError:
            self._doubt(number, "bad_date", written)
            return None
        if read.doubt:
            self._doubt(number, read.doubt, written)
        return read.date

    def _pages(self, number: int, cells: Cells) -> PageRange | None:
        written = self._text(number, cells, known.PAGE_RANGE)
        if not written:
            first = self._text(number, cells, known.FIRST_PAGE)
            last = self._text(number, cells, known.LAST_PAGE)
            written = "-".join(filter(None, (first, last))) if first else ""
        return self._read(number, written, read_pages, "bad_pages")

    def _persons(self, number: int, cells: Cells) -> tuple[str, ...]:
        return tuple(
            name
            for cell in cells.get(known.PERSONS, ())
            for each in (cell if isinstance(cell, list) else [cell])
            for name in names_of(self._read(number, each, text_of, "unread_cell") or "")
        )

    def _custody(self, number: int, cells: Cells) -> Custody | None:
        """Who keeps it; a day of transfer without more says that it was transferred."""

        def day(name: str) -> PartialDate | None:
            cell = cells.get(name, [None])[0]
            read = self._read(number, cell, read_date, "bad_transfer_date")
            return read.date if read is not None else None

        written = self._text(number, cells, known.CUSTODY)
        kind = self._read(number, written, custody_of, "bad_custody") if written else None
        due_on, transferred_on = day(known.TRANSFER_DUE), day(known.TRANSFERRED)
        if kind is None:
            if due_on is None and transferred_on is None:
                return None
            kind = CustodyKind.UNIT if transferred_on is None else CustodyKind.TRANSFERRED
        return Custody(kind=kind, due_on=due_on, transferred_on=transferred_on)


def _strict(cells: Cells, name: str, meaning: Callable[[str], T], problem: str) -> T | None:
    """What every cell of a field says alike; ``None`` where all are silent."""
    found: set[T] = set()
    for cell in cells.get(name, ()):
        try:
            text = text_of(cell)
            if text:
                found.add(meaning(text))
        except ValueError:
            raise _BadValueError(problem, cell) from None
    if len(found) > 1:
        raise _BadValueError(problem, "；".join(map(str, sorted(map(str, found)))))
    return next(iter(found), None)


def _secrecy_anyhow(row: TableRow) -> Secrecy | None:
    """What a bad row says of its secrecy: its files must be kept back whatever else is wrong."""
    cells = row.cells or {}
    for cell in (*cells.get(known.SECRECY, ()), *row.unused, *cells.get(known.REMARK, ())):
        if isinstance(cell, str) and is_marking(cell):
            return secrecy_of(cell)
    try:
        return _strict(cells, known.SECRECY, secrecy_of, "bad_secrecy")
    except _BadValueError:
        return None


def _files(cells: Cells) -> tuple[CatalogueFile, ...]:
    """Every file of the row, text before attachments; whatever is no path is passed over."""
    extension = next(iter(cells.get(known.EXTENSION, ())), "")
    suffix = f".{extension.strip().lstrip('.')}" if isinstance(extension, str) and extension else ""
    return tuple(
        CatalogueFile(
            path=path if not suffix or _SUFFIX.search(path) else path + suffix,
            is_attachment=name == known.ATTACHMENTS,
        )
        for name in (known.FILES, known.ATTACHMENTS)
        for cell in cells.get(name, ())
        for each in (cell if isinstance(cell, list) else [cell])
        if not isinstance(each, dict | list | UnreadCell)
        for path in paths_of(text_of(each))
    )


def _said_by_name(sheet: str, rules: Rules) -> dict[str, str]:
    """What the name of a sheet says of its rows, if it is to say anything."""
    match rules.sheet_names:
        case SheetNames.YEAR:
            found = _YEAR.search(sheet)
            return {"year": found[0]} if found else {}
        case SheetNames.RETENTION:
            found = _RETENTION.search(sheet)
            return {"retention": found[0]} if found else {}
        case SheetNames.NOTHING:
            return {}


def _shown(cell: object) -> str:
    match cell:
        case DateCell(shown, _) | UnreadCell(shown):
            return shown[:_MAX_SHOWN]
    return str(cell)[:_MAX_SHOWN]
