from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import Secrecy
from indexer.database import reading, utc_now, writing
from indexer.importing.quarantine import COPY
from indexer.repositories import clearances, withdrawals
from indexer.repositories.files import CATALOGUE_SECRET, PathState

if TYPE_CHECKING:
    from pathlib import Path

    from tests.indexer.importing.shelf import Shelf

SECRET = "机密★10年\n\n关于防汛物资储备的通知\n\n储备地点：九号仓库。"
TELLTALE = "九号仓库"


def bytes_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def assert_nothing_is_kept(shelf: Shelf, *, telltale: str = TELLTALE) -> None:
    assert list(shelf.stores.originals.hashes()) == []
    assert list(shelf.stores.texts.entries()) == []
    for folder in (shelf.settings.data, shelf.folder.parent):
        for path in folder.rglob("query_room.db*"):
            assert telltale.encode() not in path.read_bytes()
    assert telltale.encode() not in bytes_under(shelf.settings.data)


def test_a_marked_file_leaves_path_hash_and_marking(shelf: Shelf) -> None:
    shelf.put("marked.txt", SECRET)
    report = shelf.run(level="public")
    assert (report.quarantined, report.records_changed) == (1, 0)
    (problem,) = report.problems
    assert (problem.path, problem.reason) == ("marked.txt", "quarantined")
    assert "机密" in problem.detail
    row = shelf.paths()["marked.txt"]
    assert row.state is PathState.QUARANTINED
    assert row.file_hash is not None
    assert_nothing_is_kept(shelf)


def test_a_cleared_file_is_read_by_the_next_batch(shelf: Shelf) -> None:
    shelf.put("marked.txt", SECRET)
    shelf.run()
    file_hash = shelf.paths()["marked.txt"].file_hash
    assert file_hash is not None
    assert shelf.run().quarantined == 1
    with writing(shelf.engine) as connection:
        clearances.give(connection, file_hash, ground="已解密", by="审查员", at=utc_now())
    report = shelf.run()
    assert (report.indexed, report.quarantined) == (1, 0)
    (record,) = shelf.records().values()
    assert TELLTALE in shelf.text_of(record)
    assert record.files[0].size == len(SECRET.encode())


def test_what_the_catalogue_calls_secret_is_not_opened(shelf: Shelf) -> None:
    shelf.put("a.txt", "储备地点：九号仓库。")
    shelf.describe(id="1", title="绝密的九号仓库", 密级="绝密", file="a.txt")
    shelf.describe(id="2", title="九号仓库的纸", 密级="机密")
    report = shelf.run(level="public")
    assert (report.quarantined, report.records_changed) == (1, 0)
    assert [(each.reason, each.detail) for each in report.problems] == [(CATALOGUE_SECRET, "top")]
    assert_nothing_is_kept(shelf)
    assert shelf.run(level="public").quarantined == 1


def test_a_bad_row_that_says_secret_is_believed(shelf: Shelf) -> None:
    shelf.put("a.txt", "储备地点：九号仓库。")
    shelf.describe(id="1", title="甲", 密级="机密", opening="看情况", file="a.txt")
    report = shelf.run(level="public")
    assert (report.quarantined, len(report.bad_rows)) == (1, 1)
    assert_nothing_is_kept(shelf)


@pytest.mark.parametrize("secret", ["1-first.txt", "9-last.txt"])
def test_a_secret_content_is_secret_at_every_path(shelf: Shelf, secret: str) -> None:
    for name in ("1-first.txt", "5-other.txt", "9-last.txt"):
        shelf.put(name, "储备地点：九号仓库。")
    shelf.describe(id="1", title="甲", 密级="机密", file=secret)
    report = shelf.run(level="public")
    assert (report.quarantined, report.records_changed) == (3, 0)
    assert sorted(each.reason for each in report.problems) == [CATALOGUE_SECRET, COPY, COPY]
    assert_nothing_is_kept(shelf)


def test_a_record_that_turns_out_secret_is_gone_at_once_wherever_it_came_from(
    shelf: Shelf,
) -> None:
    shelf.put("a.txt", "储备地点：九号仓库。")
    shelf.run(level="public", source_name="first")
    shelf.run(level="public", source_name="second")
    (kept,) = shelf.records().values()
    shelf.describe(id="1", title="乙", 密级="秘密", file="a.txt")
    report = shelf.run(source_name="first")
    assert report.quarantined == 1
    assert shelf.records() == {}
    with reading(shelf.engine) as connection:
        assert kept.record_id in withdrawals.denied_records(connection, kept.revision)
    assert list(shelf.stores.originals.hashes()) == []
    assert list(shelf.stores.texts.entries()) == []
    second = shelf.run(level="public", listed=False, source_name="second")
    assert (second.quarantined, second.records_changed) == (1, 0)


def test_a_catalogue_that_was_mended_sets_the_file_free(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    shelf.put("b.txt", "防汛")
    shelf.describe(id="1", title="甲", 密级="机密", file="a.txt")
    shelf.run()
    shelf.rows[0]["密级"] = "内部"
    report = shelf.run()
    assert (report.quarantined, report.failed) == (0, 0)
    assert shelf.records()["甲"].description.level.secrecy is Secrecy.INTERNAL
    assert len(shelf.records()) == 2


def test_a_marking_is_not_lifted_by_the_catalogue(shelf: Shelf) -> None:
    shelf.put("marked.txt", SECRET)
    shelf.describe(id="1", title="甲", 密级="机密", file="marked.txt")
    shelf.run()
    shelf.rows[0]["密级"] = "公开"
    report = shelf.run(level="public")
    assert (report.quarantined, report.records_changed) == (1, 0)
    assert_nothing_is_kept(shelf)
