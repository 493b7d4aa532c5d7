from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from indexer.commands.importing import (
    clear_command,
    index_command,
    retry_command,
    status_command,
    undo_command,
)
from indexer.commands.wiring import open_archive
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.errors import ImportRefusedError
from indexer.repositories import outbox, records, set_asides
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from pathlib import Path

    import click


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUERY_ROOM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("QUERY_ROOM_PROCESSES", "1")
    monkeypatch.setenv("QUERY_ROOM_OFFICE", "")
    engine = open_database(IndexerSettings.from_env().database_url)
    migrate(engine, "indexer")
    engine.dispose()
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("防汛", encoding="utf-8")
    return papers


def run(command: click.Command, *arguments: object) -> Result:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def titles() -> set[str]:
    engine = open_database(IndexerSettings.from_env().database_url)
    with reading(engine) as connection:
        found = records.load_records(connection, list(records.iter_record_ids(connection)))
    engine.dispose()
    return {record.description.title for record in found.values()}


def test_a_folder_is_imported_reported_and_taken_back(folder: Path) -> None:
    result = run(index_command, folder, "--level", "public", "--source", "papers")
    assert result.exit_code == 0
    assert "第 1 批" in result.output
    assert titles() == {"a"}
    status = run(status_command)
    assert "papers" in status.output
    assert "已完成" in status.output
    assert "提取进程：断网" in status.output
    assert "外部程序：LibreOffice 未安装；unar " in status.output
    assert "撤销" in run(undo_command, 1).output
    assert titles() == set()
    assert "已撤销" in run(status_command).output


def test_some_failures_are_an_exit_code_and_listed_on_demand(folder: Path) -> None:
    (folder / "b[1].pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "marked.txt").write_text("机密★10年\n内容", encoding="utf-8")
    result = run(index_command, folder)
    assert result.exit_code == 1
    assert "b[1].pdf：" in result.output
    lines = run(status_command, "--failures").output.splitlines()
    (marked,) = [line.split("\t") for line in lines if "marked.txt" in line]
    assert marked[:2] == ["有密级标志，已隔离", "marked.txt"]
    assert any("b[1].pdf" in line for line in lines)
    cleared = run(clear_command, marked[-1], "--ground", "已解密", "--by", "审查员")
    assert cleared.exit_code == 0
    run(index_command, folder)
    assert titles() == {"a", "b[1]", "marked"}


def test_failures_are_counted_by_reason_and_tried_again_when_told(folder: Path) -> None:
    for name in ("b.pdf", "c.pdf"):
        (folder / name).write_bytes(f"%PDF-1.7 broken {name}".encode())
    run(index_command, folder)
    account = run(status_command, "--failures").output
    assert re.search(r"已损坏 +│ +damaged +│ +2 +│ +1 次", account)
    assert "2 个文件将在下次导入" in run(retry_command, "damaged").output
    assert "0 个文件将在下次导入" in run(retry_command, "encrypted").output
    assert run(index_command, folder).exit_code == 1
    # A clearance opens the one; the other is read again in every batch anyhow.
    assert run(retry_command, "quarantined").exit_code == 2
    assert run(retry_command, "unreadable").exit_code == 2


def test_records_set_aside_are_tried_again_when_told(folder: Path) -> None:
    run(index_command, folder)
    archive = open_archive()
    with writing(archive.engine) as connection:
        [record_id, *_] = records.ids_after(connection, "", 10)
        set_asides.add(connection, 1, record_id, deaths=3, reason="worker_died", at=utc_now())
    assert "索引外搁置：1 件档案" in run(retry_command, "set_aside").output
    with reading(archive.engine) as connection:
        assert set_asides.count(connection) == 0
        position = outbox.newest_position(connection)
        assert outbox.changes_after(connection, position - 1, 1)[0].record_id == record_id
    archive.engine.dispose()


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    result = run(index_command, folder, "--dry-run")
    assert result.exit_code == 0
    assert "试运行" in result.output
    assert titles() == set()


def test_wrong_use_is_told_from_failure(folder: Path) -> None:
    assert run(index_command, folder, "--level", "everybody").exit_code == 2
    assert run(index_command).exit_code == 2
    with pytest.raises(ImportRefusedError, match="is not a folder"):
        run(index_command, folder / "nowhere")
    with pytest.raises(ImportRefusedError, match="no batch 9"):
        run(undo_command, 9)
    with pytest.raises(ImportRefusedError, match="no quarantined file"):
        run(clear_command, "0" * 64, "--ground", "x", "--by", "y")
