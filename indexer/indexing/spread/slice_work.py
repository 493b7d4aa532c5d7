"""One slice: its records as they are now, analysed and written, and looked at again.

A record may change while it is in hand, and another worker may have written it by then in its later
state. What is put and what is deleted carries a position, so that an older state replaces no newer
one; but what was deleted an engine forgets after a while, and then an older state could come back.
So nothing is believed to be written until the records are looked at again and are still what was
written: the last to write a record sees its last state, whatever the order was.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from traceback import format_tb
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import DBAPIError

from indexer.database import reading, writing
from indexer.errors import DocumentRefusedError, EngineError, QueryRoomError, StorageError
from indexer.indexing.analysis_pool import AnalysisPool
from indexer.repositories import (
    generations,
    outbox,
    records,
    set_asides,
    slices,
    vocabularies,
)
from indexer.repositories.outbox import ChangeKind
from indexer.repositories.slices import ANALYSIS_DIED

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.indexing.writers import Writers
    from indexer.records import Record, RecordId
    from indexer.repositories.slices import Slice
    from indexer.settings import IndexerSettings

_BEFALLS_ALL: Final = (EngineError, StorageError, DBAPIError, OSError)
"""What befalls every slice alike: it is tried later, and nobody died of it."""

_MAX_REASON: Final = 30
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Now:
    """Records as they are.

    Attributes:
        present: To be put. gone: To be deleted, each as of its last change.
    """

    present: list[Record]
    gone: dict[RecordId, int]


class SliceWork:
    """Does slices, one at a time; make one for each thread.

    Args:
        engine: The database. settings: Engine, folders and processes. writers: Of this thread.
    """

    def __init__(self, engine: Engine, settings: IndexerSettings, writers: Writers) -> None:
        self._engine = engine
        self._writers = writers
        self._pool = AnalysisPool(settings)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def do_job(self, job_id: int, slice_id: int) -> None:
        """Do the slice of a job; nothing where that is no longer the job's to do.

        Raises:
            QueryRoomError: It could not be done for reasons that are not its own.
        """
        with reading(self._engine) as connection:
            piece = slices.held_by_job(connection, slice_id, job_id)
        if piece is not None:
            self._writers.keep_only(piece.files)
            self.do(piece)

    def do(self, piece: Slice, position: int = 0) -> bool:
        """Do a slice that this process holds; whether it is done now.

        Whatever goes wrong with its records counts as a death, so that no record can hold up all
        that comes after it.

        Args:
            piece: As it was given out.
            position: What to note with what is written; 0 for nothing.

        Raises:
            QueryRoomError: It could not be done for reasons that are not its own.
        """
        try:
            present = self._write(piece, position)
        except Exception as error:
            # What it has taken in and not written may be what did the harm.
            self._writers.close(piece.files)
            if not _is_its_own(error):
                raise
            # Where, and not what: messages and values may hold the text of a record.
            _log.error(
                "slice_failed",
                slice=piece.slice_id,
                record=piece.record_id,
                reason=_reason(error),
                where=format_tb(error.__traceback__)[-1],
            )
            self._note_death(piece, _reason(error))
            return False
        with writing(self._engine) as connection:
            is_mine = slices.mark_done(connection, piece)
            if is_mine:
                set_asides.remove(connection, piece.files, present)
        return is_mine

    def _write(self, piece: Slice, position: int) -> list[RecordId]:
        """Bring the records of a slice into its generation; those that it holds now."""
        with reading(self._engine) as connection:
            row = generations.with_files(connection, piece.files)
            if row is None:
                return []  # nobody will ever ask it
            user_words = vocabularies.words(connection, row.vocabulary)
            ids = slices.record_ids(connection, piece)
            known = set_asides.revisions(connection, piece.files)
        writer = self._writers.of(piece.files)
        # A record that is known to kill waits until it changes or somebody lets it be tried.
        left_out = self._known_to_kill(ids, known) if piece.record_id is None else frozenset()
        writer.delete(self._restricted(piece, left_out))
        todo = [each for each in ids if each not in left_out]
        written: dict[RecordId, int] = {}
        while True:
            now = self._read(piece, todo)
            writer.delete(now.gone)
            is_suspect = piece.deaths > 0 or piece.record_id is not None
            run = self._pool.run_apart if is_suspect else self._pool.run
            writer.put(run(now.present, user_words))
            if position:
                writer.commit(position)
            else:
                writer.flush()
            for each in todo:
                written.pop(each, None)
            written |= {record.record_id: record.revision for record in now.present}
            with reading(self._engine) as connection:
                later = records.indexable_revisions(connection, todo)
            todo = [each for each in todo if written.get(each) != later.get(each)]
            if not todo:
                return list(written)

    def _read(self, piece: Slice, ids: list[RecordId]) -> _Now:
        """What is to be done about some records as they are at this moment."""
        with reading(self._engine) as connection:
            present = records.load_records(connection, ids)
            changes = outbox.last_changes(connection, ids)
            anew = {
                each
                for each, change in outbox.last_changes(
                    connection, ids, piece.bounds.after_position
                ).items()
                if change.kind is ChangeKind.ANEW
            }
        indexable = [
            present[each]
            for each in ids
            if each in present and present[each].description.level.audience is not None
        ]
        # What is to be put anew is taken out first, in the same breath.
        kept = {each.record_id for each in indexable} - anew
        return _Now(
            present=indexable,
            gone={each: changes[each].position for each in ids if each in changes.keys() - kept},
        )

    def _known_to_kill(
        self, ids: list[RecordId], known: dict[RecordId, int]
    ) -> frozenset[RecordId]:
        """Records that are set aside in the very state in which they are now."""
        suspects = [each for each in ids if each in known]
        if not suspects:
            return frozenset()
        with reading(self._engine) as connection:
            now = records.indexable_revisions(connection, suspects)
        return frozenset(each for each in suspects if now.get(each) == known[each])

    def _restricted(self, piece: Slice, ids: frozenset[RecordId]) -> dict[RecordId, int]:
        """Those of which the former state may not stay, with their last positions."""
        if not ids:
            return {}
        with reading(self._engine) as connection:
            changes = outbox.last_changes(connection, sorted(ids), piece.bounds.after_position)
            return {
                each: change.position
                for each, change in changes.items()
                if set_asides.is_restricted_since(connection, each, piece.bounds.after_position)
            }

    def _note_death(self, piece: Slice, reason: str) -> None:
        with writing(self._engine) as connection:
            slices.note_death(connection, piece, reason)


def _is_its_own(error: Exception) -> bool:
    """Whether it would be the same the next time, by this very record."""
    return isinstance(error, DocumentRefusedError) or not isinstance(error, _BEFALLS_ALL)


def _reason(error: Exception) -> str:
    if isinstance(error, BrokenProcessPool):
        return ANALYSIS_DIED
    word = error.code if isinstance(error, QueryRoomError) else type(error).__name__
    return word[:_MAX_REASON]
