from __future__ import annotations

import multiprocessing
import random
import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.errors import ImportRefusedError
from indexer.importing.lock import import_lock
from indexer.importing.pipeline import BatchRequest, Progress, Step, dry_run, run_batch
from indexer.repositories import batches, outbox, withdrawals
from indexer.repositories.batches import BatchState
from indexer.tables import metadata
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.settings import IndexerSettings

KILLS = 6
FORK = multiprocessing.get_context("fork")
# Moments, and what depends on the folder's name, differ between two runs of one batch.
_PASSING = frozenset(
    {"stored_at", "queued_at", "started_at", "finished_at", "created_at", "in_place"}
)


def test_a_folder_becomes_records_and_a_report(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.txt", "关于防汛的通知")
    shelf.put("b/c.txt", "关于供暖的通知")
    shelf.put(".hidden", "x")
    seen: list[Progress] = []
    request = BatchRequest(folder=shelf.folder, source_name="papers", started_by="档案员")
    report = run_batch(shelf.engine, shelf.settings, request, seen.append)
    assert (report.found, report.indexed, report.records_changed, report.passed_over) == (
        2,
        2,
        2,
        1,
    )
    assert seen[-1] == Progress(batch_number=1, step=Step.CLOSING, done=2, total=2)
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    with reading(shelf.engine) as connection:
        row = batches.load(connection, report.batch_number)
        assert len(outbox.changes_after(connection, 0, 10)) == 2
    assert row is not None
    assert (row.source_name, row.started_by, row.state) == ("papers", "档案员", "finished")
    assert row.report is not None
    assert row.report["indexed"] == 2
    assert shelf.run(source_name="papers").records_changed == 0


def test_a_dry_run_writes_nothing(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    shelf.folder.joinpath("catalogue.csv").write_text("题名,文件\n甲,gone.txt\n", encoding="utf-8")
    request = BatchRequest(folder=shelf.folder, manifest=shelf.folder / "catalogue.csv")
    report = dry_run(request, shelf.settings)
    assert (report.found, report.unlisted) == (1, ("a.txt",))
    assert [(row.number, row.problem) for row in report.bad_rows] == [(2, "file_missing")]
    assert shelf.records() == {}
    assert not shelf.settings.data.exists()


def test_two_imports_do_not_run_at_once(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    with import_lock(shelf.settings.data), pytest.raises(ImportRefusedError, match="is being run"):
        shelf.run()


def test_a_withdrawal_outlives_the_next_import(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    shelf.run(level="public")
    (record,) = shelf.records().values()
    file_hash = record.files[0].file_hash
    assert file_hash is not None
    with writing(shelf.engine) as connection:
        withdrawals.withdraw_file(connection, file_hash, ground="隐私", by="档案员", at=utc_now())
    shelf.put("b.txt", "防汛")
    shelf.run(level="public")
    with reading(shelf.engine) as connection:
        denied = withdrawals.withdrawn_records(connection)
    assert denied == {each.record_id for each in shelf.records().values()}
    assert len(denied) == 2


def test_a_batch_killed_at_any_moment_ends_as_one_that_was_not(
    shelf: Shelf, tmp_path: Path
) -> None:
    _fill(shelf)
    began = time.monotonic()
    shelf.run(level="public", source_name="papers")
    duration = time.monotonic() - began
    other = Shelf(
        folder=shelf.folder,
        engine=open_database(f"sqlite:///{tmp_path / 'killed' / 'query_room.db'}"),
        settings=_settings_like(shelf, tmp_path / "killed"),
        rows=shelf.rows,
    )
    migrate(other.engine, "indexer")
    other.engine.dispose()
    for _ in range(KILLS):
        process = FORK.Process(target=_import, args=(other,))
        process.start()
        time.sleep(random.uniform(0, 0.8 * duration))
        process.kill()
        process.join()
        if _is_finished(other):
            break
    else:
        assert other.run(level="public", source_name="papers").batch_number == 1
    assert _rows(other) == _rows(shelf)
    assert list(other.stores.originals.hashes()) == list(shelf.stores.originals.hashes())
    assert list(other.stores.texts.entries()) == list(shelf.stores.texts.entries())
    other.engine.dispose()


def _fill(shelf: Shelf) -> None:
    for number in range(60):
        shelf.put(
            f"{number:02}.txt", f"青政发〔2011〕{number}号\n关于第{number}项工作的通知\n" * 30
        )
    shelf.put("copy-a.txt", "同一内容")
    shelf.put("copy-b.txt", "同一内容")
    shelf.put("marked.txt", "机密★10年\n内容")
    shelf.put("broken.pdf", b"%PDF-1.7 broken")
    shelf.put("bad-row.txt", "内容")
    for number in range(20):
        shelf.describe(id=str(number), title=f"第{number}项", file=f"{number:02}.txt")
    shelf.describe(id="20", title="两件", file=["20.txt", "21.txt"], 附件="copy-a.txt")
    shelf.describe(id="21", title="密件", 密级="秘密", file="22.txt")
    shelf.describe(id="22", title="坏", date="?", file="bad-row.txt")


def _import(shelf: Shelf) -> None:
    shelf.engine = open_database(shelf.settings.database_url)
    shelf.run(level="public", source_name="papers")


def _is_finished(shelf: Shelf) -> bool:
    with reading(shelf.engine) as connection:
        row = batches.load(connection, 1)
    shelf.engine.dispose()  # nothing of it may pass to a forked process
    return row is not None and row.state is BatchState.FINISHED


def _settings_like(shelf: Shelf, folder: Path) -> IndexerSettings:
    return type(shelf.settings)(
        data=folder / "data",
        database_url=f"sqlite:///{folder / 'query_room.db'}",
        processes=1,
        extraction_timeout_s=20,
    )


def _rows(shelf: Shelf) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without the moments."""
    found: dict[str, list[dict[str, Any]]] = {}
    with reading(shelf.engine) as connection:
        for name, table in metadata.tables.items():
            if name == "batch":
                continue
            rows = connection.execute(select(table).order_by(*table.primary_key))
            found[name] = [
                {key: value for key, value in row._mapping.items() if key not in _PASSING}
                for row in rows
            ]
    return found
