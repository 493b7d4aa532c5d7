from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.commands.writing_lines import writing_lines
from indexer.database import reading, utc_now, writing
from indexer.indexing.lock import note_step, writer_lock
from indexer.indexing.spread import is_spread
from indexer.indexing.spread.election import elected
from indexer.indexing.spread.versions import Version
from indexer.indexing.writing_state import writing_state
from indexer.repositories import records, set_asides, slices
from indexer.repositories.slices import WORKER_DIED, Bounds, SliceKind
from tests.fixtures.archive import SmallArchive

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_the_one_writer_is_who_holds_the_lock(archive: SmallArchive) -> None:
    with writer_lock(archive.settings.index), reading(archive.engine) as connection:
        note_step(archive.settings.index)
        state = writing_state(connection, archive.settings)
        assert writing_lines(connection, archive.settings, None) == []
    assert state.writer is not None
    assert state.seen_at is not None
    assert state.workers is None
    assert (state.slices.slices, state.set_aside) == (0, 0)


def test_one_process_writes_unless_engine_and_database_allow_many(archive: SmallArchive) -> None:
    assert not is_spread(archive.engine, archive.settings)
    many = replace(archive.settings, engine="elasticsearch")
    assert is_spread(archive.engine, many) is (archive.engine.dialect.name == "postgresql")


@pytest.mark.postgresql
def test_of_many_writers_it_is_who_coordinates(
    shared_archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallArchive, "index", lambda _: None)
    shared_archive.add("一件")
    shared_archive.run()
    settings, engine = shared_archive.settings, shared_archive.engine
    assert said(engine, shared_archive) == ["索引进程：0 个在运行；协调者：无"]
    with writing(engine) as connection:
        [record_id] = records.ids_after(connection, "", 2)
        slices.add(connection, 1, SliceKind.CHANGES, [Bounds(last_position=1)], utc_now())
        set_asides.add(connection, 1, record_id, deaths=3, reason=WORKER_DIED, at=utc_now())
    with elected(engine, Version.here(settings)), reading(engine) as connection:
        state = writing_state(connection, settings)
        assert state.writer is not None
        assert state.workers == 0
        lines = said(engine, shared_archive)
    assert state.seen_at is not None
    assert state.slices.slices == 1
    assert state.slices.since is not None
    assert f"上的进程 {state.writer.process}" in lines[0]
    assert lines[1].startswith("待完成的索引任务：1 个")
    assert "1 件档案" in lines[2]
    assert lines[3] == f"{record_id}\t一件\t处理它的索引进程每次都中断\t3 次"


def said(engine: Engine, archive: SmallArchive) -> list[str]:
    with reading(engine) as connection:
        return writing_lines(connection, archive.settings, None)
