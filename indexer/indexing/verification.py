"""Do database, originals, texts and index agree?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.engine.opening import open_searcher
from indexer.errors import EngineError
from indexer.indexing.findings import Finding, IndexReport, Problem
from indexer.indexing.index_comparing import IndexComparison
from indexer.indexing.serving import can_answer
from indexer.indexing.store_comparing import StoreComparison
from indexer.indexing.texts_read import TextsRead
from indexer.repositories import generations, outbox, set_asides
from indexer.storage.opening import open_originals, open_texts, open_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from indexer.engine.port import Searcher
    from indexer.settings import IndexerSettings


def verify_index(engine: Engine, settings: IndexerSettings) -> IndexReport:
    """What does not agree among records, originals, texts and the generation that answers."""
    verification = Verification(engine, settings)
    for finding in verification.findings():
        verification.report.add(finding)
    return verification.report


class Verification:
    """Looks everything through once, while all goes on.

    Args:
        engine: The database.
        settings: Engine and folders.
        is_importing: Whether an import runs: what it brings is in the stores before it is known.
        progress: Told how much was looked at, now and then.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        *,
        is_importing: bool = False,
        progress: Callable[[IndexReport], None] = lambda _: None,
    ) -> None:
        self._progress = progress
        self.report = IndexReport(is_importing=is_importing)
        """What was looked at so far; whoever takes the findings adds them."""
        self._engine = engine
        self._settings = settings

    def findings(self) -> Iterator[Finding]:
        """Whatever does not agree, as it is found; each once."""
        texts = open_texts(self._settings)
        read = TextsRead(texts)
        stores = StoreComparison(
            self._engine,
            originals=open_originals(self._settings),
            texts=texts,
            words=open_words(self._settings),
            read=read,
        )
        searcher, missing = self._searcher()
        if missing is not None:
            yield missing
        if searcher is not None:
            yield from self._of_the_index(searcher, stores, read)
        yield from stores.of_contents(read_before=searcher is not None)
        if not self.report.is_importing:
            yield from stores.of_stores()
        self.report.texts = read.count

    def _of_the_index(
        self, searcher: Searcher, stores: StoreComparison, read: TextsRead
    ) -> Iterator[Finding]:
        with reading(self._engine) as connection:
            self.report.waiting = max(0, outbox.newest_position(connection) - searcher.position)
            serving = generations.serving(connection)
            aside = set_asides.revisions(connection, serving.files) if serving else {}
        index = IndexComparison(
            self._engine, searcher, read, self.report, set_aside=aside, progress=self._progress
        )
        for finding in index.of_records():
            yield finding
            yield from stores.unreadable()
        yield from stores.unreadable()
        yield from index.of_the_index()

    def _searcher(self) -> tuple[Searcher | None, Finding | None]:
        with reading(self._engine) as connection:
            serving = generations.serving(connection)
            is_readable = serving is not None and can_answer(connection, serving, self._settings)
        if serving is None:
            return None, Finding(problem=Problem.NO_GENERATION, subject="")
        number = str(serving.number)
        if not is_readable:
            return None, Finding(problem=Problem.NO_GENERATION, subject=number)
        try:
            return open_searcher(self._settings, serving.files), None
        except EngineError:
            return None, Finding(problem=Problem.INDEX_UNREADABLE, subject=number)
