from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from click.testing import CliRunner
from structlog.testing import capture_logs

from indexer.database import reading, utc_now, writing
from indexer.indexing.generating import begin_generation
from query_room.commands import working
from search_api.log import latest_searches, unsealed_count
from search_api.rehearsing import load_rehearsal
from tests.search_api.commands.test_reindexing import archive

if TYPE_CHECKING:
    import pytest

    from tests.fixtures.archive import SmallArchive

__all__ = ["archive"]  # the fixture


def test_the_worker_compares_a_new_generation_says_so_and_seals_the_log(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = archive.ask("低保")
    with writing(archive.engine) as connection:
        number = begin_generation(connection, archive.settings, at=utc_now())
    stop = threading.Event()

    seal_if_due = working._Sealing.run_if_due

    def seal_and_stop(sealing: working._Sealing) -> None:
        seal_if_due(sealing)
        if archive.ask("低保").generation == number:
            stop.set()

    monkeypatch.setattr(working, "stop_on_signals", lambda: stop)
    monkeypatch.setattr(working._Sealing, "run_if_due", seal_and_stop)
    with capture_logs() as said:
        CliRunner().invoke(working.worker_command, catch_exceptions=False)
    (told,) = (each for each in said if each["event"] == "generations_compared")
    assert (told["former"], told["following"], told["compared"]) == (1, number, 1)
    assert told["unchanged"] == 1
    assert "低保" not in json.dumps(told, ensure_ascii=False)
    assert load_rehearsal(archive.engine, number) is not None
    assert answer.generation == 1
    # Sealed at once: what was searched before the worker came.
    with reading(archive.engine) as connection:
        assert unsealed_count(archive.engine) < len(latest_searches(connection, 100))
