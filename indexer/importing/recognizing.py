"""Pages that wait, recognised: picture → guard → text store → parser → records → outbox.

The queue is the contents' own rows, a page is noted as soon as it is read, and nothing is held
while one is being read: imports, undoing and quarantine go on meanwhile. Whatever takes a content
away does so in its row; a page that comes after that is thrown away.
"""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from indexer.errors import RecognitionMissingError, StorageError, StoreUnreachableError
from indexer.extraction import ExtractionJob, Failed, Quarantined, Reason
from indexer.extraction.pool import ExtractionPool
from indexer.importing.quarantine import isolate_marked
from indexer.importing.recognized import RecognizedFile
from indexer.importing.settling import columns_of
from indexer.importing.stores import Stores
from indexer.indexing.lock import writer_lock
from indexer.originals import locate
from indexer.recognition import RecognitionJob
from indexer.recognition.pool import PageReader
from indexer.recognition.rapid import RapidRecognizer, is_installed
from indexer.repositories import files, recognition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow
    from indexer.repositories.recognition import Backlog
    from indexer.settings import IndexerSettings

FOLDER: Final = "recognizing"
"""In the data folder: what the one process that recognises holds while it runs."""


def backlog(engine: Engine) -> Backlog:
    """What waits to be recognised, and for how long yet."""
    with reading(engine) as connection:
        return recognition.backlog(connection, RapidRecognizer.name)


def recognize(
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    progress: Callable[[Backlog], None] = lambda _: None,
) -> None:
    """Recognise whatever waits, until nothing does or ``stop`` is set.

    Args:
        engine: The database.
        settings: Pages at once, and what one may take.
        stop: Ends the work after the pages that are being read.
        progress: Told what waits, before the first page and after each.

    Raises:
        RecognitionMissingError: The extra is not there; the pages go on waiting.
        WriterLockedError: Another process recognises.
        StorageFullError: No space; run again to go on.
    """
    if not is_installed():
        raise RecognitionMissingError
    with writer_lock(settings.data / FOLDER):
        progress(backlog(engine))
        _Recognition(engine, settings, stop, progress).run()


class _Recognition:
    """Works off the queue: one file to a thread, one process to a thread."""

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        stop: threading.Event,
        progress: Callable[[Backlog], None],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._folder = settings.data / FOLDER
        self._stores = Stores.of(settings, incoming=self._folder / "incoming")
        self._stop = stop
        self._progress = progress
        self._lock = threading.Lock()
        self._taken: set[FileHash] = set()
        self._failed = threading.Event()

    def run(self) -> None:
        """Work off the queue."""
        shutil.rmtree(self._folder / "incoming", ignore_errors=True)  # of one that was killed
        count = self._settings.recognition_process_count
        with ThreadPoolExecutor(count, thread_name_prefix="recognizer") as threads:
            # Whoever fails ends all: a full disk is full for the others, too.
            for done in [threads.submit(self._work) for _ in range(count)]:
                done.result()

    def _work(self) -> None:
        try:
            with PageReader(self._settings, self._folder) as reader:
                while not self._is_over():
                    content = self._take()
                    if content is None:
                        return
                    self._read(content, reader)
        except BaseException:
            self._failed.set()
            raise

    def _is_over(self) -> bool:
        return self._stop.is_set() or self._failed.is_set()

    def _take(self) -> ContentRow | None:
        with self._lock, reading(self._engine) as connection:
            content = recognition.next_content(connection, self._taken)
            if content is not None:
                self._taken.add(content.file_hash)
        return content

    def _read(self, content: ContentRow, reader: PageReader) -> None:
        file = RecognizedFile(self._engine, self._stores, content.file_hash)
        try:
            with reading(self._engine) as connection:
                path = locate(connection, self._stores.originals, content.file_hash)
        except StoreUnreachableError:
            raise  # the pages go on waiting
        except StorageError as error:
            file.give_up_all(Reason.UNREADABLE, type(error).__name__)
            return
        if content.unread_pages is None:
            content = self._counted(content, path)
        for page in content.unread_pages or ():
            if self._is_over():
                break
            job = RecognitionJob(path=path, media_type=content.media_type, page=page)
            started = time.monotonic()
            outcome = reader.read(job)
            is_waiting = file.take(page, outcome)
            self._note_pace(time.monotonic() - started)
            if not is_waiting:
                break
        with self._lock:
            self._taken.discard(content.file_hash)

    def _counted(self, content: ContentRow, path: Path) -> ContentRow:
        """The content with its pages, which an older version did not note."""
        job = ExtractionJob(path=path, file_hash=content.file_hash, name="")
        with ExtractionPool(self._settings, self._settings.texts, self._stores.texts) as pool:
            ((_, outcome),) = pool.run([job])
        if isinstance(outcome, Quarantined):
            isolate_marked(
                self._engine, self._stores, content.batch_number, job.file_hash, outcome.marking
            )
        else:
            with writing(self._engine) as connection:
                files.note_outcomes(connection, {content.file_hash: columns_of(outcome)})
                if isinstance(outcome, Failed) and not outcome.unread_pages:
                    recognition.settle_paths(
                        connection,
                        content.file_hash,
                        reason=outcome.reason,
                        detail=outcome.detail,
                    )
        with reading(self._engine) as connection:
            return files.contents(connection, [content.file_hash]).get(content.file_hash, content)

    def _note_pace(self, seconds: float) -> None:
        with self._lock:
            milliseconds = round(seconds * 1000 / self._settings.recognition_process_count)
            with writing(self._engine) as connection:
                recognition.note_pace(
                    connection, RapidRecognizer.name, pages=1, milliseconds=milliseconds
                )
            self._progress(backlog(self._engine))
