from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from query_room.accounts import NewAccount, Role
from query_room.cli import commands
from query_room.opening import open_room
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A room with an archivist and somebody who may not erase."""
    environment = {"QUERY_ROOM_DATA": str(tmp_path / "data")}
    room = open_room(RoomSettings.from_env(environment))
    for name, role in (("li", Role.ARCHIVIST), ("wang", Role.STAFF)):
        new = NewAccount(name=name, display_name=name, role=role)
        room.accounts.create(new, "清河区查询室2026", by="test")
    return environment


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["retention", *arguments], env=environment)
    return result.exit_code, result.output


def test_what_is_due_is_listed_and_erased(environment: dict[str, str]) -> None:
    code, output = run(environment, "list")
    assert code == 0
    assert "visit" in output
    assert run(environment, "run", "--by", "li") == (0, "已删除 0 项到期的个人信息。\n")


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_only_who_may_erase_answers_for_it(environment: dict[str, str], name: str) -> None:
    code, _ = run(environment, "run", "--by", name)
    assert code == 2


def test_a_table_that_cannot_be_stops_the_command(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data" / "retention.csv").write_text("kind\n", "utf-8")
    code, _ = run(environment, "list")
    assert code != 0
