"""Records against what a generation holds of them, in both of its pairs.

Nothing is held up while they are compared. What does not agree is looked at once more, and left out
where a change of it waits or came meanwhile: that change puts it right.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.database import reading
from indexer.engine.port import Held, Pair
from indexer.indexing.findings import Finding, Problem
from indexer.repositories import outbox, records, verifying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Engine

    from indexer.engine.port import Searcher
    from indexer.indexing.findings import IndexReport
    from indexer.indexing.texts_read import TextsRead
    from indexer.records import Record, RecordId

AT_ONCE: Final = 500
"""Records that are compared in one go."""

_NOTHING: Final = Held()


class IndexComparison:
    """Compares the records with one generation.

    Args:
        engine: The database.
        searcher: Answers from the generation.
        texts: Reads the texts of the records.
        set_aside: Records that the generation is knowingly without, with their revisions then.
        report: Told how much was looked at.
        progress: Told that it was.
    """

    def __init__(
        self,
        engine: Engine,
        searcher: Searcher,
        texts: TextsRead,
        report: IndexReport,
        *,
        set_aside: Mapping[RecordId, int],
        progress: Callable[[IndexReport], None],
    ) -> None:
        self._progress = progress
        self._engine = engine
        self._searcher = searcher
        self._texts = texts
        self._report = report
        self._set_aside = set_aside
        self._began_at = searcher.position
        self._passages = dict.fromkeys(Pair, 0)
        """Passages that belong to an id, by pair."""

    def of_records(self) -> Iterator[Finding]:
        """What the index lacks, or has otherwise, of the records that there are or were."""
        ids = self._record_ids("")
        while ids:
            yield from self._compared(ids)
            self._report.texts = self._texts.count
            self._progress(self._report)
            ids = self._record_ids(ids[-1])

    def of_the_index(self) -> Iterator[Finding]:
        """What the index holds of nobody; asked after :meth:`of_records`."""
        for pair in Pair:
            counts = self._searcher.counts(pair)
            if pair is Pair.FULL:
                self._report.indexed = counts.records
            held = self._searcher.record_ids(pair)
            while ids := list(islice(held, AT_ONCE)):
                yield from self._unknown(pair, ids)
            stray = counts.passages - self._passages[pair]
            # Where something came in meanwhile, the two were counted at different times.
            if stray > 0 and self._is_still():
                yield Finding(
                    problem=Problem.STRAY_PASSAGES, subject="", pair=pair, detail=str(stray)
                )

    def _record_ids(self, after: str) -> list[RecordId]:
        with reading(self._engine) as connection:
            return verifying.record_ids_after(connection, after, AT_ONCE)

    def _compared(self, ids: Sequence[RecordId]) -> Iterator[Finding]:
        present, held = self._look(ids)
        self._report.records += sum(1 for each in present.values() if _may_be_seen(each))
        suspects = []
        for record_id in ids:
            for pair in Pair:
                self._passages[pair] += sum(_of(held, pair, record_id).passages.values())
            if list(self._of_record(record_id, present.get(record_id), held)):
                suspects.append(record_id)
        if not suspects:
            return
        present, held = self._look(suspects)
        with reading(self._engine) as connection:
            moving = outbox.changed_after(connection, suspects, self._began_at)
        for record_id in suspects:
            if record_id not in moving:
                yield from self._of_record(record_id, present.get(record_id), held)

    def _look(
        self, ids: Sequence[RecordId]
    ) -> tuple[dict[RecordId, Record], dict[Pair, Mapping[RecordId, Held]]]:
        with reading(self._engine) as connection:
            present = records.load_records(connection, ids)
        return present, {pair: self._searcher.held(pair, ids) for pair in Pair}

    def _of_record(
        self,
        record_id: RecordId,
        record: Record | None,
        held: Mapping[Pair, Mapping[RecordId, Held]],
    ) -> Iterator[Finding]:
        # Also of what nobody may see: its text must be there when somebody may.
        passages = None if record is None else self._texts.passages(record)
        for pair in Pair:
            there = _of(held, pair, record_id)
            if record is None or not _belongs(record, pair):
                if there != _NOTHING:
                    problem = _surplus(pair, is_present=record is not None)
                    yield Finding(problem=problem, subject=record_id, pair=pair)
                continue
            different = _difference(there, record.revision, passages)
            if different is not None:
                problem, detail = different
                if self._set_aside.get(record_id) == record.revision:
                    problem = Problem.SET_ASIDE
                yield Finding(problem=problem, subject=record_id, pair=pair, detail=detail)

    def _unknown(self, pair: Pair, ids: Sequence[RecordId]) -> Iterator[Finding]:
        with reading(self._engine) as connection:
            unknown = verifying.unknown_records(connection, ids)
        for held in self._searcher.held(pair, unknown).values():
            self._passages[pair] += sum(held.passages.values())
        with reading(self._engine) as connection:
            moving = outbox.changed_after(connection, unknown, self._began_at)
        for record_id in unknown:
            if record_id not in moving:
                problem = _surplus(pair, is_present=False)
                yield Finding(problem=problem, subject=record_id, pair=pair)

    def _is_still(self) -> bool:
        with reading(self._engine) as connection:
            newest = outbox.newest_position(connection)
        return self._searcher.position == newest <= self._began_at


def _may_be_seen(record: Record) -> bool:
    return record.access.audience is not None


def _belongs(record: Record, pair: Pair) -> bool:
    if pair is Pair.PUBLIC:
        return record.access.audience is Audience.PUBLIC
    return _may_be_seen(record)


def _of(held: Mapping[Pair, Mapping[RecordId, Held]], pair: Pair, record_id: RecordId) -> Held:
    return held[pair].get(record_id, _NOTHING)


def _surplus(pair: Pair, *, is_present: bool) -> Problem:
    """What is wrong with an entry that should not be there."""
    # Whatever of the public pair is no public record changes what the public is answered.
    return Problem.BREACH if pair is Pair.PUBLIC or is_present else Problem.ORPHANED


def _difference(held: Held, revision: int, passages: int | None) -> tuple[Problem, str] | None:
    """What is wrong with an entry that should be there, and what exactly; ``None`` for nothing.

    Args:
        held: What is there.
        revision: What should be.
        passages: How many passages there should be, ``None`` where that cannot be told.
    """
    if not held.revisions:
        return Problem.NOT_INDEXED, ""
    if held.revisions != (revision,):
        return Problem.STALE, f"{'+'.join(map(str, held.revisions))}→{revision}"
    left_over = sum(count for of, count in held.passages.items() if of != revision)
    there = held.passages.get(revision, 0)
    if left_over or (passages is not None and there != passages):
        return Problem.PASSAGES, f"{there + left_over}→{'?' if passages is None else passages}"
    return None
