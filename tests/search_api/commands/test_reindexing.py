from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from indexer.database import open_database, utc_now, writing
from indexer.repositories.withdrawals import withdraw_record
from search_api.commands.reindexing import reindex_command
from search_api.log import events_of_subject
from search_api.rehearsing import RehearsedSearch
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def archive(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallArchive]:
    """An archive that the commands find by their environment."""
    shutil.copyfile(migrated_sqlite, tmp_path / "query_room.db")
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    settings = settings_in(tmp_path, url)
    monkeypatch.setenv("QUERY_ROOM_DATA", str(settings.data))
    monkeypatch.setenv("QUERY_ROOM_DATABASE_URL", url)
    monkeypatch.setenv("QUERY_ROOM_PROCESSES", "1")
    monkeypatch.setenv("COLUMNS", "160")
    engine = open_database(url)
    archive = SmallArchive(folder=tmp_path / "papers", engine=engine, settings=settings)
    archive.add("open", "提高低保标准", title="关于低保的通知")
    archive.run()
    yield archive
    engine.dispose()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(reindex_command, arguments, catch_exceptions=False)


def test_the_next_generation_answers_and_one_can_go_back(archive: SmallArchive) -> None:
    assert archive.ask("低保").generation == 1
    assert "第 2 代" in run().stdout
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (2, 1)
    assert "第 1 代" in run("--rollback").stdout
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (1, 1)


def test_what_came_and_went_in_between_is_not_undone_by_going_back(archive: SmallArchive) -> None:
    archive.add("gone", "低保名册", title="低保名册")
    archive.run()
    run()
    archive.add("new", "低保标准", title="低保标准")
    archive.run()
    gone = next(h for h in archive.ask("名册").hits if h.record.external_id == "gone")
    with writing(archive.engine) as connection:
        withdraw_record(connection, gone.record.record_id, ground="误", by="li", at=utc_now())
    run("--rollback")
    answer = archive.ask("低保")
    assert answer.generation == 1
    assert {hit.record.external_id for hit in answer.hits} == {"open", "new"}


def test_both_generations_are_asked_what_people_asked(archive: SmallArchive) -> None:
    archive.ask("低保")
    archive.ask("低保")
    archive.ask("通知")
    shown = run().stdout
    assert "最近 2 个不同的检索：2 个结果相同，0 个不同" in shown
    assert "没有与上一代比较" not in run("--compare", "1").stdout
    assert "最近 0 个" in run("--compare", "0").stdout


def test_a_trial_waits_with_what_comes_meanwhile_until_it_is_confirmed(
    archive: SmallArchive,
) -> None:
    assert "尚未启用" in run("--dry-run").stdout
    assert archive.ask("低保").generation == 1
    archive.add("new", "低保标准", title="低保标准")
    archive.run()
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (1, 2)
    assert "第 2 代索引已启用" in run("--confirm").stdout
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (2, 2)
    nothing = run("--confirm")
    assert (nothing.exit_code, "没有等待启用" in nothing.stderr) == (1, True)


def test_what_people_asked_is_shown_on_demand_and_that_is_logged(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = archive.ask("低保")
    monkeypatch.setattr(RehearsedSearch, "is_unchanged", False)
    hidden = run().stdout
    assert answer.search_id in hidden
    assert "检索内容" not in hidden
    assert events_of_subject(archive.engine, "log") == []
    assert "检索内容" in run("--with-questions").stdout
    (read,) = events_of_subject(archive.engine, "log")
    assert read.body is not None
    assert read.body["searches"] == [answer.search_id]


@pytest.mark.usefixtures("archive")
def test_without_a_generation_before_there_is_no_way_back() -> None:
    refused = run("--rollback")
    assert refused.exit_code == 1
    assert "没有可以退回" in refused.stderr
    assert run("--rollback", "--confirm").exit_code == 2
