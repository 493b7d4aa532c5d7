"""Which report an address or a form is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import abort, request, url_for

from query_room.reports.layout import all_keys
from query_room.reports.model import CellKey, TableName

if TYPE_CHECKING:
    from query_room.organs import Organ
    from query_room.room import Room


_OF_LEDGER: Final = re.compile(r"[A-Z0-9]+-L(?P<import>\d+)-\d+")
"""Source: :class:`~query_room.ledgers.LedgerRequest`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A year and an organ.

    Attributes:
        organ: ``None`` for all organs together.
    """

    year: int
    organ: Organ | None

    @property
    def organ_id(self) -> str | None:
        """The organ's identifier, or ``None`` for all together."""
        return self.organ.organ_id if self.organ else None

    def url(self, endpoint: str, **more: str) -> str:
        """A page about the same report."""
        values: dict[str, Any] = {"year": self.year, "organ": self.organ_id, **more}
        return url_for(f"reports.{endpoint}", **values)


def chosen_report(room: Room, year: int) -> Chosen:
    """What the address or the form names.

    Raises:
        OrganNotFoundError: There is no such organ.
    """
    organ_id = request.values.get("organ", "")
    return Chosen(year, room.organs.load(organ_id) if organ_id else None)


def one_organ(room: Room, year: int) -> tuple[Chosen, Organ]:
    """The same where it must be one organ; all together is no page then."""
    chosen = chosen_report(room, year)
    if chosen.organ is None:
        abort(404)
    return chosen, chosen.organ


def chosen_cell() -> CellKey:
    """The cell that the address names."""
    args = request.args
    wanted = (args.get("table", ""), args.get("row", ""), args.get("column", ""))
    known = {(key.table.value, key.row, key.column): key for key in all_keys()}
    if wanted not in known:
        abort(404)
    return known[wanted]


def cell_words(key: CellKey) -> dict[str, str]:
    """A cell as parameters of an address."""
    return {"table": TableName(key.table).value, "row": key.row, "column": key.column}


def subject_url(subject: str) -> str:
    """Where what counts in a cell can be seen: a request, a case, or a row of an old register."""
    if found := _OF_LEDGER.fullmatch(subject):
        return url_for("ledgers.imported", import_id=int(found["import"]), _anchor=subject)
    request_id, _, case = subject.rpartition("-c")
    if request_id and case.isdigit():
        return url_for("cases.case", case_id=subject)
    return url_for("requests.file_page", request_id=subject)
