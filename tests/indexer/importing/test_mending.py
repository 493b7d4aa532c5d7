from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, utc_now, writing
from indexer.engine.opening import open_searcher
from indexer.engine.port import Pair
from indexer.importing.lock import import_lock
from indexer.importing.mending import Deed, Mender, Why
from indexer.indexing.findings import Problem
from indexer.indexing.verification import Verification
from indexer.page_words import Box, PageWord
from indexer.records import FileHash
from indexer.repositories import clearances, files, set_asides, withdrawals
from indexer.repositories.files import ContentState
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore
from indexer.storage.word_store import FolderWordStore
from indexer.tables import clearance
from tests.fixtures.archive import ARCHIVIST
from tests.indexer.damage import (
    as_indexed,
    drop_documents,
    filled,
    found,
    hash_of,
    index_of,
    named,
    publish,
    put_stranger,
    take_away,
    text_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.indexing.findings import Finding
    from tests.fixtures.archive import SmallArchive

STRAY = FileHash("ab" * 32)


def findings(archive: SmallArchive) -> list[Finding]:
    return list(Verification(archive.engine, archive.settings).findings())


def mend(archive: SmallArchive, *, prune: bool = False) -> list[tuple[Problem, Deed, str]]:
    """What was done, with the index brought up to date."""
    mender = Mender(archive.engine, archive.settings, prune=prune)
    done = [*mender.mend(findings(archive)), *mender.finish()]
    archive.index()
    return sorted({(each.finding.problem, each.deed, each.reason) for each in done})


def test_what_the_index_lacks_or_has_otherwise_is_put_anew(house: SmallArchive) -> None:
    lost, stale = named(house, "open"), named(house, "staff")
    paper = named(house, "只有纸质")
    with index_of(house) as writer:
        writer.delete({paper.record_id: writer.position})
        writer.put([replace(as_indexed(house, stale), revision=stale.revision - 1)])
    drop_documents(house, lost.record_id, Pair.PUBLIC, "passages")
    assert mend(house) == [
        (Problem.NOT_INDEXED, Deed.QUEUED, ""),
        (Problem.PASSAGES, Deed.QUEUED, ""),
        (Problem.STALE, Deed.QUEUED, ""),
    ]
    assert found(house) == []
    # The records are what they were: nobody is told that they came or changed.
    assert named(house, "open") == lost
    assert house.titles("提高低保") == ["open"]


def test_a_record_in_the_public_index_is_denied_at_once_and_then_gone(
    house: SmallArchive,
) -> None:
    secret = named(house, "staff")
    publish(house, secret)
    mender = Mender(house.engine, house.settings)
    (done,) = mender.mend(findings(house))
    assert (done.finding.problem, done.deed) == (Problem.BREACH, Deed.REMOVED)
    with reading(house.engine) as connection:
        position = open_searcher(house.settings, 1).position
        assert secret.record_id in withdrawals.denied_records(connection, position)
    house.index()
    assert found(house) == []
    assert house.ask("审批", PUBLIC_VIEWER).total == 0
    assert house.titles("审批", ARCHIVIST) == ["staff"]


def test_what_no_record_has_leaves_both_pairs(house: SmallArchive) -> None:
    put_stranger(house)
    assert mend(house) == [
        (Problem.BREACH, Deed.REMOVED, ""),
        (Problem.ORPHANED, Deed.REMOVED, ""),
    ]
    assert found(house) == []


def test_passages_of_nobody_take_a_new_generation(house: SmallArchive) -> None:
    stranger = put_stranger(house)
    for pair in Pair:
        drop_documents(house, stranger, pair, "records")
    assert mend(house) == [(Problem.STRAY_PASSAGES, Deed.LEFT, Why.NOBODYS)]


def test_what_kills_workers_is_not_given_to_them_again(house: SmallArchive) -> None:
    record = named(house, "staff")
    with index_of(house) as writer:
        writer.delete({record.record_id: writer.position})
    with writing(house.engine) as connection:
        set_asides.add(connection, 1, record.record_id, deaths=3, reason="9", at=utc_now())
    assert mend(house) == [(Problem.SET_ASIDE, Deed.LEFT, Why.SET_ASIDE)]


def test_texts_are_read_again_from_their_originals(house: SmallArchive) -> None:
    text_file(house, "open").unlink()
    text_file(house, "staff").write_bytes(b"damaged")
    before = named(house, "open")
    # Built without the text, the index lacks it, too.
    with index_of(house) as writer:
        writer.delete({before.record_id: writer.position})
        writer.put([as_indexed(house, replace(before, files=()))])
    assert mend(house) == [
        (Problem.TEXT_DAMAGED, Deed.READ, ""),
        (Problem.TEXT_MISSING, Deed.READ, ""),
    ]
    assert found(house) == []
    assert named(house, "open") == before
    assert house.titles("提高低保标准") == ["open"]


def test_a_text_whose_original_is_damaged_waits_for_the_next_import(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    house = filled(migrated_sqlite, tmp_path)
    file_hash = hash_of(house, "open")
    original = house.settings.originals / file_hash[:2] / file_hash
    original.unlink()
    original.write_bytes(b"something else")
    text_file(house, "open").unlink()
    assert mend(house) == [(Problem.TEXT_MISSING, Deed.MARKED, "")]
    original.unlink()
    house.run()
    assert found(house) == []
    house.engine.dispose()


def test_an_original_that_is_nowhere_is_said_to_be_lost(house: SmallArchive) -> None:
    file_hash = hash_of(house, "open")
    (house.settings.originals / file_hash[:2] / file_hash).unlink()
    with writing(house.engine) as connection:
        connection.exec_driver_sql("UPDATE source_file SET state = 'missing'")
    assert mend(house) == [(Problem.ORIGINAL_MISSING, Deed.LEFT, Why.NO_ORIGINAL)]


def test_what_nobody_knows_of_is_deleted_when_somebody_says_so(house: SmallArchive) -> None:
    FolderTextStore(house.settings.texts).put(STRAY, "plain/1", ["无主"])
    word = PageWord(start=0, end=1, box=Box(left=0, top=0, right=1, bottom=1))
    FolderWordStore(house.settings.words).put(STRAY, "plain/1", {1: [word]})
    source = house.settings.data / "stray"
    source.write_bytes(b"stray")
    FolderOriginalStore(house.settings.originals).add(source)
    orphans = {Problem.ORIGINAL_ORPHANED, Problem.TEXT_ORPHANED, Problem.WORDS_ORPHANED}
    assert set(mend(house)) == {(each, Deed.LEFT, Why.TOLD_ONLY) for each in orphans}
    assert {each.problem for each in findings(house)} == orphans
    assert set(mend(house, prune=True)) == {(each, Deed.DELETED, "") for each in orphans}
    assert found(house) == []


def test_what_was_set_aside_leaves_the_stores(house: SmallArchive) -> None:
    file_hash = hash_of(house, "open")
    take_away(house, "open")
    with writing(house.engine) as connection:
        quarantined = {"state": ContentState.QUARANTINED, "extractor": "", "page_count": 0}
        files.note_outcomes(connection, {file_hash: quarantined})
    assert mend(house) == [(Problem.QUARANTINED_KEPT, Deed.DELETED, "")]
    assert found(house) == []


def test_a_marking_that_nobody_cleared_sets_the_file_aside(house: SmallArchive) -> None:
    house.add("marked", "机密\n防汛预案")
    house.run()
    with reading(house.engine) as connection:
        ((row, _),) = files.quarantined(connection)
    assert row.file_hash is not None
    with writing(house.engine) as connection:
        clearances.give(connection, row.file_hash, ground="已解密", by="test", at=utc_now())
    house.run()
    text_file(house, "marked").unlink()
    with writing(house.engine) as connection:
        connection.execute(delete(clearance))
    assert mend(house) == [(Problem.TEXT_MISSING, Deed.DELETED, "")]
    with reading(house.engine) as connection:
        content = files.contents(connection, [row.file_hash])[row.file_hash]
    assert content.state is ContentState.QUARANTINED
    assert found(house) == []


def test_a_recognised_text_is_recognised_again(house: SmallArchive) -> None:
    file_hash = hash_of(house, "open")
    with writing(house.engine) as connection:
        recognised = {"extractor": "plain/1+rapid/1"}
        files.note_outcomes(connection, {file_hash: recognised})
    assert (Problem.TEXT_MISSING, Deed.READ, "") in mend(house)
    assert not named(house, "open").files[0].is_recognised
    assert house.titles("提高低保标准") == ["open"]


def test_while_an_import_runs_the_stores_are_left(house: SmallArchive) -> None:
    text_file(house, "open").unlink()
    with import_lock(house.settings.data):
        assert mend(house) == [(Problem.TEXT_MISSING, Deed.LEFT, Why.IMPORTING)]


@pytest.mark.usefixtures("house")
def test_where_nothing_is_wrong_nothing_is_done(house: SmallArchive) -> None:
    mender = Mender(house.engine, house.settings)
    assert [*mender.mend([]), *mender.finish()] == []
