"""``query-room ledger``, as an operator runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from query_room.cli import commands
from query_room.ledgers import LedgerKind
from tests.query_room.ledgers.books import REGISTER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An old register."""
    path = tmp_path / "登记簿.xlsx"
    path.write_bytes(REGISTER)
    return path


def ledger(tmp_path: Path, *words: str, answer: str = "") -> Result:
    environ = {"QUERY_ROOM_DATA": str(tmp_path / "data")}
    return CliRunner().invoke(commands, ["ledger", *words], env=environ, input=answer)


def imported(tmp_path: Path, file: Path, *words: str, answer: str = "") -> Result:
    kind = LedgerKind.REQUESTS.value
    arguments = ("import", str(file), "--kind", kind, "--organ", "organ", *words)
    return ledger(tmp_path, *arguments, answer=answer)


def test_a_dry_run_says_what_would_be_kept_and_keeps_nothing(tmp_path: Path, file: Path) -> None:
    result = imported(tmp_path, file, "--dry-run")
    assert result.exit_code == 0
    assert "未读取的列：申请人、身份证号" in result.output
    assert "略去合计行：2008年 第 6 行" in result.output
    assert "无法读取：2008年 E7（文字）不是日期" in result.output
    assert "可导入 3 行，略去 5 行。" in result.output
    assert "昨天" not in result.output
    assert ledger(tmp_path, "list").output == ""


def test_nothing_is_kept_without_a_yes(tmp_path: Path, file: Path) -> None:
    assert imported(tmp_path, file, answer="n\n").exit_code == 1
    assert ledger(tmp_path, "list").output == ""


def test_an_import_is_listed_known_again_and_undone(tmp_path: Path, file: Path) -> None:
    assert "已导入，编号 1" in imported(tmp_path, file, answer="y\n").output
    again = imported(tmp_path, file, "--yes")
    assert again.exit_code == 2
    assert "同一文件已经导入过" in again.output
    assert "有效" in ledger(tmp_path, "list").output
    assert "已撤销导入 1" in ledger(tmp_path, "undo", "1").output
    assert "已撤销" in ledger(tmp_path, "list").output
    assert ledger(tmp_path, "undo", "1").exit_code == 2


def test_a_file_that_is_no_register_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK no workbook")
    result = imported(tmp_path, path, "--yes")
    assert result.exit_code == 2
    assert "不是可用的 XLSX" in result.output
