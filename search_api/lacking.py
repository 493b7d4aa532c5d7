"""How many records lack text, counted once for each state of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from indexer.repositories import browsing, lacking, outbox

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.access import Viewer
    from indexer.engine.query import Filters
    from indexer.records import RecordId

MOST: Final = 1_000
"""Kinds of question whose counts are kept."""


class _Asked(NamedTuple):
    viewer: Viewer
    denied: frozenset[RecordId]
    filters: Filters


class LackingCounts:
    """Counts that stand beside answers; the same for everybody who may see the same.

    Whatever changes a record queues it for the index: while the outbox has nothing new, a count
    stays as it was. Counting costs as much as searching where a hundred thousand scans wait.
    """

    def __init__(self) -> None:
        self._known: tuple[int, dict[_Asked, int]] = (0, {})

    def count(
        self,
        connection: Connection,
        viewer: Viewer,
        denied: frozenset[RecordId],
        filters: Filters,
    ) -> int:
        """Records that the viewer may see and that meet the filters, and of which text is missing.

        Args:
            connection: To the database.
            viewer: Whose rights count.
            denied: Records that nobody may see now.
            filters: What the answer is narrowed to.
        """
        # Asked before counting: what changes in between is counted under a position that is passed.
        newest = outbox.newest_position(connection)
        position, counts = self._known
        if position != newest or len(counts) >= MOST:
            counts = {}
            self._known = newest, counts
        asked = _Asked(viewer, denied, filters)
        if (known := counts.get(asked)) is not None:
            return known
        visible = browsing.visible_to(viewer, denied)
        counts[asked] = found = lacking.count(connection, visible, filters)
        return found
