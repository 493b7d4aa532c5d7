"""Records to tokens, on every core when there are many of them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from indexer.analysis.analyzer import PageSource, analyzer_for
from indexer.errors import TextMissingError
from indexer.storage.opening import open_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from indexer.engine.port import AnalyzedRecord
    from indexer.records import Record
    from indexer.settings import IndexerSettings
    from indexer.storage import TextStore

CHUNK: Final = 16
"""Records handed to a process at a time."""

INLINE: Final = 32
"""Up to this many are analysed here: starting processes would take longer."""

_PARENT_POLL_S: Final = 1.0


class AnalysisPool:
    """Analyses records, in order.

    Args:
        settings: Of the archive: where its texts are, and how many processes there are to be once
            there is much to do.
    """

    def __init__(self, settings: IndexerSettings) -> None:
        self._settings = settings
        self._processes = settings.process_count
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(
        self, records: Iterable[Record], user_words: tuple[str, ...] = ()
    ) -> Iterator[AnalyzedRecord]:
        """Each record analysed; a text the store has lost leaves its record with less text.

        Args:
            records: In any order.
            user_words: The office's own, of the generation they are for.
        """
        source = iter(records)
        first = list(islice(source, INLINE + 1))
        if len(first) <= INLINE:
            yield from analyze(self._settings, first, user_words)
            return
        try:
            yield from self._spread(first, source, user_words)
        except BrokenProcessPool:
            # Nothing could be analysed any more by what is left of them.
            self.close()
            raise

    def run_apart(
        self, records: Iterable[Record], user_words: tuple[str, ...] = ()
    ) -> Iterator[AnalyzedRecord]:
        """The same, never in this process: one of these records may kill whoever analyses it.

        Raises:
            BrokenProcessPool: It did; the next run has new processes.
        """
        try:
            yield from self._spread([], iter(records), user_words)
        except BrokenProcessPool:
            self.close()
            raise

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _spread(
        self, first: list[Record], rest: Iterator[Record], user_words: tuple[str, ...]
    ) -> Iterator[AnalyzedRecord]:
        if self._executor is None:
            # A fork of a process with threads can deadlock.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(
                self._processes,
                mp_context=context,
                initializer=_end_with_parent,
                initargs=(os.getpid(),),
            )
        chunks = _chunks(first, rest)
        waiting: list[Future[list[AnalyzedRecord]]] = []
        for chunk in chunks:
            waiting.append(self._executor.submit(analyze, self._settings, chunk, user_words))
            if len(waiting) > self._processes * 3:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _end_with_parent(parent: int) -> None:
    """Let this process end soon after its parent, however that went.

    The executor's processes wait at a queue that they hold open themselves: one whose parent was
    killed would wait for ever.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_POLL_S)
        # Not `sys.exit`: that would end this thread alone.
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def analyze(
    settings: IndexerSettings, records: list[Record], user_words: tuple[str, ...] = ()
) -> list[AnalyzedRecord]:
    """Records with the pages they have in the text store, as tokens."""
    store = open_texts(settings)
    analyzer = analyzer_for(user_words)
    return [analyzer.record(record, _pages(store, record)) for record in records]


def _pages(store: TextStore, record: Record) -> Iterator[PageSource]:
    for file in record.files:
        if file.file_hash is None or not file.page_count:
            continue
        try:
            pages = store.pages(file.file_hash, file.extractor)
        except TextMissingError:
            continue  # `verify index` names it; the record stays findable by its description
        last = min(file.last_page or len(pages), len(pages))
        for number in range(file.first_page, last + 1):
            yield PageSource(file.ordinal, number, pages[number - 1])


def _chunks(first: list[Record], rest: Iterator[Record]) -> Iterator[list[Record]]:
    for start in range(0, len(first), CHUNK):
        yield first[start : start + CHUNK]
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
