"""Reports as they are kept: drafts, issued ones, and those of other organs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.reports.checks import failures
from query_room.reports.model import AnnualTables, Cell
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from query_room.reports.checks import Check, CheckKey
    from query_room.reports.model import CellKey, TextPart
    from search_api.log.model import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedReport:
    """The figures of an organ that keeps its register elsewhere.

    Attributes:
        file_hash: SHA-256 of the workbook.
    """

    organ_id: str
    year: int
    file_hash: str
    imported_at: dt.datetime
    imported_by: str
    counts: Mapping[CellKey, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report as the register would have it now.

    Attributes:
        organ_id: Whose, or ``None`` for all organs together.
        tables: Its own figures and those of the organs below it.
        previous: The year before, as issued where it was.
        imports: Workbooks that are counted.
        set_aside: Organs whose workbook is not counted, for the register here has their requests.
    """

    organ_id: str | None
    tables: AnnualTables
    previous: AnnualTables
    texts: Mapping[TextPart, str]
    checks: tuple[Check, ...]
    imports: tuple[ImportedReport, ...] = ()
    set_aside: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[CheckKey, ...]:
        """Checks that do not hold, warnings aside, each once."""
        return tuple(dict.fromkeys(each.key for each in failures(self.checks)))


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedReport:
    """A report as it went out.

    Attributes:
        accepted: Checks that failed and were accepted by whoever issued it.
        digest: SHA-256 over figures and texts; the log has it too.
    """

    organ_id: str
    year: int
    issued_at: dt.datetime
    issued_by: str
    digest: str
    organ_ids: tuple[str, ...]
    texts: Mapping[TextPart, str]
    accepted: tuple[str, ...]
    cells: Mapping[CellKey, Cell]

    @property
    def tables(self) -> AnnualTables:
        """Its tables."""
        return AnnualTables(year=self.year, organ_ids=self.organ_ids, cells=self.cells)


def digest_of(tables: AnnualTables, texts: Mapping[TextPart, str]) -> str:
    """SHA-256 over every figure, the requests behind it, and the written parts."""
    cells: list[JsonValue] = [
        [key.table.value, key.row, key.column, list(cell.subjects), cell.unlisted]
        for key, cell in sorted(tables.cells.items())
    ]
    body: dict[str, JsonValue] = {
        "year": tables.year,
        "organs": list(tables.organ_ids),
        "cells": cells,
        "texts": {part.value: text for part, text in texts.items()},
    }
    return hashlib.sha256(canonical_json(body).encode()).hexdigest()
