"""The one writer: takes changes from the outbox into the index, and builds new generations.

Between any two steps it may be killed: what was committed stays, and the next worker goes on from
the position that the generation itself remembers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from indexer.database import reading, utc_now, writing
from indexer.engine.opening import drop_generation, name_serving, settle_generation
from indexer.indexing.analysis_pool import AnalysisPool
from indexer.indexing.building import build_step
from indexer.indexing.generating import begin_generation
from indexer.indexing.lock import note_step
from indexer.indexing.serving import can_answer
from indexer.indexing.writers import Writers
from indexer.repositories import generations, outbox, records, vocabularies
from indexer.repositories.generations import GenerationState
from indexer.repositories.outbox import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine

    from indexer.engine.port import IndexWriter
    from indexer.records import Record, RecordId
    from indexer.repositories.generations import GenerationRow
    from indexer.repositories.outbox import Change
    from indexer.settings import IndexerSettings

Look: TypeAlias = "Callable[[GenerationRow, GenerationRow], None]"
"""Compares the generation that answers with the one that is to follow."""

CHANGES_PER_COMMIT: Final = 2_000
"""Changes taken from the outbox between two commits; a commit costs some 50 ms."""


def look_at_nothing(serving: GenerationRow, successor: GenerationRow) -> None:
    """Compare nothing."""


class IndexWorker:
    """Writes the index; make one only while holding :func:`~indexer.indexing.lock.writer_lock`.

    Args:
        engine: The database.
        settings: Engine, folders and processes.
        look: Told of the generation that answers and of the whole one that is to follow it, before
            it does; may be told again after a kill.
    """

    def __init__(
        self, engine: Engine, settings: IndexerSettings, look: Look = look_at_nothing
    ) -> None:
        self._look = look
        self._looked_at: set[int] = set()
        self._engine = engine
        self._settings = settings
        self._pool = AnalysisPool(settings)
        self._writers = Writers(settings)
        self._named: int | None = None

    def close(self) -> None:
        """Let go of the writers and end the processes."""
        self._writers.close_all()
        self._pool.close()

    def ensure_serving(self) -> GenerationRow:
        """The serving generation; where there is none yet, an empty one that begins to serve."""
        with reading(self._engine) as connection:
            row = generations.serving(connection)
        if row is not None:
            return row
        with self._writing() as connection:
            number = begin_generation(connection, self._settings, at=utc_now())
        self._writer(number).commit(0)
        with self._writing() as connection:
            generations.make_serving(connection, number, at=utc_now())
            serving = generations.serving(connection)
        assert serving is not None  # noqa: S101 - made in the same transaction
        return serving

    def step(self) -> bool:
        """Do the most urgent piece of work; whether there was any.

        Changes go before construction: a new record is found within a second even while the whole
        index is being rebuilt.
        """
        note_step(self._settings.index)
        serving = self.ensure_serving()
        self._name(serving)
        if not self._can_answer(serving):
            self._begin_successor()
        elif self._apply_changes(serving):
            return True
        return self._build_a_piece() or self._finish(serving)

    def catch_up(self, progress: Callable[[int], None] | None = None) -> None:
        """Work until the outbox is empty and nothing is under construction.

        Args:
            progress: Told after each step how many changes still wait.
        """
        while self.step():
            if progress is not None:
                progress(self.backlog())

    def backlog(self) -> int:
        """Outbox positions that the serving generation has not reached."""
        serving = self.ensure_serving()
        with reading(self._engine) as connection:
            newest = outbox.newest_position(connection)
        if not self._can_answer(serving):
            return newest
        return max(0, newest - self._writer(serving.files).position)

    def _name(self, serving: GenerationRow) -> None:
        """Let those who look into the engine see what answers; after a way back, too."""
        if self._named != serving.number and self._can_answer(serving):
            name_serving(self._settings, serving.files)
            self._named = serving.number

    def _begin_successor(self) -> None:
        """Begin the generation that this version can ask, if it is not under construction yet.

        What another version wrote is neither asked nor written to: its fields are others.
        """
        with self._writing() as connection:
            successor = generations.building(connection) or generations.whole(connection)
            if successor is None or not can_answer(connection, successor, self._settings):
                begin_generation(connection, self._settings, at=utc_now())

    def _can_answer(self, row: GenerationRow) -> bool:
        with reading(self._engine) as connection:
            return can_answer(connection, row, self._settings)

    def _apply_changes(self, row: GenerationRow) -> bool:
        writer = self._writer(row.files)
        with reading(self._engine) as connection:
            user_words = vocabularies.words(connection, row.vocabulary)
            changes = outbox.changes_after(connection, writer.position, CHANGES_PER_COMMIT)
            latest = _latest(changes)
            present = records.load_records(connection, list(latest))
        if not changes:
            return False
        indexable = [
            present[each] for each in latest if each in present and _indexable(present[each])
        ]
        kept = {each.record_id for each in indexable} - {
            each.record_id for each in changes if each.kind is ChangeKind.ANEW
        }
        writer.delete({each: latest[each].position for each in latest if each not in kept})
        writer.put(self._pool.run(indexable, user_words))
        writer.commit(changes[-1].position)
        self._count(row.number, writer)
        return True

    def _build_a_piece(self) -> bool:
        with reading(self._engine) as connection:
            building = generations.building(connection)
            if building is None:
                return False
            user_words = vocabularies.words(connection, building.vocabulary)
        writer = self._writer(building.files)
        if build_step(self._engine, writer, self._pool, user_words):
            self._count(building.number, writer)
            return True
        settle_generation(self._settings, building.files)
        with self._writing() as connection:
            generations.mark_whole(connection, building.number)
        return True

    def _finish(self, serving: GenerationRow) -> bool:
        """Bring the whole generation up to date, and let it serve unless it is held back."""
        with reading(self._engine) as connection:
            whole = generations.whole(connection)
        if whole is None:
            return False
        if not self._can_answer(whole):
            # The dictionaries changed while it was held.
            with self._writing() as connection:
                generations.mark_dropped(connection, whole.number)
            return True
        is_new = self._take_in(whole)
        is_asked = self._can_answer(serving)
        if is_asked and whole.number not in self._looked_at:
            self._look(serving, whole)
            self._looked_at.add(whole.number)
            self._take_in(whole)
            is_new = True
        # Where nothing can be asked there is nothing to wait for.
        if whole.held and is_asked:
            return is_new
        with self._writing() as connection:
            present = generations.whole(connection)
            if present is None or present.number != whole.number:
                return True  # another one was begun in its favour meanwhile
            generations.make_serving(connection, whole.number, at=utc_now())
        self._drop_old()
        return True

    def _take_in(self, row: GenerationRow) -> bool:
        """Take in all that waits for a generation; whether there was anything."""
        is_new = False
        while self._apply_changes(row):
            is_new = True
        return is_new

    def _writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes."""
        return writing(self._engine)

    def _count(self, number: int, writer: IndexWriter) -> None:
        counts = writer.counts()
        with self._writing() as connection:
            generations.note_counts(connection, number, counts.records, counts.passages)

    def _writer(self, files: int) -> IndexWriter:
        return self._writers.of(files)

    def _drop_old(self) -> None:
        """Keep the serving generation, the one before it and one that is to follow."""
        with reading(self._engine) as connection:
            rows = generations.list_all(connection)
            previous = generations.previous(connection)
        kept = {previous.number} if previous is not None else set()
        gone = [
            row
            for row in rows
            if row.state is GenerationState.DROPPED
            or (row.state is GenerationState.RETIRED and row.number not in kept)
        ]
        needed = {row.files for row in rows if row not in gone}
        for row in gone:
            if row.state is not GenerationState.DROPPED:
                with self._writing() as connection:
                    generations.mark_dropped(connection, row.number)
            if row.files not in needed:
                self._writers.close(row.files)
                drop_generation(self._settings, row.files)


def _latest(changes: list[Change]) -> dict[RecordId, Change]:
    """The last change to each record, in the order of those last changes."""
    latest: dict[RecordId, Change] = {}
    for change in changes:
        latest.pop(change.record_id, None)
        latest[change.record_id] = change
    return latest


def _indexable(record: Record) -> bool:
    return record.description.level.audience is not None
