"""Registers of requests for reports: made by hypothesis, and the published fixture."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from query_room.reports import CellKey, ReportedCase, ReportedRequest, TableName
from query_room.reports.layout import all_keys
from query_room.statute.case_codes import CaseBlock, CaseResult
from query_room.statute.codes import ApplicantCategory, Disposition

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

GOLDEN: Final = {
    "N1": 14069,
    "N2": 560,
    "A1": 5548,
    "A2": 2168,
    "B1": 13,
    "B2": 30,
    "B3": 11,
    "B4": 51,
    "B5": 104,
    "B6": 85,
    "B7": 286,
    "B8": 150,
    "C1": 3222,
    "C2": 180,
    "C3": 19,
    "D1": 203,
    "D2": 148,
    "D3": 0,
    "D4": 101,
    "D5": 5,
    "E1": 318,
    "E2": 203,
    "E3": 965,
    "T": 13810,
    "N4": 819,
}
"""The published example, column 总计."""


def request(  # noqa: PLR0917 - a line of a ledger, read as one
    number: int,
    received: str,
    closed: str | None = None,
    disposition: str | None = None,
    category: str = "nat",
    organ_id: str = "qinghe",
) -> ReportedRequest:
    """A request of a register."""
    return ReportedRequest(
        request_id=f"{organ_id.upper()}-{received[:4]}-{number:05}",
        organ_id=organ_id,
        received_on=dt.date.fromisoformat(received),
        category=ApplicantCategory(category),
        disposition=Disposition(disposition) if disposition else None,
        closed_on=dt.date.fromisoformat(closed) if closed else None,
    )


def case(number: int, block: str, result: str) -> ReportedCase:
    """A review or a suit."""
    return ReportedCase(
        case_id=f"QINGHE-2025-00001-c{number}",
        request_id="QINGHE-2025-00001",
        organ_id="qinghe",
        block=CaseBlock(block),
        result=CaseResult(result),
    )


class ListedSources:
    """A register and cases held in memory, by the rules of the port."""

    def __init__(
        self, requests: Sequence[ReportedRequest] = (), cases: Sequence[ReportedCase] = ()
    ) -> None:
        self.listed = list(requests)
        self.heard = list(cases)

    def requests(self, organ_ids: Collection[str], year: int) -> list[ReportedRequest]:
        """Received up to the end of the year."""
        return [
            each
            for each in self.listed
            if each.organ_id in organ_ids and each.received_on.year <= year
        ]

    def cases(self, organ_ids: Collection[str], year: int) -> list[ReportedCase]:
        """Those of the year of the tests."""
        return [each for each in self.heard if each.organ_id in organ_ids and year == 2025]


def whole_form(**numbers: int) -> dict[CellKey, int]:
    """A form full of zeros but for table III, column nat and tot."""
    counts = dict.fromkeys(all_keys(), 0)
    for row, number in numbers.items():
        for column in ("nat", "tot"):
            counts[CellKey(TableName.REQUESTS, row, column)] = number
    return counts


@st.composite
def registers(draw: st.DrawFn) -> list[ReportedRequest]:
    """Up to thirty requests of two organs, 2021 to 2025, closed on or after receipt or open."""
    found = []
    days = st.dates(dt.date(2021, 1, 1), dt.date(2025, 12, 31))
    for number in range(draw(st.integers(0, 30))):
        received = draw(days)
        is_closed = draw(st.booleans())
        closed = received + dt.timedelta(days=draw(st.integers(0, 700))) if is_closed else None
        found.append(
            request(
                number,
                received.isoformat(),
                closed.isoformat() if closed else None,
                draw(st.sampled_from(Disposition)) if closed else None,
                draw(st.sampled_from(ApplicantCategory)),
                draw(st.sampled_from(["qinghe", "minzheng"])),
            )
        )
    return found
