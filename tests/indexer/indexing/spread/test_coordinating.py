from __future__ import annotations

import random
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, utc_now, writing
from indexer.errors import EngineUnavailableError
from indexer.indexing.generating import begin_generation
from indexer.indexing.spread import coordinating, job_queue
from indexer.indexing.spread.coordinating import Coordinator
from indexer.indexing.spread.election import elected
from indexer.indexing.spread.job_queue import JobQueue
from indexer.indexing.spread.slice_work import SliceWork
from indexer.indexing.spread.versions import Version
from indexer.indexing.writers import Writers
from indexer.repositories import (
    coordinators,
    generations,
    outbox,
    records,
    set_asides,
    slices,
    withdrawals,
)
from indexer.repositories.generations import GenerationState
from indexer.repositories.outbox import ChangeKind, queue
from indexer.repositories.slices import SliceKind
from tests.fixtures.archive import SmallArchive
from tests.fixtures.shared_index import SharedSearcher, SharedWriter, agrees, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.engine.port import AnalyzedRecord
    from indexer.records import RecordId

pytestmark = pytest.mark.postgresql

RECORDS = 23


@pytest.fixture
def archive(shared_archive: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> SmallArchive:
    """Some records that wait in the outbox, and slices of three of them."""
    monkeypatch.setattr(SmallArchive, "index", lambda _: None)
    monkeypatch.setattr(coordinating, "SLICE", 3)
    monkeypatch.setattr(coordinating, "DIRECT", 1)
    monkeypatch.setattr(coordinating, "OPEN_SLICES", 4)
    monkeypatch.setattr(coordinating, "TEND_S", 0.05)
    for number in range(RECORDS):
        shared_archive.add(f"第{number}件")
    shared_archive.run()
    return shared_archive


@contextmanager
def worker(archive: SmallArchive) -> Iterator[JobQueue]:
    """A process's worth of doing slices."""
    writers = Writers(archive.settings)
    work = SliceWork(archive.engine, archive.settings, writers)
    queue_of_jobs = JobQueue(archive.engine, Version.here(archive.settings).name, work.do_job)
    queue_of_jobs.start()
    try:
        yield queue_of_jobs
    finally:
        queue_of_jobs.stop()
        work.close()
        writers.close_all()


@contextmanager
def coordinator(archive: SmallArchive, queue_of_jobs: JobQueue) -> Iterator[Coordinator]:
    with elected(archive.engine, Version.here(archive.settings)) as term:
        assert term is not None
        one = Coordinator(archive.engine, archive.settings, term, queue_of_jobs)
        try:
            yield one
        finally:
            one.close()


def work_to_rest(one: Coordinator) -> list[int]:
    """Step until nothing is left; every position that was reached on the way."""
    reached: list[int] = []
    for _ in range(1000):
        if not one.step():
            if one.is_at_rest():
                return reached
            time.sleep(0.005)
        with reading(one._engine) as connection:
            serving = generations.serving(connection)
        assert serving is not None
        reached.append(one._writer(serving.files).position)
    pytest.fail("it does not come to an end")


def ids_of(archive: SmallArchive) -> list[RecordId]:
    with reading(archive.engine) as connection:
        return records.ids_after(connection, "", 1000)


def newest(archive: SmallArchive) -> int:
    with reading(archive.engine) as connection:
        return outbox.newest_position(connection)


def queue_again(archive: SmallArchive, ids: list[RecordId], *, restricts: bool = False) -> int:
    last = 0
    with writing(archive.engine) as connection:
        for each in ids:
            last = queue(connection, each, ChangeKind.PUT, restricts=restricts)
            records.note_revision(connection, each, last)
    return last


def test_several_workers_take_in_everything_in_whatever_order_they_end(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    random.seed(7)
    put = SharedWriter.put
    done: list[str] = []

    def slowly(self: SharedWriter, found: Iterable[AnalyzedRecord]) -> None:
        time.sleep(random.uniform(0, 0.03))
        put(self, found)
        done.append(threading.current_thread().name)

    monkeypatch.setattr(SharedWriter, "put", slowly)
    with ExitStack() as stack:
        first, *_ = [stack.enter_context(worker(archive)) for _ in range(3)]
        one = stack.enter_context(coordinator(archive, first))
        reached = work_to_rest(one)
    assert reached == sorted(reached)
    assert agrees(archive.engine, 1)
    assert len(held(archive.engine, 1)) == RECORDS
    with reading(archive.engine) as connection:
        assert slices.waiting(connection).slices == 0
        assert slices.of_files(connection, 1, SliceKind.CHANGES) == []


def test_the_position_passes_nothing_that_is_not_done(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = SharedWriter.put
    gate = threading.Event()
    with reading(archive.engine) as connection:
        first = outbox.changes_after(connection, 0, 1)[0].record_id

    def hold_the_first(self: SharedWriter, found: Iterable[AnalyzedRecord]) -> None:
        some = list(found)
        if any(each.access.record_id == first for each in some):
            gate.wait(10)
        put(self, some)

    monkeypatch.setattr(SharedWriter, "put", hold_the_first)
    with worker(archive) as holding, worker(archive), coordinator(archive, holding) as one:
        for _ in range(400):
            one.step()
            if len(held(archive.engine, 1)) == RECORDS - 3:  # all but the first slice
                break
            time.sleep(0.005)
        assert len(held(archive.engine, 1)) == RECORDS - 3
        assert one._writer(1).position == 0
        gate.set()
        work_to_rest(one)
        assert one._writer(1).position == newest(archive)


def test_a_few_changes_are_taken_in_at_once_beside_slices_that_are_out(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
    put = SharedWriter.put
    gate = threading.Event()
    main = threading.current_thread()

    def hold_the_others(self: SharedWriter, found: Iterable[AnalyzedRecord]) -> None:
        if threading.current_thread() is not main:
            gate.wait(10)
        put(self, found)

    monkeypatch.setattr(SharedWriter, "put", hold_the_others)
    ids = ids_of(archive)
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        before = one._writer(1).position
        queue_again(archive, ids[:5])
        one.step()
        small = queue_again(archive, [ids[10]])
        one.step()
        assert held(archive.engine, 1)[ids[10]] == small
        assert one._writer(1).position == before
        gate.set()
        work_to_rest(one)
        assert one._writer(1).position == small


def test_a_generation_is_built_by_all_and_follows_when_it_has_everything(
    archive: SmallArchive,
) -> None:
    compared: list[tuple[int, int]] = []
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        one._look = lambda former, following: compared.append((former.number, following.number))
        work_to_rest(one)
        with writing(archive.engine) as connection:
            begin_generation(connection, archive.settings, at=utc_now())
        one.step()  # its first slices are out
        last = queue_again(archive, ids_of(archive)[:7])
        work_to_rest(one)
        with reading(archive.engine) as connection:
            serving = generations.serving(connection)
        assert serving is not None
        assert (serving.number, serving.record_count) == (2, RECORDS)
        assert one._writer(2).position == last
    assert compared == [(1, 2)]
    assert agrees(archive.engine, 2)


def test_a_generation_that_is_held_waits_and_is_kept_up_to_date(archive: SmallArchive) -> None:
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        with writing(archive.engine) as connection:
            begin_generation(connection, archive.settings, at=utc_now(), held=True)
        work_to_rest(one)
        last = queue_again(archive, ids_of(archive)[:5])
        work_to_rest(one)
        assert [one._writer(number).position for number in (1, 2)] == [last, last]
        with writing(archive.engine) as connection:
            whole = generations.whole(connection)
            assert whole is not None
            generations.release(connection)
        work_to_rest(one)
    with reading(archive.engine) as connection:
        assert [each.state for each in generations.list_all(connection)] == [
            GenerationState.SERVING,
            GenerationState.RETIRED,
        ]


def test_slices_of_a_generation_that_was_given_up_are_forgotten(archive: SmallArchive) -> None:
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        for _ in range(2):
            with writing(archive.engine) as connection:
                begin_generation(connection, archive.settings, at=utc_now())
            one.step()
        work_to_rest(one)
    with reading(archive.engine) as connection:
        serving = generations.serving(connection)
        assert serving is not None
        assert serving.number == 3
        assert slices.of_files(connection, 2, SliceKind.RECORDS) == []


def test_the_next_coordinator_goes_on_from_what_was_given_out(archive: SmallArchive) -> None:
    silent = JobQueue(archive.engine, Version.here(archive.settings).name, lambda *_: None)
    with elected(archive.engine, Version.here(archive.settings)) as term:
        assert term is not None
        one = Coordinator(archive.engine, archive.settings, term, silent)
        one._tended_at = float("inf")
        one.step()  # four slices are out, and nobody takes them
        one.close()
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as other:
        work_to_rest(other)
    assert agrees(archive.engine, 1)


def of_version(archive: SmallArchive, number: int, analyzer: str) -> Version:
    """Let a generation be another version's."""
    with archive.engine.begin() as connection:
        statement = text("UPDATE generation SET analyzer = :analyzer WHERE number = :number")
        connection.execute(statement, {"analyzer": analyzer, "number": number})
    with reading(archive.engine) as connection:
        row = generations.with_files(connection, number)
    assert row is not None
    return Version.of(row)


def numbers(archive: SmallArchive) -> dict[int, GenerationState]:
    with reading(archive.engine) as connection:
        return {each.number: each.state for each in generations.list_all(connection)}


def test_a_newer_version_builds_its_own_and_touches_no_other(archive: SmallArchive) -> None:
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        before = one._writer(1).position
        older = of_version(archive, 1, "zh/1")
        with elected(archive.engine, older) as theirs:
            assert theirs is not None
            last = queue_again(archive, ids_of(archive)[:3])
            work_to_rest(one)
        # What its own workers take in is theirs to take in.
        assert one._writer(1).position == before
        assert one._writer(2).position == last
    assert numbers(archive) == {2: GenerationState.SERVING, 1: GenerationState.RETIRED}


def test_an_older_version_waits_while_the_newer_works_and_leaves_it_alone(
    archive: SmallArchive,
) -> None:
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        newer = of_version(archive, 1, "zh/99")
        with elected(archive.engine, newer) as theirs:
            assert theirs is not None
            for state in (GenerationState.BUILDING, GenerationState.WHOLE):
                with writing(archive.engine) as connection:
                    number = begin_generation(connection, archive.settings, at=utc_now())
                    if state is GenerationState.WHOLE:
                        generations.mark_whole(connection, number)
                of_version(archive, number, "zh/99")
                assert not one.step()
                assert numbers(archive)[number] is state
        with archive.engine.begin() as connection:
            connection.execute(
                text("UPDATE index_coordinator SET seen_at = now() - interval '1 hour'")
            )
        one.step()
        assert numbers(archive)[max(numbers(archive))] is GenerationState.BUILDING
        assert len(numbers(archive)) == 4


def poison(monkeypatch: pytest.MonkeyPatch, killer: RecordId) -> list[int]:
    """Let one record do harm to whoever puts it; how many records were put beside it."""
    put = SharedWriter.put
    met: list[int] = []

    def harmed(self: SharedWriter, found: Iterable[AnalyzedRecord]) -> None:
        some = list(found)
        if any(each.access.record_id == killer for each in some):
            met.append(len(some))
            raise ValueError
        put(self, some)

    monkeypatch.setattr(SharedWriter, "put", harmed)
    monkeypatch.setattr(
        "indexer.indexing.analysis_pool.AnalysisPool.run_apart",
        lambda pool, found, words: pool.run(found, words),  # no process for each of them
    )
    return met


def test_a_record_that_harms_whoever_takes_it_is_set_aside_and_the_rest_goes_on(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    killer = ids_of(archive)[8]
    met = poison(monkeypatch, killer)
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        assert one._writer(1).position == newest(archive)
        assert met == [3, 3, 1, 1, 1]
        with reading(archive.engine) as connection:
            [aside] = set_asides.listed(connection)
        assert (aside.record_id, aside.reason, aside.deaths) == (killer, "ValueError", 3)
        assert aside.title
        assert killer not in held(archive.engine, 1)
        assert len(held(archive.engine, 1)) == RECORDS - 1


def test_what_is_set_aside_is_tried_again_when_somebody_says_so(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    killer = ids_of(archive)[8]
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        with monkeypatch.context() as harm:
            poison(harm, killer)
            work_to_rest(one)
        with writing(archive.engine) as connection:
            assert set_asides.try_again(connection) == 1
        work_to_rest(one)
    with reading(archive.engine) as connection:
        assert set_asides.count(connection) == 0
    assert agrees(archive.engine, 1)


@pytest.mark.parametrize("restricts", [True, False], ids=["restricts", "opens"])
def test_the_former_state_stays_unless_fewer_may_see_the_record_now(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, *, restricts: bool
) -> None:
    killer = ids_of(archive)[8]
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
        with monkeypatch.context() as harm:
            poison(harm, killer)
            last = queue_again(archive, [killer, *ids_of(archive)[:3]], restricts=restricts)
            denied_at_each = []
            for _ in range(1000):
                busy = one.step()
                position = one._writer(1).position
                with reading(archive.engine) as connection:
                    denied = killer in withdrawals.denied_records(connection, position)
                denied_at_each.append(denied or killer not in held(archive.engine, 1))
                if not busy and one.is_at_rest():
                    break
        assert one._writer(1).position == last
        assert (killer in held(archive.engine, 1)) is not restricts
        # At no moment could it be found in a state that fewer may see by now.
        assert not restricts or all(denied_at_each)
        # A withdrawal holds whether the index has the record or not.
        with writing(archive.engine) as connection:
            withdrawals.withdraw_record(connection, killer, ground="x", by="x", at=utc_now())
            assert killer in withdrawals.denied_records(connection, 10**6)


def test_an_engine_that_is_away_sets_nothing_aside(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "_LONGEST_PAUSE_S", 0)
    monkeypatch.setattr(job_queue, "_POLL_S", 0.02)
    put = SharedWriter.put
    left = list(range(20))

    def away(self: SharedWriter, found: Iterable[AnalyzedRecord]) -> None:
        if left:
            left.pop()
            raise EngineUnavailableError
        put(self, found)

    monkeypatch.setattr(SharedWriter, "put", away)
    with worker(archive) as queue_of_jobs, coordinator(archive, queue_of_jobs) as one:
        work_to_rest(one)
    with reading(archive.engine) as connection:
        assert set_asides.count(connection) == 0
        assert coordinators.present(connection) is not None
    assert agrees(archive.engine, 1)
    assert SharedSearcher(archive.settings.database_url, 1).position == newest(archive)
