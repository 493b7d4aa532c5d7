"""A catalogue file to rows, good and bad, and to what was read with a doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.catalogue import CatalogueRow, UnusableRow
from indexer.catalogue import columns as known
from indexer.catalogue.codes import proposed_rule
from indexer.catalogue.grids import is_blank
from indexer.catalogue.headers import best_header, header_at, headers
from indexer.catalogue.profiles import NO_RULES, CodeRule, Rules, SheetNames, matching
from indexer.catalogue.reading import read_grids
from indexer.catalogue.records_below import Passed, below
from indexer.catalogue.rows import RowReader
from indexer.catalogue.values import text_of
from indexer.confinement import Demand
from indexer.errors import ManifestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.catalogue import Doubt
    from indexer.catalogue.grids import Grid
    from indexer.catalogue.headers import Header
    from indexer.catalogue.profiles import Profile

_SAMPLES: Final = 3
_MAX_SAMPLE: Final = 40
_NO_HEADER: Final = "no row names the columns (题名, 文号, 日期, 文件 …)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRead:
    """A column as it was read.

    Attributes:
        column: 0-based. text: Its heading. name: The heading in one spelling.
        field: What it was read as, or ``None`` for a column that is not used.
        samples: Some of its values, from rows that may be shown.
    """

    column: int
    text: str
    name: str
    field: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """A sheet as it was read.

    Attributes:
        name: Its name. header_row: Where its header begins, 1-based; 0 where there is no such row.
        header_rows: How many rows the header takes.
        row_count: Records. passed: Rows that are none.
        is_hidden: It is hidden, and was read. hidden_columns: Headings of hidden columns, read too.
        said: What lines outside the table say for its rows, e.g. ``fonds``.
    """

    name: str
    header_row: int
    header_rows: int
    row_count: int
    passed: Passed
    columns: tuple[ColumnRead, ...]
    is_hidden: bool = False
    hidden_columns: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A catalogue, read.

    Attributes:
        rows: Rows that can be used. unusable: The others.
        doubts: What was left out of usable rows, or read in a way worth a look.
        sheets: Sheets that were read. unread_sheets: Sheets without a header.
        signature: The form of its first sheet.
        rules: By which it was read. profile: From which they came, or ``None``.
        proposed: Rules that would say more of it; not applied.
    """

    rows: tuple[CatalogueRow, ...] = ()
    unusable: tuple[UnusableRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    signature: frozenset[str] = frozenset()
    rules: Rules = NO_RULES
    profile: Profile | None = None
    proposed: Rules = NO_RULES

    @property
    def in_order(self) -> list[CatalogueRow]:
        """Every row as far as it can be read, as they stand in the file."""
        place = {sheet.name: at for at, sheet in enumerate(self.sheets)}
        rows = [*self.rows, *(each.row for each in self.unusable)]
        return sorted(rows, key=lambda row: (place.get(row.sheet, 0), row.number))


NO_CATALOGUE: Final = Catalogue()


def read_catalogue(
    path: Path,
    profiles: Sequence[Profile] = (),
    *,
    profile: Profile | None = None,
    demand: Demand = Demand.AUTO,
) -> Catalogue:
    """Every row of a catalogue.

    Args:
        path: The file.
        profiles: Kept profiles: the one of its form, if any, is used.
        profile: The profile to use, whatever the form.
        demand: What must hold the process that reads a workbook.

    Raises:
        ManifestError: The file as a whole cannot be read.
    """
    try:
        grids = read_grids(path, demand)
    except ManifestError:
        raise
    except Exception as error:  # any reader may raise anything on a hostile file
        raise ManifestError(f"{path.name}: {type(error).__name__}: {error}"[:300]) from error
    return _Reading(grids, profiles, profile).catalogue()


class _Reading:
    """Reads the sheets of one catalogue."""

    def __init__(
        self, grids: Sequence[Grid], profiles: Sequence[Profile], profile: Profile | None
    ) -> None:
        self._grids = grids
        self._profile = profile or _profile_of(grids, profiles)
        self._rules = self._profile.rules if self._profile is not None else NO_RULES
        self._ids: set[str] = set()
        self._rows: list[CatalogueRow] = []
        self._unusable: list[UnusableRow] = []
        self._doubts: list[Doubt] = []

    def catalogue(self) -> Catalogue:
        """All of it."""
        sheets: list[SheetRead] = []
        unread: list[str] = []
        signature: frozenset[str] = frozenset()
        for grid in self._grids:
            header = self._header(grid)
            if header is not None:
                signature = signature or header.signature
                sheets.append(self._sheet(grid, header))
            elif any(not row.is_empty for row in grid.rows):
                unread.append(grid.name)
        if not sheets:
            raise ManifestError(_NO_HEADER)
        read = Catalogue(
            rows=tuple(self._rows),
            unusable=tuple(self._unusable),
            doubts=tuple(self._doubts),
            sheets=tuple(sheets),
            unread_sheets=tuple(unread),
            signature=signature,
            rules=self._rules,
            profile=self._profile,
        )
        return replace(read, proposed=_proposed(read))

    def _header(self, grid: Grid) -> Header | None:
        if self._rules.header_row:
            return header_at(grid, self._rules.header_row)
        if self._profile is not None:
            for header in headers(grid):
                if header.signature == self._profile.signature:
                    return header
        return best_header(grid)

    def _sheet(self, grid: Grid, header: Header) -> SheetRead:
        fields: dict[int, str] = {}
        for heading in header.headings:
            name = self._field(heading.name, heading.field)
            if name:
                fields[heading.column] = name
        found = below(grid, header, fields)
        reader = RowReader(grid.name, self._rules, self._ids)
        shown: set[int] = set()
        for row in found.rows:
            read = reader.read(row)
            if isinstance(read, UnusableRow):
                self._unusable.append(read)
            else:
                self._rows.append(read)
                if read.secrecy is None or not read.secrecy.is_state_secret:
                    shown.add(read.number)
        self._doubts += reader.doubts
        return SheetRead(
            name=grid.name,
            header_row=header.first_row,
            header_rows=header.last_row - header.first_row + 1 if header.first_row else 0,
            row_count=len(found.rows),
            passed=found.passed,
            columns=tuple(
                ColumnRead(
                    column=heading.column,
                    text=heading.text,
                    name=heading.name,
                    field=fields.get(heading.column),
                    samples=_samples(grid, heading.column, shown),
                )
                for heading in header.headings
            ),
            is_hidden=grid.is_hidden,
            hidden_columns=tuple(
                each.text for each in header.headings if each.column in grid.hidden_columns
            ),
            said=tuple(found.said.items()),
        )

    def _field(self, name: str, otherwise: str | None) -> str | None:
        return self._profile.field_of(name, otherwise) if self._profile is not None else otherwise


def _profile_of(grids: Sequence[Grid], profiles: Sequence[Profile]) -> Profile | None:
    if not profiles:
        return None
    for grid in grids:
        for header in headers(grid):
            found = matching(profiles, header.signature)
            if found is not None:
                return found
    return None


def _samples(grid: Grid, column: int, shown: set[int]) -> tuple[str, ...]:
    """Values of a column, without those of rows that nobody may see here."""
    found: dict[str, None] = {}
    for row in grid.rows:
        if row.number not in shown or row.cells is None or column >= len(row.cells):
            continue
        cell = row.cells[column]
        if is_blank(cell) or isinstance(cell, dict):
            continue
        try:
            found[text_of(cell)[:_MAX_SAMPLE]] = None
        except ValueError:
            continue
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def _proposed(read: Catalogue) -> Rules:
    """Rules that an archivist may want, told by what the rows have and lack."""
    proposed = NO_RULES
    fields = {column.field for sheet in read.sheets for column in sheet.columns}
    if known.YEAR not in fields and read.rules.sheet_names is SheetNames.NOTHING:
        names = [sheet.name for sheet in read.sheets]
        if all(any(year in name for year in _YEARS) for name in names):
            proposed = replace(proposed, sheet_names=SheetNames.YEAR)
    without = [row.place for row in read.rows if not row.texts.get("archival_code")]
    if without and read.rules.code is CodeRule.NONE:
        proposed = replace(proposed, code=proposed_rule(without))
    return proposed


_YEARS: Final = tuple(str(year) for year in range(1949, 2100))
