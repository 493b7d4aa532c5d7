from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from query_room.cli import commands

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(tmp_path: Path, *arguments: str) -> Result:
    environment = {"QUERY_ROOM_DATA": str(tmp_path / "data"), "COLUMNS": "200"}
    return CliRunner().invoke(commands, ["vocabulary", *arguments], env=environment)


def test_a_table_goes_in_and_out_and_back(tmp_path: Path) -> None:
    table = tmp_path / "词表.csv"
    table.write_bytes("词,另一词,关系\n红旗公社,东升乡,沿革\n坏行,,\n".encode("gbk"))
    taken = run(tmp_path, "import", str(table), "--reason", "地名志")
    assert taken.exit_code == 0
    assert "第 2 版：增加 1，改动 0，删除 0，未采用 1 行。" in taken.output
    assert "第3行：每个词至少两个字。" in taken.output
    assert "一并检索：东升乡" in run(tmp_path, "show", "红旗公社").output
    refused = run(tmp_path, "import", str(table), "--replace", "--reason", "整表")
    assert refused.exit_code == 2
    assert "有的行无法读取" in refused.output
    out = tmp_path / "out.csv"
    assert "第 1 版" in run(tmp_path, "export", str(out), "--version", "1").output
    assert "红旗公社" not in out.read_text("utf-8-sig")
    assert run(tmp_path, "restore", "1", "--reason", "试用结束").exit_code == 0
    versions = run(tmp_path, "versions").output
    assert "地名志" in versions
    assert "退回第 1 版" in versions
    assert "（无）" in run(tmp_path, "show", "红旗公社").output


def test_words_go_in_and_out(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("红旗公社\n", "utf-8")
    assert run(tmp_path, "import", str(words), "--words", "--reason", "分词").exit_code == 0
    out = tmp_path / "out.txt"
    assert run(tmp_path, "export", str(out), "--words").exit_code == 0
    assert out.read_text("utf-8") == "红旗公社\n"


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    assert "没有这个版本" in run(tmp_path, "restore", "9", "--reason", "试").output
    assert "没有这个版本" in run(tmp_path, "export", str(tmp_path / "x"), "--version", "9").output
