from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import query_room.backup
from indexer.indexing.lock import writer_lock
from query_room.backup.model import FlawKind, Stage
from query_room.cli import commands
from query_room.commands.backup_words import FLAWS, REASONS, STAGES


class Runner:
    """Types commands, with a data folder of its own for each room."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = monkeypatch
        monkeypatch.setenv("QUERY_ROOM_PROCESSES", "1")
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.delenv("QUERY_ROOM_DATABASE_URL", raising=False)
        self.enter("room")

    def enter(self, name: str) -> Path:
        self._patch.setenv("QUERY_ROOM_DATA", str(self.folder / name))
        return self.folder / name

    def __call__(self, *arguments: object) -> Result:
        return CliRunner().invoke(
            commands, [str(each) for each in arguments], catch_exceptions=False
        )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    runner = Runner(tmp_path, monkeypatch)
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in ("低保标准", "土地承包"):
        (papers / f"{name}.txt").write_text(f"关于{name}的通知", "utf-8")
    imported = runner("index", papers, "--level", "public")
    assert imported.exit_code == 0, imported.output
    return runner


def test_a_room_is_backed_up_and_restored_and_both_index_and_log_are_verified(
    run: Runner, tmp_path: Path
) -> None:
    path = tmp_path / "room.qrb"
    made = run("backup", path)
    assert made.exit_code == 0, made.output
    assert re.search(r"档案 +│ +2 ", made.output)
    assert re.search(r"SHA-256 [0-9a-f]{64}", made.output)
    assert f"密钥不在备份中，位于 {tmp_path / 'room' / 'keys'}" in made.output

    there = run.enter("there")
    restored = run("restore", path)
    assert restored.exit_code == 0, restored.output
    *_, index, log = restored.output.strip().splitlines()
    assert index == "档案 2 件，文本 2 份，索引 2 件：一致。"
    assert log == "日志链完整。"
    assert f"QUERY_ROOM_DATA={tmp_path / 'room'}" in restored.output
    assert "请重新处理" in restored.output
    assert "低保标准" in run("search", "低保").output

    again = run("restore", path)
    assert again.exit_code == 2
    assert "不是空的" in again.output
    assert "record (2)" in again.output
    assert (there / "query_room.db").exists()


def test_keys_are_written_apart_and_brought_back(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "room" / "keys").mkdir(exist_ok=True)
    run("user", "list")  # opens the vault
    made = run("backup", tmp_path / "room.qrb", "--keys", tmp_path / "room.keys")
    assert made.exit_code == 0, made.output
    assert f"密钥另存于 {tmp_path / 'room.keys'}" in made.output
    assert "密钥不在备份中" not in made.output

    run.enter("without")
    restored = run("restore", tmp_path / "room.qrb")
    assert restored.exit_code == 0
    assert "没有这份备份的密钥" in restored.output

    there = run.enter("with")
    restored = run("restore", tmp_path / "room.qrb", "--keys", tmp_path / "room.keys")
    assert restored.exit_code == 0
    assert "没有这份备份的密钥" not in restored.output
    assert (there / "keys" / "vault.json").read_bytes() == (
        tmp_path / "room" / "keys" / "vault.json"
    ).read_bytes()


def test_a_backup_that_lacks_something_says_so_and_ends_with_one(
    run: Runner, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "room" / "texts")
    made = run("backup", tmp_path / "room.qrb")
    assert made.exit_code == 1
    assert made.output.count("文本缺失或已损坏：") == 2
    run.enter("there")
    restored = run("restore", tmp_path / "room.qrb")
    assert restored.exit_code == 1
    assert "文本缺失的文件：2" in restored.output
    assert "日志链完整。" in restored.output


def test_nothing_is_overwritten_and_nothing_begun_in_vain(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    for arguments in (["mine"], ["new.qrb", "--keys", "mine"]):
        refused = run(
            "backup", *(each if each[0] == "-" else tmp_path / each for each in arguments)
        )
        assert refused.exit_code == 2
        assert "没有备份" in refused.output
        assert "文件已存在" in refused.output
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (tmp_path / "new.qrb").exists()


def test_a_damaged_backup_is_refused_in_words_and_nothing_is_made(
    run: Runner, tmp_path: Path
) -> None:
    (tmp_path / "room.qrb").write_bytes(b"PK\x03\x04")
    there = run.enter("there")
    refused = run("restore", tmp_path / "room.qrb")
    assert refused.exit_code == 2
    assert "错误：这不是完好的备份文件，没有恢复任何内容。文件不是备份" in refused.output
    assert not there.exists()


def test_what_the_disk_or_another_process_refuses_is_told_in_words(
    run: Runner, tmp_path: Path
) -> None:
    nowhere = run("backup", tmp_path / "none" / "room.qrb")
    assert (nowhere.exit_code, "存储出现故障" in nowhere.output) == (2, True)
    assert "there is no folder" in nowhere.output
    run("backup", tmp_path / "room.qrb")
    there = run.enter("there")
    with writer_lock(there / "index"):
        busy = run("restore", tmp_path / "room.qrb")
    assert (busy.exit_code, "另一个程序正在写入索引" in busy.output) == (2, True)


def test_every_reason_has_its_words() -> None:
    modules = Path(query_room.backup.__file__).parent.glob("*.py")
    source = "".join(module.read_text("utf-8") for module in modules)
    raised = set(re.findall(r'(?:Refused|Damaged)Error\(\s*"(\w+)"', source))
    raised |= set(re.findall(r'reason = "(\w+)" if .* else "(\w+)"', source)[0])
    assert raised == set(REASONS)
    assert set(STAGES) == set(Stage)
    assert set(FLAWS) == set(FlawKind)
