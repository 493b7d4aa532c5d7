"""What has changed since a report was issued, cell by cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.reports.layout import all_keys
from query_room.reports.model import Cell

if TYPE_CHECKING:
    from query_room.reports.model import AnnualTables, CellKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that is not as it was.

    Attributes:
        then, now: The numbers.
        gone, come: Requests or cases that it counted then and not now, and the other way round.
    """

    key: CellKey
    then: int
    now: int
    gone: tuple[str, ...]
    come: tuple[str, ...]


def differences(then: AnnualTables, now: AnnualTables) -> tuple[Difference, ...]:
    """Cells that differ in their number or in what is behind it, in the order of the form."""
    found = []
    for key in all_keys():
        old, new = then.cells.get(key, Cell()), now.cells[key]
        if old != new:
            before, after = Counter(old.subjects), Counter(new.subjects)
            found.append(
                Difference(
                    key=key,
                    then=old.count,
                    now=new.count,
                    gone=tuple(sorted((before - after).elements())),
                    come=tuple(sorted((after - before).elements())),
                )
            )
    return tuple(found)
