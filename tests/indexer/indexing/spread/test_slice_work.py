from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, utc_now, writing
from indexer.errors import (
    DocumentRefusedError,
    EngineError,
    EngineUnavailableError,
    StorageFullError,
)
from indexer.indexing.generating import begin_generation
from indexer.indexing.spread.slice_work import SliceWork
from indexer.indexing.writers import Writers
from indexer.repositories import generations, outbox, records, set_asides, slices
from indexer.repositories.outbox import ChangeKind, queue
from indexer.repositories.slices import Bounds, Slice, SliceKind
from tests.fixtures.archive import SmallArchive
from tests.fixtures.shared_index import SharedWriter, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.records import RecordId

pytestmark = pytest.mark.postgresql

TERM = 1


class Desk:
    """A generation with three records waiting in its outbox, and somebody to take them in."""

    def __init__(self, archive: SmallArchive) -> None:
        self.archive = archive
        self.engine = archive.engine
        self.writers = Writers(archive.settings)
        self.work = SliceWork(self.engine, archive.settings, self.writers)
        for number in range(3):
            archive.add(f"第{number}件")
        archive.run()
        with writing(self.engine) as connection:
            self.files = begin_generation(connection, archive.settings, at=utc_now())
            self.ids = records.ids_after(connection, "", 10)

    def close(self) -> None:
        self.work.close()
        self.writers.close_all()

    def cut(self, after: int = 0) -> Slice:
        with writing(self.engine) as connection:
            bounds = Bounds(after_position=after, last_position=outbox.newest_position(connection))
            [slice_id] = slices.add(
                connection, self.files, SliceKind.CHANGES, [bounds], utc_now(), term=TERM
            )
            found = slices.load(connection, slice_id)
        assert found is not None
        return found

    def look(self, piece: Slice) -> Slice:
        with reading(self.engine) as connection:
            found = slices.load(connection, piece.slice_id)
        assert found is not None
        return found

    def remove(self, record_id: RecordId) -> None:
        with writing(self.engine) as connection:
            revision = queue(connection, record_id, ChangeKind.DELETE, restricts=True)
            records.mark_removed(connection, record_id, revision=revision, at=utc_now())

    def restore(self, record_id: RecordId) -> None:
        with writing(self.engine) as connection:
            stored = records.load_stored(connection, record_id)
            assert stored is not None
            revision = queue(connection, record_id, ChangeKind.PUT)
            records.save(connection, [replace(stored, revision=revision, removed_at=None)])

    @property
    def held(self) -> dict[RecordId, int]:
        return held(self.engine, self.files)

    @property
    def expected(self) -> dict[RecordId, int]:
        with reading(self.engine) as connection:
            return records.indexable_revisions(connection, self.ids)


@pytest.fixture
def desk(shared_archive: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(SmallArchive, "index", lambda _: None)
    desk = Desk(shared_archive)
    yield desk
    desk.close()


def in_the_middle(
    monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object], method: str = "flush"
) -> None:
    """Let something happen once, when a worker has its records in hand and is about to write."""
    write = getattr(SharedWriter, method)
    left = [happens]

    def interrupted(self: SharedWriter, *args: object) -> None:
        if left:
            left.pop()()
        write(self, *args)

    monkeypatch.setattr(SharedWriter, method, interrupted)


def test_a_slice_brings_its_records_as_they_are_now(desk: Desk) -> None:
    desk.remove(desk.ids[0])
    piece = desk.cut()
    assert desk.work.do(piece)
    assert desk.look(piece).is_done
    assert desk.held == desk.expected
    assert set(desk.held) == set(desk.ids[1:])


def test_a_record_that_another_removed_meanwhile_does_not_come_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = desk.cut()

    def meanwhile() -> None:
        desk.remove(desk.ids[0])
        desk.work.do(desk.cut(piece.bounds.last_position))
        assert desk.ids[0] not in desk.held

    in_the_middle(monkeypatch, meanwhile)
    desk.work.do(piece)
    assert desk.held == desk.expected
    assert desk.ids[0] not in desk.held


def test_a_record_that_came_back_meanwhile_is_not_deleted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.remove(desk.ids[0])
    piece = desk.cut()

    def meanwhile() -> None:
        desk.restore(desk.ids[0])
        desk.work.do(desk.cut(piece.bounds.last_position))
        assert desk.ids[0] in desk.held

    in_the_middle(monkeypatch, meanwhile)
    desk.work.do(piece)
    assert desk.held == desk.expected
    assert desk.ids[0] in desk.held


def test_a_slice_that_was_taken_away_is_not_done_by_who_had_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = desk.cut()

    def meanwhile() -> None:
        with writing(desk.engine) as connection:
            slices.note_deaths_of_coordinators(connection, [desk.files], TERM + 1, "worker_died")

    in_the_middle(monkeypatch, meanwhile)
    assert not desk.work.do(piece)
    now = desk.look(piece)
    assert (now.is_done, now.deaths, now.is_idle) == (False, 1, True)


def test_a_job_that_lost_its_slice_does_nothing(desk: Desk) -> None:
    piece = desk.cut()
    desk.work.do_job(99, piece.slice_id)
    assert desk.held == {}
    with writing(desk.engine) as connection:
        slices.give_out(connection, {piece.slice_id: 99})
    desk.work.do_job(99, piece.slice_id)
    assert desk.held == desk.expected
    desk.work.do_job(99, piece.slice_id)  # it is done


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ValueError("odd"), "ValueError"), (DocumentRefusedError("odd"), "document_refused")],
)
def test_what_a_record_does_to_a_worker_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def fail() -> None:
        raise error

    piece = desk.cut()
    in_the_middle(monkeypatch, fail)
    assert not desk.work.do(piece)
    now = desk.look(piece)
    assert (now.deaths, now.reason, now.is_idle) == (1, reason, True)


@pytest.mark.parametrize("error", [EngineUnavailableError(), EngineError(), StorageFullError()])
def test_what_befalls_every_slice_does_not_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail() -> None:
        raise error

    piece = desk.cut()
    in_the_middle(monkeypatch, fail)
    with pytest.raises(type(error)):
        desk.work.do(piece)
    assert desk.look(piece) == piece
    assert desk.work.do(piece)


def test_nothing_is_written_to_a_generation_that_nobody_will_ask(desk: Desk) -> None:
    piece = desk.cut()
    with writing(desk.engine) as connection:
        generations.mark_dropped(connection, desk.files)
    assert desk.work.do(piece)
    assert desk.held == {}


def test_a_record_set_aside_waits_until_it_changes(desk: Desk) -> None:
    killer = desk.ids[0]
    with writing(desk.engine) as connection:
        set_asides.add(connection, desk.files, killer, deaths=3, reason="worker_died", at=utc_now())
    desk.work.do(desk.cut())
    assert set(desk.held) == set(desk.ids[1:])
    desk.restore(killer)
    desk.work.do(desk.cut())
    assert desk.held == desk.expected
    with reading(desk.engine) as connection:
        assert set_asides.count(connection) == 0


def test_the_former_state_of_a_record_set_aside_goes_once_fewer_may_see_it(desk: Desk) -> None:
    killer = desk.ids[0]
    first = desk.cut()
    desk.work.do(first)
    with writing(desk.engine) as connection:
        set_asides.add(connection, desk.files, killer, deaths=3, reason="worker_died", at=utc_now())
        queue(connection, killer, ChangeKind.PUT)
    second = desk.cut(first.bounds.last_position)
    desk.work.do(second)
    assert killer in desk.held
    with writing(desk.engine) as connection:
        queue(connection, killer, ChangeKind.PUT, restricts=True)
    desk.work.do(desk.cut(second.bounds.last_position))
    assert killer not in desk.held
