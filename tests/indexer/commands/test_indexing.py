from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from indexer.commands.indexing import reindex_command, verify_index_command
from indexer.database import migrate, open_database
from tests.conftest import ROOMS
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click import Command


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallArchive]:
    """An archive that the commands find by their environment."""
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    settings = settings_in(tmp_path, url)
    monkeypatch.setenv("QUERY_ROOM_DATA", str(settings.data))
    monkeypatch.setenv("QUERY_ROOM_DATABASE_URL", url)
    monkeypatch.setenv("QUERY_ROOM_PROCESSES", "1")
    engine = open_database(url)
    migrate(engine, *ROOMS)
    archive = SmallArchive(folder=tmp_path / "papers", engine=engine, settings=settings)
    archive.add("open", "提高低保标准", title="关于低保的通知")
    archive.run()
    yield archive
    engine.dispose()


def run(command: Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


def test_the_next_generation_answers_and_one_can_go_back(archive: SmallArchive) -> None:
    assert archive.ask("低保").generation == 1
    assert "第 2 代" in run(reindex_command).stdout
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (2, 1)
    assert "第 1 代" in run(reindex_command, "--rollback").stdout
    assert (archive.ask("低保").generation, archive.ask("低保").total) == (1, 1)


@pytest.mark.usefixtures("archive")
def test_without_a_generation_before_there_is_no_way_back() -> None:
    refused = run(reindex_command, "--rollback")
    assert refused.exit_code == 1
    assert "没有可以退回" in refused.stderr


@pytest.mark.usefixtures("archive")
def test_an_index_that_agrees_is_said_to() -> None:
    sound = run(verify_index_command)
    assert (sound.exit_code, "一致。" in sound.stdout) == (0, True)


def test_a_text_that_is_lost_is_named(archive: SmallArchive) -> None:
    for path in archive.settings.texts.rglob("*"):
        if path.is_file():
            path.unlink()
    broken = run(verify_index_command)
    assert broken.exit_code == 1
    assert "处不一致" in broken.stdout
