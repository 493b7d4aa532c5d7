"""Where the figures of a report come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from indexer.database import reading
from query_room.reports import repository

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Engine

    from query_room.reports.model import ReportedCase, ReportedRequest


class CaseSource(Protocol):
    """Reviews and suits, as their keeper reports them."""

    def cases(self, organ_ids: Collection[str], year: int) -> Sequence[ReportedCase]:
        """Those that ended in the year by their result, and those open at its end."""
        ...


class RequestSource(Protocol):
    """Disclosure requests, as their keeper reports them."""

    def requests(self, organ_ids: Collection[str], year: int) -> Sequence[ReportedRequest]:
        """Those of the organs received up to the end of the year, each once."""
        ...


class ReportSources(RequestSource, CaseSource, Protocol):
    """Both."""


class RegisterSources:
    """The register of requests here, old ledgers beside it, and the keeper of cases."""

    def __init__(
        self,
        *,
        engine: Engine,
        ledgers: RequestSource | None = None,
        case_keeper: CaseSource | None = None,
    ) -> None:
        self._engine = engine
        self._ledgers = ledgers
        self._case_keeper = case_keeper

    def requests(self, organ_ids: Collection[str], year: int) -> Sequence[ReportedRequest]:
        """Those of the organs received up to the end of the year, each once."""
        with reading(self._engine) as connection:
            found = repository.requests(connection, organ_ids, year)
        old = self._ledgers.requests(organ_ids, year) if self._ledgers else ()
        return (*found, *old)

    def cases(self, organ_ids: Collection[str], year: int) -> Sequence[ReportedCase]:
        """Those that ended in the year by their result, and those open at its end."""
        return self._case_keeper.cases(organ_ids, year) if self._case_keeper else ()
