from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from click.testing import CliRunner

from query_room.cli import commands
from query_room.opening import open_room
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(tmp_path: Path, *arguments: str) -> Result:
    environment = {"QUERY_ROOM_DATA": str(tmp_path / "data")}
    return CliRunner().invoke(commands, ["calendar", *arguments], env=environment)


def test_a_notice_and_a_local_day_change_what_is_reckoned(tmp_path: Path) -> None:
    notice = tmp_path / "2027.csv"
    notice.write_text("日期,类型,名称\n2027-01-01,休,元旦\n", "utf-8")
    assert run(tmp_path, "import", str(notice), "--source", "国办发明电〔2026〕9号").exit_code == 0
    local = run(tmp_path, "day", "2026-07-15", "holiday", "--source", "区政府", "--name", "那达慕")
    assert local.exit_code == 0
    listed = run(tmp_path, "list").output
    assert "2027" in listed
    settings = RoomSettings.from_env({"QUERY_ROOM_DATA": str(tmp_path / "data")})
    calendar = open_room(settings).calendar.current()
    assert not calendar.is_working_day(dt.date(2026, 7, 15))
    assert calendar.covers(dt.date(2027, 6, 1))


def test_a_bad_notice_is_refused_with_its_lines(tmp_path: Path) -> None:
    notice = tmp_path / "2027.csv"
    notice.write_text("日期,类型\n昨天,休\n", "utf-8")
    refused = run(tmp_path, "import", str(notice), "--source", "通知")
    assert refused.exit_code == 2
    assert "第2行" in refused.output
    assert run(tmp_path, "import", str(notice), "--source", " ").exit_code == 2
    assert run(tmp_path, "day", "2026-07-15", "holiday", "--source", " ").exit_code == 2
