"""The use case: before a generation follows another, ask both what people asked last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, utc_now, writing
from indexer.errors import InvalidQueryError, QueryRoomError
from indexer.indexing.serving import Serving
from search_api.log import latest_searches
from search_api.rehearsing import repository
from search_api.rehearsing.model import Rehearsal, RehearsedSearch
from search_api.replaying.comparing import Fate, compare
from search_api.replaying.service import rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from indexer.indexing.serving import ServingGeneration
    from indexer.repositories.generations import GenerationRow
    from indexer.settings import IndexerSettings
    from search_api.log import SearchEntry

COMPARED: Final = 50
"""Distinct questions that are asked where nobody says how many."""

_LOOKED_THROUGH: Final = 20
"""Searches of the log for each question wanted: many are asked again and again."""

_log = structlog.get_logger(__name__)


class Rehearsals:
    """Compares generations; given to the worker, it does so before one follows another.

    Args:
        engine: The database. settings: Of the index. count: How many questions.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings, count: int = COMPARED) -> None:
        self._engine = engine
        self._settings = settings
        self._count = count

    def __call__(self, former: GenerationRow, following: GenerationRow) -> None:
        """Compare two generations and keep what that says.

        What cannot be compared is told in the program's own log, and the index goes on: that
        nobody saw a comparison must not keep a new index from answering.
        """
        try:
            made = self.compare(former, following)
            with writing(self._engine) as connection:
                repository.keep(connection, made)
        except QueryRoomError as error:
            _log.warning("generations_not_compared", following=following.number, code=error.code)

    def compare(self, former: GenerationRow, following: GenerationRow) -> Rehearsal:
        """Two generations compared.

        Raises:
            IndexMismatchError: One of them was written by another version.
        """
        serving = Serving(self._settings)
        changed: list[RehearsedSearch] = []
        unchanged = unasked = 0
        with reading(self._engine) as connection:
            before, after = (serving.opened(connection, row) for row in (former, following))
            for search_id, entry in _questions(connection, self._count):
                try:
                    found = _in_both(connection, search_id, entry, (before, after))
                except InvalidQueryError:
                    unasked += 1
                    continue
                if found.is_unchanged:
                    unchanged += 1
                else:
                    changed.append(found)
        return Rehearsal(
            former=former.number,
            following=following.number,
            at=utc_now(),
            searches=tuple(sorted(changed, key=lambda each: each.badness)),
            unchanged=unchanged,
            unasked=unasked,
        )


def load_rehearsal(engine: Engine, following: int) -> Rehearsal | None:
    """What was found before a generation answered, or ``None`` where nothing was compared."""
    with reading(engine) as connection:
        return repository.load(connection, following)


def _questions(connection: Connection, count: int) -> Iterator[tuple[str, SearchEntry]]:
    """The last questions of the log, each once for each set of rights."""
    seen: set[object] = set()
    for search in latest_searches(connection, count * _LOOKED_THROUGH):
        entry = search.entry
        if entry is None or entry.list_digest:
            continue
        asked = (
            entry.text,
            (entry.literal, entry.as_typed),
            str(sorted(entry.filters.items())),
            (entry.order, entry.page, entry.page_size),
            (entry.audience, entry.agencies, entry.all_agencies),
            (entry.granted_records, entry.granted_fonds),
        )
        if asked in seen:
            continue
        seen.add(asked)
        yield search.search_id, entry
        if len(seen) >= count:
            return


def _in_both(
    connection: Connection,
    search_id: str,
    entry: SearchEntry,
    generations: tuple[ServingGeneration, ServingGeneration],
) -> RehearsedSearch:
    before, after = (rank(connection, each, entry) for each in generations)
    first = (entry.page - 1) * entry.page_size
    screen = range(first + 1, first + entry.page_size + 1)
    shown = {each: at for each, at in before.ranks.items() if at in screen}
    fates = [change.fate for change in compare(shown, after.ranks, screen)]
    return RehearsedSearch(
        search_id=search_id,
        total_before=before.total,
        total_after=after.total,
        kept=fates.count(Fate.KEPT),
        moved=fates.count(Fate.MOVED),
        lost=fates.count(Fate.LOST),
        gained=fates.count(Fate.GAINED),
    )
