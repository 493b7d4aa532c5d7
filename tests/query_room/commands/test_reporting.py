from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from indexer.database import writing
from query_room.cli import commands
from query_room.opening import open_room
from query_room.settings import RoomSettings
from query_room.tables import records_request

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one request that ended in 2025 without an outcome."""
    room = open_room(RoomSettings.from_env({"QUERY_ROOM_DATA": str(tmp_path / "data")}))
    with writing(room.engine) as connection:
        connection.execute(
            insert(records_request).values(
                request_id="ORGAN-2025-00001",
                organ_id="organ",
                kind="disclosure",
                year=2025,
                number=1,
                display_number="示依申〔2025〕1号",
                status="closed",
                channel="online",
                category="nat",
                filed_by="",
                filed_at=dt.datetime(2025, 2, 1, tzinfo=dt.UTC),
                received_on=dt.date(2025, 2, 1),
                closed_on=dt.date(2025, 3, 1),
                applicant_event_id=1,
                content_event_id=1,
            )
        )
    room.engine.dispose()
    return tmp_path / "data"


def report(data: Path, *words: str) -> Result:
    environ = {"QUERY_ROOM_DATA": str(data), "COLUMNS": "200"}
    return CliRunner().invoke(commands, ["report", "annual", *words], env=environ)


def test_a_failed_check_names_the_request_and_ends_with_one(data: Path) -> None:
    result = report(data, "2025")
    assert result.exit_code == 1
    assert "不符 outcomes tot：1 ≠ 0\n　　ORGAN-2025-00001" in result.output


def test_a_sound_report_ends_with_zero_and_is_written(data: Path, tmp_path: Path) -> None:
    sheet, paper = tmp_path / "表.xlsx", tmp_path / "报告.docx"
    result = report(data, "2024", "--organ", "organ", "--xlsx", str(sheet), "--docx", str(paper))
    assert result.exit_code == 0, result.output
    assert "校验全部相符" in result.output
    assert openpyxl.load_workbook(sheet)["主动公开"]["A1"].value.endswith(
        "2024年政府信息公开工作年度报告"
    )
    assert paper.stat().st_size > 0


def test_a_year_without_the_form_is_wrong_use(data: Path) -> None:
    result = report(data, "2019")
    assert result.exit_code == 2
    assert "YEAR" in result.output


def test_the_report_on_a_batch_as_a_paper_and_as_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "空.txt").write_text("\n", "utf-8")
    environ = {"QUERY_ROOM_DATA": str(tmp_path / "data")}

    def run(*words: str) -> Result:
        return CliRunner(env=environ).invoke(commands, list(words))

    run("index", str(folder))
    paper, table = tmp_path / "b.docx", tmp_path / "b.csv"
    assert run("report", "batch", "1", "-o", str(paper)).exit_code == 0
    assert paper.read_bytes().startswith(b"PK")
    assert run("report", "batch", "1", "-o", str(table)).exit_code == 0
    assert "空.txt,失败,没有文字,empty,,1" in table.read_text("utf-8-sig")
    for words in (("1", "-o", str(tmp_path / "b.pdf")), ("7", "-o", str(paper))):
        assert run("report", "batch", *words).exit_code == 2
    assert "重新解析 0 份" in run("reparse").output
