from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sqlalchemy import update

from indexer.database import writing
from indexer.indexing.verification import Verification, verify_index
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore
from indexer.tables import generation
from tests.indexer.damage import found, hash_of, text_file

if TYPE_CHECKING:
    from indexer.indexing.findings import IndexReport
    from tests.fixtures.archive import SmallArchive


def test_a_sound_archive_is_counted(house: SmallArchive) -> None:
    told: list[IndexReport] = []
    verification = Verification(house.engine, house.settings, progress=told.append)
    assert list(verification.findings()) == []
    report = verification.report
    assert report.is_sound
    assert (report.records, report.texts, report.indexed, report.waiting) == (3, 2, 3, 0)
    assert told


def test_before_the_first_generation_there_is_none(archive: SmallArchive) -> None:
    assert found(archive) == [("no_generation",)]


def test_what_another_version_wrote_cannot_be_asked_but_texts_are_read(
    house: SmallArchive,
) -> None:
    text_file(house, "open").unlink()
    with writing(house.engine) as connection:
        connection.execute(update(generation).values(schema_version=0))
    assert found(house) == [("no_generation", "1"), ("text_missing", hash_of(house, "open"))]


def test_an_index_that_cannot_be_opened_is_said_to_be_so(house: SmallArchive) -> None:
    (house.settings.index / "000001" / "full" / "records" / "meta.json").write_text("{", "utf-8")
    assert found(house) == [("index_unreadable", "1")]


def test_an_index_that_is_gone_takes_everything_in_anew(house: SmallArchive) -> None:
    shutil.rmtree(house.settings.index / "000001")
    report = verify_index(house.engine, house.settings)
    assert (report.is_sound, report.indexed, report.waiting > 0) == (True, 0, True)
    house.index()
    assert verify_index(house.engine, house.settings).indexed == 3


def test_what_an_import_brings_is_not_called_nobodys(house: SmallArchive) -> None:
    FolderTextStore(house.settings.texts).put(FileHash("ab" * 32), "plain/1", ["未知"])
    verification = Verification(house.engine, house.settings, is_importing=True)
    assert list(verification.findings()) == []
    assert verification.report.is_importing
