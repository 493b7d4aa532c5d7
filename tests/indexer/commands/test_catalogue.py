from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from indexer.catalogue.columns import FIELDS
from indexer.commands import words
from indexer.commands.catalogue import catalogue_group
from indexer.commands.wiring import open_archive
from indexer.database import migrate
from indexer.errors import ProfileRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PROFILE = {
    "name": "区政府办",
    "signature": ["题目", "何时", "原件"],
    "columns": {"题目": "title", "何时": "date", "原件": "files"},
    "rules": {"six_digits_are_months": True},
}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUERY_ROOM_DATA", str(tmp_path / "data"))
    migrate(open_archive().engine, "indexer")
    folder = tmp_path / "档案"
    folder.mkdir()
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(catalogue_group, [*map(str, arguments)], catch_exceptions=False)


def test_a_preview_says_how_rows_would_be_read_and_joined(room: Path) -> None:
    (room / "a.txt").touch()
    (room / "余.txt").touch()
    catalogue = room / "目录.csv"
    catalogue.write_text(
        "题名,日期,密级,文件,随便\n甲,某日,公开,a.txt,x\n乙,2011,看情况,,y\n", encoding="utf-8"
    )
    said = run("preview", catalogue, "--folder", room).output
    for word in (
        "未使用",
        "按文件路径 1",
        "日期无法识别",
        "第 3 行：密级无法识别 看情况",
        "余.txt",
    ):
        assert word in said
    assert "余.txt" not in run("preview", catalogue).output


def test_profiles_are_kept_listed_exported_used_and_retired(room: Path, tmp_path: Path) -> None:
    kept = tmp_path / "profile.json"
    kept.write_text(json.dumps(PROFILE), encoding="utf-8")
    assert "第 1 版" in run("import", kept).output
    assert "区政府办" in run("profiles").output
    exported = json.loads(run("export", "区政府办").output)
    assert exported["columns"] == PROFILE["columns"]
    catalogue = room / "目录.csv"
    catalogue.write_text("题目,何时,原件\n甲,201103,a.txt\n", encoding="utf-8")
    said = run("preview", catalogue).output
    assert "按配置“区政府办 1”读取" in said
    assert "日期无法识别" not in said
    assert "已停用" in run("retire", "区政府办").output
    with pytest.raises(ProfileRefusedError):
        run("export", "区政府办")


def test_every_field_has_a_word() -> None:
    assert set(words.FIELDS) == set(FIELDS)
