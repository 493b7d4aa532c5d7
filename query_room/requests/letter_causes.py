"""Which events ask for a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.letters import LetterKind
from search_api.log import EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.log import Event

LETTER_CAUSES: Final[Mapping[EventKind, LetterKind]] = {
    EventKind.CLARIFICATION_ASKED: LetterKind.CLARIFICATION,
    EventKind.REQUEST_EXTENDED: LetterKind.EXTENSION,
    EventKind.LONGER_PERIOD_SET: LetterKind.LONGER_PERIOD,
    EventKind.FEE_NOTICED: LetterKind.FEE_NOTICE,
}


def causes_of(events: Sequence[Event]) -> tuple[tuple[int, str], ...]:
    """Events that ask for a letter, as (number, kind)."""
    causes = {kind.value for kind in LETTER_CAUSES}
    return tuple((event.event_id, event.kind) for event in events if event.kind in causes)
