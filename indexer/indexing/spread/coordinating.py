"""What only one can do where many write the index: cut the work, give it out, note what is reached.

A coordinator may be killed between any two steps. What it gave out is in rows; the next one goes on
from them, and from the position that the generation itself remembers.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.engine.opening import settle_generation
from indexer.indexing.serving import can_answer
from indexer.indexing.spread.election import is_coordinated
from indexer.indexing.spread.job_queue import give_out
from indexer.indexing.spread.slice_work import SliceWork
from indexer.indexing.spread.slicing import (
    DIRECT,
    OPEN_SLICES,
    SLICE,
    Step,
    closed,
    cut_ids,
    cut_positions,
    next_step,
)
from indexer.indexing.spread.versions import Version
from indexer.indexing.worker import IndexWorker, look_at_nothing
from indexer.repositories import generations, outbox, records, set_asides, slices
from indexer.repositories.generations import GenerationState
from indexer.repositories.slices import WORKER_DIED, SliceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine

    from indexer.engine.port import IndexWriter
    from indexer.indexing.spread.election import Term
    from indexer.indexing.spread.job_queue import JobQueue
    from indexer.indexing.worker import Look
    from indexer.repositories.generations import GenerationRow
    from indexer.repositories.slices import Slice
    from indexer.settings import IndexerSettings

TEND_S: Final = 2.0
"""How often dead workers are looked for."""

_URGENT: Final = 20
_CONSTRUCTION: Final = 0


class Coordinator(IndexWorker):
    """An index worker that lets others do the work; make one for each term.

    No step waits for a slice: what is not done yet is looked at again in the next one.

    Args:
        engine: The database. settings: Engine, folders and processes.
        term: During which it may do so. queue: Of jobs.
        look: Compares generations before one follows another.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        term: Term,
        queue: JobQueue,
        look: Look = look_at_nothing,
    ) -> None:
        super().__init__(engine, settings, look)
        self._term = term
        self._queue = queue
        self._direct = SliceWork(engine, settings, self._writers)
        self._tended_at = -TEND_S
        with term.writing(engine) as connection:
            slices.note_deaths_of_coordinators(
                connection, self._own_files(connection), term.number, WORKER_DIED
            )

    def close(self) -> None:
        """Let go of the writers and end the processes; what was given out stays so."""
        self._direct.close()
        super().close()

    def step(self) -> bool:
        """Go on with everything that can be gone on with; whether there was anything.

        Raises:
            ElectionLostError: Another coordinates by now.
        """
        self._term.confirm()
        self._tend()
        serving = self.ensure_serving()
        self._name(serving)
        is_busy = False
        if self._can_answer(serving):
            is_busy = self._advance(serving, _URGENT)
        elif self._may_follow(serving):
            self._begin_successor()
        return self._build_a_piece() or self._finish(serving) or is_busy

    def _writing(self) -> AbstractContextManager[Connection]:
        """A transaction of this term."""
        return self._term.writing(self._engine)

    def is_at_rest(self) -> bool:
        """Whether nothing waits, is out or is under construction."""
        with reading(self._engine) as connection:
            serving = generations.serving(connection)
            building = generations.building(connection)
            whole = generations.whole(connection)
            left = slices.waiting(connection).slices
            is_held = whole is None or whole.held
            if serving is None or building is not None or left or not is_held:
                return False
            newest = outbox.newest_position(connection)
            return not can_answer(connection, serving, self._settings) or (
                self._writer(serving.files).position >= newest
            )

    def _may_follow(self, serving: GenerationRow) -> bool:
        """Whether this version is to take the place of the one that wrote a generation.

        Two that run side by side would else build in turn, for ever.
        """
        theirs = Version.of(serving)
        if theirs == self._term.version or self._term.version.is_newer_than(theirs):
            return True
        with reading(self._engine) as connection:
            return not is_coordinated(connection, theirs)

    def _is_own(self, row: GenerationRow) -> bool:
        return Version.of(row) == self._term.version

    def _own_files(self, connection: Connection) -> set[int]:
        return {row.files for row in generations.list_all(connection) if self._is_own(row)}

    def _tend(self) -> None:
        """Take back what dead workers had, and forget what nobody needs any more."""
        now = time.monotonic()
        if now - self._tended_at < TEND_S:
            return
        self._tended_at = now
        for job_id in self._queue.without_worker():
            with self._writing() as connection:
                slices.note_death_of_job(connection, job_id, WORKER_DIED)
            self._queue.forget(job_id)
        with reading(self._engine) as connection:
            out = slices.jobs_out(connection, self._own_files(connection))
        # Asked for afterwards: a job that ends in between took its slice along.
        if gone := out - self._queue.known():
            with self._writing() as connection:
                slices.take_back_jobs(connection, gone)
        with self._writing() as connection:
            kept = {
                row.files
                for row in generations.list_all(connection)
                if row.state is not GenerationState.DROPPED
            }
            slices.forget_others(connection, kept)
            set_asides.forget_others(connection, kept)

    def _advance(self, row: GenerationRow, priority: int) -> bool:
        """Close what is done of a generation's changes, and cut what is new; whether any was."""
        writer = self._writer(row.files)
        with reading(self._engine) as connection:
            out = slices.of_files(connection, row.files, SliceKind.CHANGES)
        is_busy = self._close_changes(row, writer, out)
        is_busy |= self._give_out_idle(out, writer, priority)
        cut_up_to = max((each.bounds.last_position for each in out), default=writer.position)
        room = OPEN_SLICES - sum(not each.is_done for each in out)
        with reading(self._engine) as connection:
            waiting = outbox.positions_after(connection, cut_up_to, max(DIRECT + 1, room * SLICE))
        if not waiting:
            return is_busy
        if len(waiting) <= DIRECT:
            self._do_directly(row, cut_up_to, waiting, is_next=cut_up_to == writer.position)
            return True
        if room <= 0:
            return is_busy
        with self._writing() as connection:
            ranges = cut_positions(cut_up_to, waiting[: room * SLICE], SLICE)
            ids = slices.add(connection, row.files, SliceKind.CHANGES, ranges, utc_now())
            self._give_out(connection, ids, priority)
        return True

    def _close_changes(self, row: GenerationRow, writer: IndexWriter, out: list[Slice]) -> bool:
        done = closed(out)
        if not done:
            return False
        self._term.confirm()
        writer.commit(max(writer.position, done[-1].bounds.last_position))
        with self._writing() as connection:
            slices.forget(connection, done)
        self._count(row.number, writer)
        return True

    def _do_directly(
        self, row: GenerationRow, after: int, positions: Sequence[int], *, is_next: bool
    ) -> None:
        """Take in a few changes at once, in the way of a slice: it may kill like any other."""
        with self._writing() as connection:
            [slice_id] = slices.add(
                connection,
                row.files,
                SliceKind.CHANGES,
                cut_positions(after, positions, len(positions)),
                utc_now(),
                term=self._term.number,
            )
            piece = slices.load(connection, slice_id)
        assert piece is not None  # noqa: S101 - it was cut in this transaction
        try:
            is_done = self._direct.do(piece, positions[-1] if is_next else 0)
        except Exception:
            with writing(self._engine) as connection:
                slices.take_back(connection, piece)
            raise
        if is_done and is_next:
            with self._writing() as connection:
                slices.forget(connection, [piece])
            self._count(row.number, self._writer(row.files))

    def _give_out_idle(self, out: Sequence[Slice], writer: IndexWriter, priority: int) -> bool:
        """Give out again what came back, cut it up or set it aside; whether there was anything."""
        idle = [each for each in out if each.is_idle]
        for piece in idle:
            match next_step(piece):
                case Step.GIVE_OUT:
                    with self._writing() as connection:
                        self._give_out(connection, [piece.slice_id], priority)
                case Step.CUT_UP:
                    with self._writing() as connection:
                        slices.cut_up(connection, piece, utc_now())
                case Step.SET_ASIDE:
                    self._set_aside(piece, writer)
        return bool(idle)

    def _set_aside(self, piece: Slice, writer: IndexWriter) -> None:
        """Go on without a record. Its former state stays, unless fewer may see it by now."""
        record_id = piece.record_id
        assert record_id is not None  # noqa: S101 - a slice of many is cut up before
        with reading(self._engine) as connection:
            is_present = record_id in records.indexable_revisions(connection, [record_id])
            is_restricted = set_asides.is_restricted_since(connection, record_id, writer.position)
            change = outbox.last_changes(connection, [record_id]).get(record_id)
        if is_restricted or not is_present:
            # Before the position passes it: until then it is denied.
            writer.delete({record_id: change.position if change else 0})
            writer.flush()
        with self._writing() as connection:
            if is_present:
                set_asides.add(
                    connection,
                    piece.files,
                    record_id,
                    deaths=piece.deaths,
                    reason=piece.reason,
                    at=utc_now(),
                )
            slices.settle(connection, piece)

    def _build_a_piece(self) -> bool:
        """Go on with the generation under construction; whether there was anything to be done."""
        with reading(self._engine) as connection:
            building = generations.building(connection)
            if building is None or not self._is_own(building):
                return False
            out = slices.of_files(connection, building.files, SliceKind.RECORDS)
        writer = self._writer(building.files)
        if not out and not writer.position:
            # Whatever changes from now on comes to it from the outbox afterwards.
            with reading(self._engine) as connection:
                writer.commit(outbox.newest_position(connection))
        done = closed(out)
        # The last one says how far it was cut.
        if len(done) > 1:
            with self._writing() as connection:
                slices.forget(connection, done[:-1])
            self._count(building.number, writer)
        is_busy = len(done) > 1
        is_busy |= self._give_out_idle(out, writer, _CONSTRUCTION)
        room = OPEN_SLICES - sum(not each.is_done for each in out)
        if room <= 0:
            return is_busy
        after = max((each.bounds.last_id for each in out), default="")
        with reading(self._engine) as connection:
            ids = records.ids_after(connection, after, room * SLICE)
        if ids:
            with self._writing() as connection:
                ranges = cut_ids(after, ids, SLICE)
                cut = slices.add(connection, building.files, SliceKind.RECORDS, ranges, utc_now())
                self._give_out(connection, cut, _CONSTRUCTION)
            return True
        if len(done) < len(out):
            return is_busy
        self._count(building.number, writer)
        settle_generation(self._settings, building.files)
        with self._writing() as connection:
            slices.forget(connection, out)
            generations.mark_whole(connection, building.number)
        return True

    def _finish(self, serving: GenerationRow) -> bool:
        """Bring the whole generation up to date, and let it serve unless it is held back."""
        with reading(self._engine) as connection:
            whole = generations.whole(connection)
        if whole is None or not self._is_own(whole):
            return False
        if not self._can_answer(whole):
            # The dictionaries changed while it was held.
            with self._writing() as connection:
                generations.mark_dropped(connection, whole.number)
            return True
        if self._advance(whole, _URGENT):
            return True
        if self._has_slices(whole):
            return False
        return self._let_follow(serving, whole)

    def _let_follow(self, serving: GenerationRow, whole: GenerationRow) -> bool:
        is_asked = self._can_answer(serving)
        if is_asked and whole.number not in self._looked_at:
            self._look(serving, whole)
            self._looked_at.add(whole.number)
            return True
        # Where nothing can be asked there is nothing to wait for.
        if whole.held and is_asked:
            return False
        with self._writing() as connection:
            present = generations.whole(connection)
            is_it_still = present is not None and present.number == whole.number
            if is_it_still:
                generations.make_serving(connection, whole.number, at=utc_now())
        if is_it_still:
            self._drop_old()
        return True

    def _has_slices(self, row: GenerationRow) -> bool:
        with reading(self._engine) as connection:
            return bool(slices.of_files(connection, row.files, SliceKind.CHANGES))

    def _give_out(self, connection: Connection, ids: Sequence[int], priority: int) -> None:
        jobs = give_out(connection, self._term.version.name, dict.fromkeys(ids, priority))
        slices.give_out(connection, jobs)
