"""How work is cut into slices, how far it has come, and what becomes of a slice that kills.

Nothing here knows a database.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from indexer.repositories.slices import Bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.repositories.slices import Slice

SLICE: Final = 500
"""Changes or records in a slice: about a second's work for two cores."""

OPEN_SLICES: Final = 64
"""Slices of one generation that are out at once: enough for 60 workers, and little to lose."""

DIRECT: Final = 32
"""Up to so many changes are taken in by the coordinator at once, even while slices are out."""

DEATHS_OF_MANY: Final = 2
"""Deaths after which a slice is cut into its records: one may be a machine that was turned off."""

DEATHS_OF_ONE: Final = 3
"""Deaths after which a single record is set aside."""


class Step(Enum):
    """What is to be done with a slice that waits to be given out."""

    GIVE_OUT = auto()
    CUT_UP = auto()
    SET_ASIDE = auto()


def next_step(piece: Slice) -> Step:
    """What its deaths say."""
    if piece.record_id is not None:
        return Step.SET_ASIDE if piece.deaths >= DEATHS_OF_ONE else Step.GIVE_OUT
    return Step.CUT_UP if piece.deaths >= DEATHS_OF_MANY else Step.GIVE_OUT


def cut_positions(after: int, positions: Sequence[int], size: int) -> list[Bounds]:
    """Ranges of at most ``size`` of these positions, without a gap from ``after`` on.

    Numbers that were given out and never used lie in the range of the next one that was.
    """
    ranges = []
    for start in range(0, len(positions), size):
        last = positions[min(start + size, len(positions)) - 1]
        ranges.append(Bounds(after_position=after, last_position=last))
        after = last
    return ranges


def cut_ids(after: str, ids: Sequence[str], size: int) -> list[Bounds]:
    """The same, of record ids."""
    ranges = []
    for start in range(0, len(ids), size):
        last = ids[min(start + size, len(ids)) - 1]
        ranges.append(Bounds(after_id=after, last_id=last))
        after = last
    return ranges


def closed(slices: Sequence[Slice]) -> list[Slice]:
    """Those before which, and in which, nothing is left to be done, in their order.

    Args:
        slices: Of one generation and kind, in order, without a gap between their ranges; those of
            single records share the range that they were cut from.
    """
    first_open = min(
        ((each.bounds.last_position, each.bounds.last_id) for each in slices if not each.is_done),
        default=None,
    )
    if first_open is None:
        return list(slices)
    return [
        each for each in slices if (each.bounds.last_position, each.bounds.last_id) < first_open
    ]
