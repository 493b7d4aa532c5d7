"""What processing costs, slice by slice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from query_room.statute.tables import rows_of


class FeeBasis(StrEnum):
    """What the fee is reckoned by."""

    ITEMS = "items"  # 按件: requests of one applicant in one calendar month, whatever their outcome
    PAGES = "pages"  # 按量: pages given on paper or as a file; not for reading on site


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slice:
    """Units from ``first`` to ``last`` at a price.

    Attributes:
        last: ``None`` without end. block: With more than 1, the price grows by ``yuan`` with each
            block of so many units, beginning above the price of the slice before.
    """

    basis: FeeBasis
    first: int
    last: int | None
    block: int
    yuan: int
    valid_from: dt.date
    valid_until: dt.date | None


def fee(basis: FeeBasis, count: int, day: dt.date) -> int:
    """The fee in yuan for ``count`` items or pages, by the tariff in force on a day.

    Raises:
        LookupError: No tariff was in force then.
    """
    slices = [each for each in _tariff() if each.basis is basis and _holds(each, day)]
    if not slices:
        raise LookupError(f"no tariff on {day}")
    total = 0
    price_before = 0
    for each in slices:
        last = count if each.last is None else min(count, each.last)
        for unit in range(each.first, last + 1):
            blocks = (unit - each.first) // each.block + 1
            total += each.yuan if each.block == 1 else price_before + blocks * each.yuan
        price_before = each.yuan
    return total


def _holds(each: _Slice, day: dt.date) -> bool:
    return each.valid_from <= day and (each.valid_until is None or day <= each.valid_until)


@cache
def _tariff() -> tuple[_Slice, ...]:
    return tuple(
        _Slice(
            basis=FeeBasis(row["basis"]),
            first=int(row["first"]),
            last=int(row["last"]) if row["last"] else None,
            block=int(row["block"]),
            yuan=int(row["yuan"]),
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_until=dt.date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        )
        for row in rows_of("tariff.csv")
    )
