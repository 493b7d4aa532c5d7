"""Whose a record is, by its days of transfer."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate

TODAY = dt.date(2026, 3, 2)
PAST = PartialDate(2025, 12)
LATER = PartialDate(2026)
"""Known to its year: it may yet come."""


@pytest.mark.parametrize(
    ("kind", "due_on", "is_archives"),
    [
        (CustodyKind.UNIT, None, False),
        (CustodyKind.UNIT, PAST, False),
        (CustodyKind.EARLY_DEPOSIT, None, False),
        (CustodyKind.EARLY_DEPOSIT, LATER, False),
        (CustodyKind.EARLY_DEPOSIT, PAST, True),
        (CustodyKind.TRANSFERRED, None, True),
        (CustodyKind.TRANSFERRED, PAST, True),
        (CustodyKind.TRANSFERRED, LATER, False),
    ],
)
def test_a_record_is_the_archives_once_transferred_and_its_day_has_come(
    kind: CustodyKind, due_on: PartialDate | None, *, is_archives: bool
) -> None:
    assert Custody(kind=kind, due_on=due_on).is_with_archive(TODAY) is is_archives
