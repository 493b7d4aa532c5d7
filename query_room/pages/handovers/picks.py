"""What an archivist has picked for the answer they work at, kept in their session until it is sent.

A cookie holds little, so the picks are few; an answer with more is written in parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import session

from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY: Final = "handover_in_hand"
MAX_PICKS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """The handover in hand, with the records picked and the searches that found them or nothing."""

    handover_id: str
    records: tuple[RecordId, ...] = ()
    searches: tuple[str, ...] = ()


def picks_in_hand() -> Picks | None:
    """What the session holds, or ``None`` where no handover is worked at."""
    held = session.get(_KEY)
    if held is None:
        return None
    handover_id, records, searches = held
    return Picks(
        handover_id=handover_id,
        records=tuple(RecordId(each) for each in records),
        searches=tuple(searches),
    )


def work_at(handover_id: str) -> Picks:
    """Take a handover in hand; picks for another one are put down."""
    held = picks_in_hand()
    if held is not None and held.handover_id == handover_id:
        return held
    return _hold(Picks(handover_id=handover_id))


def pick(handover_id: str, search_id: str, records: Iterable[str]) -> Picks:
    """Add a search and the records chosen from it."""
    held = work_at(handover_id)
    return _hold(
        Picks(
            handover_id=handover_id,
            records=_few(*held.records, *(RecordId(each) for each in records)),
            searches=_few(*held.searches, search_id),
        )
    )


def drop(record_id: str) -> None:
    """Take a record out of the picks."""
    held = picks_in_hand()
    if held is not None:
        kept = tuple(each for each in held.records if each != record_id)
        _hold(Picks(handover_id=held.handover_id, records=kept, searches=held.searches))


def put_down() -> None:
    """Work at no handover."""
    session.pop(_KEY, None)


def _few(*values: str) -> tuple[RecordId, ...]:
    return tuple(RecordId(each) for each in dict.fromkeys(values) if each)[:MAX_PICKS]


def _hold(picks: Picks) -> Picks:
    session[_KEY] = [picks.handover_id, list(picks.records), list(picks.searches)]
    return picks
