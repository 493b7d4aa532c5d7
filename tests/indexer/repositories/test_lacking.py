from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import reading, writing
from indexer.engine.query import Filters, Order
from indexer.repositories import files, lacking, records
from indexer.repositories.browsing import visible_to
from indexer.tables import record
from search_api.answers import Question
from tests.fixtures.archive import ARCHIVIST, STAFF, SmallArchive, context, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.records import RecordId

OPEN = {"secrecy": "公开", "opening": "开放"}


@pytest.fixture
def read(database: Engine, tmp_path: Path) -> SmallArchive:
    """An archive of which all is read, on each kind of database."""
    url = database.url.render_as_string(hide_password=False)
    archive = SmallArchive(
        folder=tmp_path / "papers", engine=database, settings=settings_in(tmp_path, url)
    )
    agency = "青山区人民政府"
    archive.add("甲", "低保。", date="2008-03", fonds="0012", agency=agency, **OPEN)
    archive.add("乙", "防汛。", date="2008-03-15", fonds="0012", **OPEN)
    archive.add("丙", "供暖。", date="2009", fonds="0036", agency=agency, **OPEN)
    archive.add("丁", "征收。", date="2010-06-16")
    archive.add("戊", "来信。", secrecy="工作秘密")
    archive.add("己", "无日期。", **OPEN)
    archive.add("纸质卷", date="2008", shelf_mark="3库", **OPEN)
    archive.run()
    return archive


@pytest.fixture
def archive(read: SmallArchive) -> SmallArchive:
    """The same with every file still to be recognised."""
    with writing(read.engine) as connection:
        ids = list(records.iter_record_ids(connection))
        hashes = [
            file.file_hash
            for each in records.load_records(connection, ids).values()
            for file in each.files
            if file.file_hash
        ]
        files.note_outcomes(
            connection, {each: {"unread_pages": [1], "unread_count": 1} for each in hashes}
        )
        records.note_lacking(connection, ids)
    return read


def count(
    archive: SmallArchive,
    viewer: Viewer,
    filters: Filters | None = None,
    denied: frozenset[RecordId] = frozenset(),
) -> int:
    with reading(archive.engine) as connection:
        return lacking.count(connection, visible_to(viewer, denied), filters or Filters())


def expected(archive: SmallArchive, viewer: Viewer, **filters: object) -> int:
    """What the engine finds by filters alone, of which every record with a file lacks text."""
    question = Question(
        text="",
        filters=Filters(**filters),  # type: ignore[arg-type]
        order=Order.NEWEST,
        page_size=100,
    )
    found = archive.service.search(question, viewer, context())
    with reading(archive.engine) as connection:
        paper = set(
            connection.execute(
                select(record.c.record_id).where(record.c.lacks_text.is_(False))
            ).scalars()
        )
    return found.total - sum(hit.record.record_id in paper for hit in found.hits)


def test_each_viewer_is_told_of_what_they_may_see(archive: SmallArchive) -> None:
    counts = [count(archive, viewer) for viewer in (PUBLIC_VIEWER, STAFF, ARCHIVIST)]
    assert counts == [5, 5, 6]  # 戊 is for archivists alone


def test_what_is_withdrawn_is_not_counted(archive: SmallArchive) -> None:
    with reading(archive.engine) as connection:
        open_one = (
            connection.execute(
                select(record.c.record_id).where(
                    record.c.lacks_text, record.c.audience == int(Audience.PUBLIC)
                )
            )
            .scalars()
            .first()
        )
    assert open_one is not None
    before = count(archive, PUBLIC_VIEWER)
    assert count(archive, PUBLIC_VIEWER, denied=frozenset({open_one})) == before - 1


@pytest.mark.parametrize(
    "filters",
    [
        {"date_from": dt.date(2000, 1, 1)},
        {"date_to": dt.date(2010, 6, 15)},
        {"date_from": dt.date(2008, 3, 15), "date_to": dt.date(2008, 3, 15)},
        {"years": (2008,)},
        {"audiences": (Audience.PUBLIC,)},
        {"fonds": ("nowhere",)},
        {"agencies": ("青山区人民政府",)},
    ],
    ids=str,
)
def test_filters_mean_what_they_mean_to_the_engine(
    archive: SmallArchive, filters: dict[str, object]
) -> None:
    wanted = Filters(**filters)  # type: ignore[arg-type]
    assert count(archive, ARCHIVIST, wanted) == expected(archive, ARCHIVIST, **filters)


def test_when_everything_is_read_nothing_lacks(read: SmallArchive) -> None:
    assert count(read, ARCHIVIST) == 0
