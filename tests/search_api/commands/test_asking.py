from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from indexer.database import migrate, open_database
from search_api.commands.asking import search_command, verify_log_command
from search_api.log import seal
from tests.conftest import ROOMS
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallArchive]:
    """An archive that the commands find by their environment."""
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    settings = settings_in(tmp_path, url)
    monkeypatch.setenv("QUERY_ROOM_DATA", str(settings.data))
    monkeypatch.setenv("QUERY_ROOM_DATABASE_URL", url)
    engine = open_database(url)
    migrate(engine, *ROOMS)
    archive = SmallArchive(folder=tmp_path / "papers", engine=engine, settings=settings)
    archive.add("open", "提高低保标准", title="关于低保的通知")
    archive.add("roster", "低保花名册", title="低保花名册", opening="控制", disclosure="不予公开")
    archive.run(level="public")
    yield archive
    engine.dispose()


def search(*arguments: str) -> Result:
    return CliRunner().invoke(search_command, arguments, catch_exceptions=False)


@pytest.mark.usefixtures("archive")
def test_an_answer_has_the_rights_asked_for() -> None:
    assert "共 1 件" in search("低保").stdout
    assert "花名册" not in search("低保").stdout
    assert "共 2 件" in search("低保", "--as", "staff").stdout


@pytest.mark.usefixtures("archive")
def test_programs_get_the_answer_of_the_api() -> None:
    answer = json.loads(search("低保", "--json").stdout)
    assert (answer["total"], answer["hits"][0]["title"]) == (1, "关于低保的通知")


@pytest.mark.usefixtures("archive")
def test_a_question_that_cannot_be_asked_is_wrong_usage() -> None:
    refused = search("   ")
    assert refused.exit_code == 2
    assert "请输入" in refused.stderr


def test_a_search_from_the_command_line_is_in_the_log_and_the_log_is_proven(
    archive: SmallArchive,
) -> None:
    search("低保")
    sealed = seal(archive.engine)
    assert sealed is not None
    proven = CliRunner().invoke(verify_log_command, catch_exceptions=False)
    assert (proven.exit_code, "完整" in proven.stdout) == (0, True)
