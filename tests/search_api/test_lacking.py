from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, writing
from indexer.engine.query import Filters
from indexer.repositories import files, lacking, outbox, records, withdrawals
from indexer.repositories.outbox import ChangeKind
from search_api.lacking import LackingCounts
from tests.fixtures.archive import ARCHIVIST

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.records import RecordId
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def scans(archive: SmallArchive) -> list[RecordId]:
    """Three records, the second not for the public; none is read."""
    archive.add("甲", "低保。", opening="开放", agency="民政局")
    archive.add("乙", "防汛。", secrecy="工作秘密")
    archive.add("丙", "供暖。", opening="开放")
    archive.run()
    with reading(archive.engine) as connection:
        found = sorted(records.iter_record_ids(connection))
    for each in found:
        set_unread(archive, each, 1)
    return found


def set_unread(archive: SmallArchive, record_id: RecordId, pages: int) -> None:
    with writing(archive.engine) as connection:
        (record,) = records.load_records(connection, [record_id]).values()
        (file,) = record.files
        assert file.file_hash is not None
        files.note_outcomes(
            connection,
            {file.file_hash: {"unread_pages": [1][:pages], "unread_count": pages}},
        )
        records.note_lacking(connection, [record_id])
        outbox.queue(connection, record_id, ChangeKind.PUT)


def ask(
    counts: LackingCounts,
    archive: SmallArchive,
    viewer: Viewer = ARCHIVIST,
    filters: Filters | None = None,
) -> int:
    with reading(archive.engine) as connection:
        denied = withdrawals.withdrawn_records(connection)
        return counts.count(connection, viewer, denied, filters or Filters())


def test_a_count_follows_every_change(archive: SmallArchive, scans: list[RecordId]) -> None:
    counts = LackingCounts()
    assert ask(counts, archive) == 3
    for left, record_id in zip((2, 1, 0), scans, strict=True):
        set_unread(archive, record_id, 0)
        assert ask(counts, archive) == left


@pytest.mark.usefixtures("scans")
def test_each_viewer_and_each_filter_has_a_count_of_its_own(archive: SmallArchive) -> None:
    counts = LackingCounts()
    for _ in range(2):
        assert ask(counts, archive) == 3
        assert ask(counts, archive, PUBLIC_VIEWER) == 2
        assert ask(counts, archive, PUBLIC_VIEWER, Filters(agencies=("民政局",))) == 1


@pytest.mark.usefixtures("scans")
def test_nothing_is_counted_twice_while_nothing_changes(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = LackingCounts()
    ask(counts, archive)
    monkeypatch.setattr(lacking, "count", lambda *_: pytest.fail("counted again"))
    assert ask(counts, archive) == 3


@pytest.mark.usefixtures("scans")
def test_questions_of_every_kind_do_not_fill_the_memory(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_api.lacking.MOST", 2)
    counts = LackingCounts()
    for year in range(1990, 2000):
        assert ask(counts, archive, filters=Filters(years=(year,))) == 0
    assert ask(counts, archive) == 3
