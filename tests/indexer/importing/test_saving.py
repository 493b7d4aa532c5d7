from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import LEVEL_PRESETS, Level, Secrecy
from indexer.database import reading, writing
from indexer.importing.saving import RecordChange, files_in, remove, restore, save, stored_to_json
from indexer.records import Description, FileHash, FileRole, RecordId
from indexer.repositories import batches, outbox, records, withdrawals
from indexer.repositories.outbox import ChangeKind
from indexer.repositories.records import FileLink, StoredRecord

if TYPE_CHECKING:
    from sqlalchemy import Engine

ID = RecordId("r123")
PUBLIC = LEVEL_PRESETS["public"]
HASH = FileHash("a" * 64)


@pytest.fixture
def stored(database: Engine) -> StoredRecord:
    with writing(database) as connection:
        source_id = batches.source_named(connection, "papers", "/papers")
        number = batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level=None,
            in_place=False,
            started_by="",
        )
    return StoredRecord(
        record_id=ID,
        source_id=source_id,
        item_key="id:7",
        external_id="7",
        batch_number=number,
        description=Description(title="甲", agency="民政局", fonds="Z1", level=PUBLIC),
        files=(
            FileLink(
                ordinal=0, name="a.txt", role=FileRole.TEXT, file_hash=HASH, source_file_id=None
            ),
        ),
        content_hash="1" * 64,
        revision=0,
    )


def keep(database: Engine, after: StoredRecord) -> bool:
    with writing(database) as connection:
        change = RecordChange(before=records.load_stored(connection, ID), after=after)
        save(connection, after.batch_number, [change] if change.is_real else [])
    return change.is_real


def denied(database: Engine, position: int) -> bool:
    with reading(database) as connection:
        return ID in withdrawals.denied_records(connection, position)


def kinds(database: Engine) -> list[ChangeKind]:
    with reading(database) as connection:
        return [change.kind for change in outbox.changes_after(connection, 0, 100)]


def test_a_record_is_queued_only_when_it_changes(database: Engine, stored: StoredRecord) -> None:
    assert keep(database, stored)
    assert not keep(database, stored)
    assert keep(database, replace(stored, content_hash="2" * 64))
    assert kinds(database) == [ChangeKind.PUT, ChangeKind.PUT]
    with reading(database) as connection:
        known = records.load_stored(connection, ID)
        (loaded,) = records.load_records(connection, [ID]).values()
    assert known == replace(stored, content_hash="2" * 64, revision=2)
    assert loaded.revision == 2


@pytest.mark.parametrize(
    ("description", "restricts"),
    [
        (Description(agency="民政局", fonds="Z1", level=Level()), True),
        (Description(agency="民政局", fonds="Z1", level=Level(secrecy=Secrecy.INTERNAL)), True),
        (Description(agency="民政局", fonds="Z2", level=PUBLIC), True),
        (Description(agency="人社局", fonds="Z1", level=PUBLIC), False),
    ],
)
def test_a_change_that_shuts_somebody_out_denies_the_record_until_it_is_indexed(
    database: Engine, stored: StoredRecord, description: Description, *, restricts: bool
) -> None:
    keep(database, stored)
    keep(database, replace(stored, description=description, content_hash="2" * 64))
    assert denied(database, 1) is restricts
    assert not denied(database, 2)


def test_an_internal_record_that_goes_to_another_agency_is_denied_to_the_first(
    database: Engine, stored: StoredRecord
) -> None:
    internal = Description(agency="民政局", level=Level(secrecy=Secrecy.INTERNAL))
    keep(database, replace(stored, description=internal))
    moved = replace(internal, agency="人社局")
    keep(database, replace(stored, description=moved, content_hash="2" * 64))
    assert denied(database, 1)


def test_a_removed_record_is_gone_at_once_and_can_come_back(
    database: Engine, stored: StoredRecord
) -> None:
    keep(database, stored)
    with writing(database) as connection:
        assert remove(connection, stored.batch_number, ID)
        assert not remove(connection, stored.batch_number, ID)
    assert denied(database, 1)
    with reading(database) as connection:
        assert records.load_records(connection, [ID]) == {}
    assert keep(database, stored)
    assert kinds(database) == [ChangeKind.PUT, ChangeKind.DELETE, ChangeKind.PUT]


def test_a_restored_record_is_as_it_was(database: Engine, stored: StoredRecord) -> None:
    body = stored_to_json(stored)
    assert files_in(body) == [HASH]
    keep(database, stored)
    wider = replace(stored, description=Description(title="乙"), content_hash="2" * 64)
    keep(database, wider)
    with writing(database) as connection:
        restore(connection, ID, body)
        assert records.load_stored(connection, ID) == replace(stored, revision=3)
    assert not denied(database, 2)  # more people may see it, and they may wait


def test_restoring_a_narrower_record_denies_it_until_it_is_indexed(
    database: Engine, stored: StoredRecord
) -> None:
    keep(database, stored)
    narrow = replace(stored, description=Description(title="甲"))
    with writing(database) as connection:
        restore(connection, ID, stored_to_json(narrow))
    assert denied(database, 1)


def test_what_a_batch_replaced_is_kept_once(database: Engine, stored: StoredRecord) -> None:
    keep(database, stored)
    keep(database, replace(stored, content_hash="2" * 64))
    with reading(database) as connection:
        assert batches.versions_of(connection, stored.batch_number) == [(ID, None)]
