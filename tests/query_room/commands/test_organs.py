from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from query_room.accounts import NewAccount, Role
from query_room.cli import commands
from query_room.opening import open_room
from query_room.organs import Duty
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from query_room.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = open_room(RoomSettings.from_env({"QUERY_ROOM_DATA": str(tmp_path)}))
    new = NewAccount(name="wang", display_name="王", role=Role.STAFF)
    room.accounts.create(new, "清河区查询室2026", by="test")
    return room


def run(tmp_path: Path, *arguments: str) -> Result:
    environment = {"QUERY_ROOM_DATA": str(tmp_path)}
    return CliRunner().invoke(commands, ["organ", *arguments], env=environment)


def test_an_organ_is_added_given_its_letterhead_and_its_people(tmp_path: Path, room: Room) -> None:
    added = run(tmp_path, "add", "minzheng", "--name", "民政局", "--prefix", "民依申")
    assert added.exit_code == 0
    run(tmp_path, "letterhead", "minzheng", "--phone", "0472-1", "--office", "办公室")
    organ = room.organs.load("minzheng")
    assert (organ.name, organ.phone, organ.disclosure_office) == ("民政局", "0472-1", "办公室")
    run(tmp_path, "duty", "minzheng", "wang", "--duty", "handler", "--duty", "head")
    assert room.organs.duties_of("wang", "minzheng") == {Duty.HANDLER, Duty.HEAD}
    assert "minzheng" in run(tmp_path, "list").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "民政", "--name", "民政局", "--prefix", "民"),
        ("add", "organ", "--name", "又一个", "--prefix", "又"),
        ("letterhead", "nowhere", "--phone", "1"),
        ("duty", "nowhere", "wang", "--duty", "head"),
        ("duty", "organ", "nobody", "--duty", "head"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, room: Room, arguments: tuple[str, ...]) -> None:
    assert room.organs.list_all()
    assert run(tmp_path, *arguments).exit_code == 2
