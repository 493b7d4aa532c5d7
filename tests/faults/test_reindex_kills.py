"""Killed between any two steps of a rebuild or of going back, nothing stands half-way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from indexer.database import open_database, reading, utc_now, writing
from indexer.indexing.generating import begin_generation, roll_back
from indexer.indexing.verification import verify_index
from indexer.repositories import generations
from indexer.repositories.withdrawals import withdraw_record
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# It dies where it would compare the whole generation with the one that answers.
DYING = """
import os, signal, sys
from pathlib import Path
from indexer.database import open_database
from indexer.indexing.catching_up import catch_up
from indexer.settings import IndexerSettings
if __name__ == "__main__":
    data, url = sys.argv[1:]
    settings = IndexerSettings(data=Path(data), database_url=url, processes=1)
    catch_up(
        open_database(url), settings, look=lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    )
"""


@pytest.fixture
def archive(migrated_sqlite: Path, tmp_path: Path) -> Iterator[SmallArchive]:
    shutil.copyfile(migrated_sqlite, tmp_path / "query_room.db")
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    engine = open_database(url)
    made = SmallArchive(
        folder=tmp_path / "papers", engine=engine, settings=settings_in(tmp_path, url)
    )
    made.add("甲", "低保名册")
    made.add("乙", "低保")
    made.run()
    yield made
    engine.dispose()


def test_killed_before_the_swap_the_old_one_answers_and_the_next_worker_swaps(
    archive: SmallArchive, tmp_path: Path
) -> None:
    script = tmp_path / "dying.py"
    script.write_text(DYING, "utf-8")
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now())
    killed = subprocess.run(
        [sys.executable, str(script), str(archive.settings.data), archive.settings.database_url],
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
        check=False,
    )
    assert killed.returncode == -9
    answer = archive.ask("低保")
    assert (answer.generation, answer.total) == (1, 2)
    with reading(archive.engine) as connection:
        whole = generations.whole(connection)
        assert generations.building(connection) is None
    assert whole is not None
    assert whole.record_count == 2
    archive.add("丙", "低保")
    archive.run()
    answer = archive.ask("低保")
    assert (answer.generation, answer.total) == (2, 3)
    assert verify_index(archive.engine, archive.settings).is_sound


def test_killed_right_after_going_back_nothing_withdrawn_returns_and_nothing_new_is_lost(
    archive: SmallArchive,
) -> None:
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now())
    archive.index()
    archive.add("乙", "低保", opening="控制")
    archive.add("丙", "低保")
    archive.run()
    (first,) = (hit for hit in archive.ask("低保").hits if hit.record.external_id == "甲")
    with writing(archive.engine) as connection:
        withdraw_record(connection, first.record.record_id, ground="误", by="li", at=utc_now())
        # The one row; whoever wrote it is gone before anything is caught up.
        assert roll_back(connection, archive.settings, at=utc_now()) == 1
    assert {hit.record.external_id for hit in archive.ask("低保").hits} == set()
    archive.index()
    assert {hit.record.external_id for hit in archive.ask("低保").hits} == {"丙"}
    assert verify_index(archive.engine, archive.settings).is_sound
