"""A handover (请档案员代查): where it stands, how it ended, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import RecordId
    from query_room.outcomes import Outcome


class HandoverStatus(StrEnum):
    """Where the work stands; how it ended is the :class:`Outcome`."""

    WAITING = "waiting"  # 待接
    TAKEN = "taken"  # 查找中
    ANSWERED = "answered"  # 已答复
    DELIVERED = "delivered"  # 已告知来访人
    CANCELLED = "cancelled"  # 已撤回


class Step(StrEnum):
    """What can be done with it."""

    TAKE = "take"
    PUT_BACK = "put_back"
    ANSWER = "answer"
    DELIVER = "deliver"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRecord:
    """A record that an answer rests on, as it was then."""

    record_id: RecordId
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What an archivist answers.

    Attributes:
        records: What was found. searches: Searches that were made for it; at least one where
            nothing was found, for they are the proof.
    """

    text: str
    outcome: Outcome
    records: tuple[RecordId, ...] = ()
    searches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAnswer:
    """What was answered.

    Attributes:
        text: Or ``None`` once it was erased.
        records: Those of the cited records that whoever reads this may see.
    """

    text: str | None
    outcome: Outcome
    records: tuple[CitedRecord, ...]
    searches: tuple[str, ...]
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A search that an archivist is asked to go on with.

    Attributes:
        note: What the counter says to it, or ``None`` once it was erased.
        taken_by: Who looks for it, or ``None``.
    """

    handover_id: str
    visit_id: str
    search_id: str
    status: HandoverStatus
    note: str | None
    asked_by: str
    asked_at: dt.datetime
    taken_by: str | None
    taken_at: dt.datetime | None
    answer: HandoverAnswer | None
