from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import Audience, Disclosure, Level, Opening, Secrecy
from indexer.database import reading, utc_now, writing
from indexer.dates import PartialDate
from indexer.records import Description, FileHash, FileRole, RecordId, TextState
from indexer.repositories import files, records
from indexer.repositories.records import FileLink, StoredRecord

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow

HASH = FileHash("ab" * 32)
OTHER = FileHash("cd" * 32)
DESCRIPTION = Description(
    title="关于防汛的通知",
    agency="青山区人民政府",
    document_number="青政发〔2011〕12号",
    date=PartialDate(2011, 3),
    fonds="Z109",
    persons=("张三", "李四"),
    level=Level(
        secrecy=Secrecy.INTERNAL, opening=Opening.DELAYED, disclosure=Disclosure.NOT_PUBLIC
    ),
)


def link(ordinal: int, file_hash: FileHash | None = HASH, **fields: int) -> FileLink:
    return FileLink(
        ordinal=ordinal,
        name=f"{ordinal}.txt",
        role=FileRole.TEXT if ordinal == 0 else FileRole.ATTACHMENT,
        file_hash=file_hash,
        source_file_id=fields.get("source_file_id"),
        first_page=fields.get("first_page", 1),
        last_page=fields.get("last_page"),
    )


def stored(batch: BatchRow, name: str, *links: FileLink) -> StoredRecord:
    return StoredRecord(
        record_id=RecordId(name),
        source_id=batch.source_id,
        item_key=f"id:{name}",
        external_id=name,
        batch_number=batch.number,
        description=DESCRIPTION,
        files=links,
        content_hash="0" * 64,
        revision=1,
    )


def save(database: Engine, *all_stored: StoredRecord) -> None:
    with writing(database) as connection:
        records.save(connection, all_stored)


def test_a_record_comes_back_as_it_was_saved(database: Engine, batch: BatchRow) -> None:
    first = stored(batch, "r1", link(0), link(1, None))
    save(database, first, stored(batch, "r2"))
    with reading(database) as connection:
        assert records.load_stored(connection, first.record_id) == first
        assert records.load_stored(connection, RecordId("none")) is None
    again = replace(first, files=(link(0, OTHER, first_page=3, last_page=5),), revision=2)
    save(database, again)
    with reading(database) as connection:
        assert records.load_stored(connection, first.record_id) == again


def test_a_record_knows_what_became_of_its_files(database: Engine, batch: BatchRow) -> None:
    save(database, stored(batch, "r1", link(0), link(1, OTHER), link(2, None)))
    with writing(database) as connection:
        for file_hash, values in (
            (HASH, {"page_count": 7, "extractor": "text/1", "media_type": "text/plain"}),
            (OTHER, {"reason": "damaged"}),
        ):
            files.store_contents(connection, batch.number, {file_hash: (9, None)})
            files.note_outcomes(connection, {file_hash: values})
        (found,) = records.load_records(connection, [RecordId("r1"), RecordId("none")]).values()
    assert [(file.page_count, file.extractor, file.reason, file.size) for file in found.files] == [
        (7, "text/1", "", 9),
        (0, "", "damaged", 9),
        (0, "", "", 0),
    ]
    assert found.text_state is TextState.PARTIAL
    assert found.description == DESCRIPTION
    assert found.access.internal_to == "青山区人民政府"
    assert found.access.audience is Audience.STAFF


def test_many_records_are_loaded_and_walked_through(database: Engine, batch: BatchRow) -> None:
    names = [f"r{number:04}" for number in range(1_100)]
    save(database, *(stored(batch, name) for name in names))
    with reading(database) as connection:
        assert list(records.iter_record_ids(connection)) == names
        assert list(records.iter_record_ids(connection, after="r1097")) == ["r1098", "r1099"]
        assert len(records.load_records(connection, [RecordId(name) for name in names])) == 1_100


def test_a_removed_record_is_not_there_but_known(database: Engine, batch: BatchRow) -> None:
    save(database, stored(batch, "r1", link(0)))
    with writing(database) as connection:
        assert records.is_file_in_use(connection, HASH)
        records.mark_removed(connection, RecordId("r1"), revision=5, at=utc_now())
        assert records.load_records(connection, [RecordId("r1")]) == {}
        assert list(records.iter_record_ids(connection)) == []
        known = records.load_stored(connection, RecordId("r1"))
        assert not records.is_file_in_use(connection, HASH)
        assert records.records_with_file(connection, HASH) == ["r1"]
    assert known is not None
    assert known.removed_at is not None
    assert known.revision == 5


def test_records_are_found_by_the_files_they_were_made_from(
    database: Engine, batch: BatchRow
) -> None:
    with writing(database) as connection:
        files.note_new(connection, batch.source_id, batch.number, [("a", 1, 1), ("b", 1, 1)])
        paths = files.paths_of(connection, batch.source_id)
    a, b = paths["a"].source_file_id, paths["b"].source_file_id
    save(
        database,
        stored(batch, "r1", link(0, source_file_id=a)),
        stored(batch, "r2", link(0, source_file_id=a), link(1, OTHER, source_file_id=b)),
    )
    with writing(database) as connection:
        records.note_revision(connection, RecordId("r1"), 9)
        assert records.records_from_files(connection, [a, b]) == [
            (a, "r1", "id:r1"),
            (a, "r2", "id:r2"),
            (b, "r2", "id:r2"),
        ]
        assert records.records_with_file(connection, HASH) == ["r1", "r2"]
        changed = records.load_stored(connection, RecordId("r1"))
    assert changed is not None
    assert changed.revision == 9


@given(
    secrecy=st.sampled_from(Secrecy),
    opening=st.sampled_from(Opening),
    disclosure=st.none() | st.sampled_from(Disclosure),
)
def test_the_audience_in_the_database_is_the_one_the_level_yields(
    secrecy: Secrecy, opening: Opening, disclosure: Disclosure | None
) -> None:
    level = Level(secrecy=secrecy, opening=opening, disclosure=disclosure)
    columns = records.columns_of(replace(DESCRIPTION, level=level))
    assert columns["audience"] == (None if level.audience is None else int(level.audience))
    assert columns["internal_to"] == ("青山区人民政府" if level.is_internal else None)


@pytest.mark.parametrize("date", [None, PartialDate(2011), PartialDate(2011, 3, 15)])
def test_a_date_keeps_its_precision(
    database: Engine, batch: BatchRow, date: PartialDate | None
) -> None:
    save(database, replace(stored(batch, "r1"), description=replace(DESCRIPTION, date=date)))
    with reading(database) as connection:
        (found,) = records.load_records(connection, [RecordId("r1")]).values()
    assert found.description.date == date
