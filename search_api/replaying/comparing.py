"""Two lists of hits held against each other; nothing here knows where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import RecordId


class Fate(StrEnum):
    """What became of a hit."""

    KEPT = "kept"  # at the same place
    MOVED = "moved"
    LOST = "lost"
    GAINED = "gained"
    BEYOND = "beyond"  # the rights of whoever compares do not reach it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A record of either list.

    Attributes:
        then: Its 1-based rank in the first list, or ``None``. now: In the second.
    """

    record_id: RecordId
    fate: Fate
    then: int | None
    now: int | None


def compare(
    then: Mapping[RecordId, int], now: Mapping[RecordId, int], screen: range
) -> tuple[Change, ...]:
    """What differs, in the order of the second list; what was lost last.

    Args:
        then: Ranks of the hits of one screen.
        now: Ranks as far as they were looked at, which may be beyond the screen on either side:
            what has left the screen is still known by its rank.
        screen: The ranks that the screen shows; what stands elsewhere is no gain.
    """
    changes = [
        _change(record_id, then.get(record_id), rank)
        for record_id, rank in sorted(now.items(), key=lambda each: each[1])
        if record_id in then or rank in screen
    ]
    lost = sorted((rank, record_id) for record_id, rank in then.items() if record_id not in now)
    return (*changes, *(_change(record_id, rank, None) for rank, record_id in lost))


def _change(record_id: RecordId, then: int | None, now: int | None) -> Change:
    if then is None:
        fate = Fate.GAINED
    elif now is None:
        fate = Fate.LOST
    else:
        fate = Fate.KEPT if then == now else Fate.MOVED
    return Change(record_id=record_id, fate=fate, then=then, now=now)
