"""Items taken in, group by group: their files read, then their records saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.importing.reparsing import reparse_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from indexer.extraction import Outcome
    from indexer.importing.extracting import Pool
    from indexer.importing.intake import Intake
    from indexer.importing.items import Item
    from indexer.importing.recording import Recorder
    from indexer.importing.stores import Stores

GROUP: Final = 400
"""Records whose files are read together before they are saved."""


class TakingIn:
    """Takes items in.

    Args:
        engine: The database. stores: Where texts are.
        source_id: The source of the batch.
        intake: Reads files. recorder: Saves records.
    """

    def __init__(
        self, engine: Engine, stores: Stores, source_id: int, intake: Intake, recorder: Recorder
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._source_id = source_id
        self._intake = intake
        self._recorder = recorder

    def take(
        self,
        items: Sequence[Item],
        pool: Pool,
        leaving: Callable[[Outcome], bool] = lambda _: False,
    ) -> list[Item]:
        """Take items in, in their order; those that are not, because a file of theirs was left.

        Args:
            items: The items.
            pool: Reads files.
            leaving: Whether a file with such an outcome is left for later.

        Raises:
            StorageFullError: No space; what was through is noted.
        """
        late: list[Item] = []
        for start in range(0, len(items), GROUP):
            group = items[start : start + GROUP]
            paths = [path for item in group for path in item.paths]
            left = self._intake.read(paths, pool, leaving)
            reparse_at(self._engine, self._stores, self._source_id, paths)
            through = [item for item in group if left.isdisjoint(item.paths)]
            self._recorder.save(through)
            late += [item for item in group if not left.isdisjoint(item.paths)]
        return late
