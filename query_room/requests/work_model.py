"""What is done on a request: searches, findings, consultations, letters, dispatch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.records import RecordId
    from query_room.clock import ConsultedParty
    from query_room.letters import LetterKind
    from query_room.outcomes import Outcome
    from query_room.register import PageRange
    from search_api.log.model import JsonValue


class Decision(StrEnum):
    """What is proposed for one record or for pages of it."""

    OPEN = "open"  # 公开
    OPEN_IN_PART = "open_in_part"  # 部分公开
    WITHHOLD = "withhold"  # 不予公开


class Answer(StrEnum):
    """What a consulted party said."""

    CONSENTS = "consents"  # 同意公开
    REFUSES = "refuses"  # 不同意公开
    IN_PART = "in_part"  # 部分同意
    SILENT = "silent"  # 逾期未答复


class Manner(StrEnum):
    """How a letter left the house."""

    HANDED_OVER = "handed_over"  # 当面送达
    POSTED = "posted"  # 邮寄
    EMAILED = "emailed"  # 电子邮件
    FAXED = "faxed"  # 传真
    ONLINE = "online"  # 网上查看
    CALLED = "called"  # 电话告知后自取


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedSearch:
    """A search that a request rests on.

    Attributes:
        how: ``within`` the request, ``origin`` (led to it) or ``cited`` from elsewhere.
        text: As typed, or ``None`` once erased. filters: By name, as they were logged.
        literal: Whether its signs were taken as text.
        total: Records that matched, or ``None`` where the searcher's rights went beyond the
            reader's.
        by_archivist: Whether it saw everything that the archive holds.
        hits: Records that it showed.
    """

    search_id: str
    how: str
    at: dt.datetime
    actor: str
    text: str | None
    literal: bool
    filters: Mapping[str, JsonValue]
    total: int | None
    by_archivist: bool
    hits: tuple[RecordId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandSearch:
    """A search on paper, as it is recorded.

    Attributes:
        where: Which cabinets, ledgers or offices. what: For which words, years, persons.
        by: Who looked, where it was not the account that records it.
    """

    where: str
    what: str
    by: str
    searched_on: dt.date
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSearch:
    """A search on paper; its texts are ``None`` once erased."""

    ordinal: int
    where: str | None
    what: str | None
    by: str | None
    searched_on: dt.date
    outcome: Outcome
    by_archivist: bool
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A record that answers the request, and what is proposed for it.

    Attributes:
        pages: Empty for the whole record.
        search_id: The search that showed it, or ``None`` where it was found by hand.
        exemption: Key of the ground for withholding, or ``None``.
        reason: In the handler's words; ``""`` without, ``None`` once erased.
    """

    finding_id: str
    record_id: RecordId
    content_hash: str
    archival_code: str
    search_id: str | None
    pages: tuple[PageRange, ...]
    decision: Decision | None
    exemption: str | None
    reason: str | None
    decided_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDecision:
    """What was decided on the same record in another request."""

    request_id: str
    display_number: str
    decision: Decision
    exemption: str | None
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A third party or another organ that was asked.

    Attributes:
        name: Whom, or ``None`` once erased. note: What was answered, or ``None``.
    """

    consultation_id: str
    party: ConsultedParty
    name: str | None
    sent_on: dt.date
    answered_on: dt.date | None
    answer: Answer | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLetter:
    """A letter that was made.

    Attributes:
        text_hash: SHA-256 of what it says; the log holds the same.
        about: The consultation, event or review that it is for, or ``""``.
        dispatches: How and when it left.
    """

    letter_id: str
    kind: LetterKind
    number: str
    about: str
    day: dt.date
    text_hash: str
    issued_by: str
    dispatches: tuple[Dispatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """How a letter left; ``note`` (post number, who signed, who was called) may be erased."""

    manner: Manner
    day: dt.date
    note: str | None
    recorded_by: str
