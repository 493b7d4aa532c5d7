"""What the pages of handovers show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import RecordNotFoundError
from query_room.accounts import Permission
from query_room.pages.visits.view_models import SearchView, search_views
from query_room.visits import HandoverStatus, Step
from query_room.visits.transitions import steps_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from indexer.records import Record, RecordId
    from query_room.accounts import Account
    from query_room.pages.handovers.picks import Picks
    from query_room.visits import Handover, PastSearch


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """Handovers by where they stand, the oldest first."""

    groups: tuple[tuple[HandoverStatus, tuple[Handover, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """One handover.

    Attributes:
        search: What was asked at the counter, or ``None`` where it cannot be read any more.
        steps: What whoever reads this can do with it by one press.
        may_answer: Whether they have taken it.
        picked: Records picked for the answer. cited: Records of the answer that was given.
    """

    handover: Handover
    search: SearchView | None
    steps: tuple[Step, ...]
    may_answer: bool
    picked: tuple[Record, ...]
    searches: tuple[str, ...]
    cited: tuple[Record, ...]


_NEEDS = {
    Step.TAKE: Permission.ANSWER_HANDOVERS,
    Step.PUT_BACK: Permission.ANSWER_HANDOVERS,
    Step.DELIVER: Permission.SERVE_VISITORS,
    Step.CANCEL: Permission.SERVE_VISITORS,
}
"""The steps that are one press of a button, in the order in which they are shown."""


def queue_view(handovers: list[Handover]) -> QueueView:
    """The queue in groups."""
    groups = (
        (status, tuple(each for each in handovers if each.status is status))
        for status in (HandoverStatus.WAITING, HandoverStatus.TAKEN, HandoverStatus.ANSWERED)
    )
    return QueueView(groups=tuple(group for group in groups if group[1]))


def handover_view(
    handover: Handover,
    searches: tuple[PastSearch, ...],
    picks: Picks | None,
    *,
    account: Account,
    find_record: Callable[[RecordId], Record],
) -> HandoverView:
    """One handover as ``account`` sees it."""
    mine = picks if picks is not None and picks.handover_id == handover.handover_id else None
    asked = search_views(tuple(each for each in searches if each.search_id == handover.search_id))
    possible = steps_from(handover.status)
    return HandoverView(
        handover=handover,
        search=asked[0] if asked else None,
        steps=tuple(
            step for step, needed in _NEEDS.items() if step in possible and account.may(needed)
        ),
        may_answer=Step.ANSWER in possible and handover.taken_by == account.name,
        picked=_found(mine.records if mine else (), find_record),
        searches=mine.searches if mine else (),
        cited=_found(
            (each.record_id for each in handover.answer.records) if handover.answer else (),
            find_record,
        ),
    )


def _found(
    record_ids: Iterable[RecordId], find_record: Callable[[RecordId], Record]
) -> tuple[Record, ...]:
    """The records that are still there for whoever reads this."""
    records = []
    for record_id in record_ids:
        try:
            records.append(find_record(record_id))
        except RecordNotFoundError:
            continue
    return tuple(records)
