from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from search_api.commands.replaying import FATES, REASONS, replay_command
from search_api.log import EventKind, events_of_subject
from search_api.replaying import Fate, Reason
from tests.search_api.commands.test_reindexing import archive

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

__all__ = ["archive"]  # the fixture


def test_a_search_is_compared_by_identifiers_and_logged(archive: SmallArchive) -> None:
    answer = archive.ask("低保")
    archive.add("new", "低保低保", title="低保")
    archive.run()
    told = CliRunner().invoke(replay_command, [answer.search_id], catch_exceptions=False).stdout
    assert "当时 1 件" in told
    assert "现在 2 件" in told
    assert "此后新进馆" in told
    assert answer.hits[0].record.record_id in told
    assert "通知" not in told
    kinds = [event.kind for event in events_of_subject(archive.engine, answer.search_id)]
    assert kinds == [EventKind.SEARCHED, EventKind.REPLAYED]


def test_everything_can_be_said() -> None:
    assert set(FATES) == set(Fate)
    assert set(REASONS) == set(Reason)
