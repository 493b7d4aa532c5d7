"""What an audit asks of the log and what it gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.records import RecordId
    from query_room.audit.visible import VisibleBody
    from search_api.log import LoggedSearch, LoggedUse
    from search_api.log.inspection import BodyState
    from search_api.log.model import EventKind, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuestion:
    """Which events of a day are wanted.

    Attributes:
        day: In China. kind: Of that kind, or ``None`` for all.
        actor: By the account of that name, or ``""`` for all. page: 1-based.
    """

    day: dt.date
    kind: EventKind | None = None
    actor: str = ""
    page: int = 1


class HitState(StrEnum):
    """What has become of a record since it was shown."""

    SAME = "same"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestion:
    """Which searches are wanted; a field left out asks nothing.

    Attributes:
        first: Day in China. last: Included.
        actor: The account that asked. terminal: Where it was asked.
        visit_id, request_id: For which it was asked. record_id: What it showed.
        page: 1-based.
    """

    first: dt.date
    last: dt.date
    actor: str = ""
    terminal: str = ""
    visit_id: str = ""
    request_id: str = ""
    record_id: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedSearch:
    """A search with what came of it; texts of records are not among it.

    Attributes:
        search: As it was logged: asked, read, filtered, what it showed.
        uses: What was opened, read, downloaded, copied or printed from its answer.
        states: What has become of the records that it showed.
    """

    search: LoggedSearch
    uses: tuple[LoggedUse, ...]
    states: Mapping[RecordId, HitState]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSearches:
    """What was searched, and what it found.

    Attributes:
        total: That the question means. found_nothing: Of these.
        uses: Where a record was asked for: what was done with it without a search.
    """

    question: SearchQuestion
    total: int
    found_nothing: int
    page_count: int
    searches: tuple[AuditedSearch, ...]
    uses: tuple[LoggedUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedEvent:
    """An event as an auditor sees it.

    Attributes:
        actor: Account name, ``""`` for somebody unknown, ``None`` where that is not kept.
        body: What may be seen of what was said, or ``None`` where it is not kept.
        seal_number: The seal that vouches for it, or ``None``.
    """

    event_id: int
    at: dt.datetime
    kind: str
    subject: str
    commitment: str
    actor: str | None
    state: BodyState
    body: VisibleBody | None
    erased_at: dt.datetime | None
    erase_ground: str
    seal_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedPage:
    """Some events of a day, in order; ``total`` counts all that were asked for."""

    question: LogQuestion
    events: tuple[AuditedEvent, ...]
    total: int
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A walk of the chain, as the log itself remembers it.

    Attributes:
        event_id: The event that tells of it. by: The account that asked for it.
        events: Events there were. unsealed: Those no seal vouched for. erased: Those erased.
        seals: Links of the chain. head: Number and digest of the last, or ``None``.
        compared: Seals whose digest was compared with one kept on paper.
        findings: What did not fit, the first of them. finding_count: How many there were in all.
    """

    event_id: int
    at: dt.datetime
    by: str
    events: int
    unsealed: int
    erased: int
    seals: int
    head: tuple[int, str] | None
    compared: tuple[int, ...]
    findings: tuple[Finding, ...]
    finding_count: int

    @property
    def is_whole(self) -> bool:
        """Whether everything was as it was written."""
        return self.finding_count == 0
