"""Requests of old registers, as the annual report asks for them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from indexer.database import reading
from query_room.ledgers import repository
from query_room.reports.model import ReportedRequest

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Engine


class LedgerRequests:
    """Old requests of imports that were not undone."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def for_report(self, organ_ids: Collection[str], year: int) -> list[ReportedRequest]:
        """Those received up to the end of the year; ``request_id`` is the identifier here."""
        with reading(self._engine) as connection:
            found = repository.received_until(connection, organ_ids, dt.date(year, 12, 31))
        return [
            ReportedRequest(
                request_id=each.ledger_id,
                organ_id=each.organ_id,
                received_on=each.received_on,
                category=each.category,
                disposition=each.disposition,
                closed_on=each.closed_on,
            )
            for each in found
        ]

    def requests(self, organ_ids: Collection[str], year: int) -> list[ReportedRequest]:
        """What :meth:`for_report` gives, under the name by which reports ask for it."""
        return self.for_report(organ_ids, year)
