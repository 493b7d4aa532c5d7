from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import writing
from indexer.page_words import Box, PageWord
from indexer.records import FileHash
from indexer.repositories.files import ContentState, note_outcomes
from indexer.storage.text_store import FolderTextStore
from indexer.storage.word_store import FolderWordStore
from tests.indexer.damage import found, hash_of, take_away, text_file

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

STRAY = FileHash("ab" * 32)


def test_a_text_that_is_gone_is_missing(house: SmallArchive) -> None:
    text_file(house, "open").unlink()
    assert found(house) == [("text_missing", hash_of(house, "open"))]


def test_a_text_with_a_flipped_byte_is_damaged(house: SmallArchive) -> None:
    path = text_file(house, "open")
    content = bytearray(path.read_bytes())
    content[6] ^= 0xFF
    path.write_bytes(content)
    assert found(house) == [("text_damaged", hash_of(house, "open"))]


def test_a_text_that_is_cut_short_is_damaged(house: SmallArchive) -> None:
    path = text_file(house, "open")
    path.write_bytes(path.read_bytes()[:-5])
    assert found(house) == [("text_damaged", hash_of(house, "open"))]


def test_texts_of_no_present_record_are_read_as_well(house: SmallArchive) -> None:
    path, file_hash = text_file(house, "open"), hash_of(house, "open")
    take_away(house, "open")
    path.write_bytes(b"nothing")
    assert found(house) == [("text_damaged", file_hash)]


def test_an_original_that_is_gone_is_missing(house: SmallArchive) -> None:
    file_hash = hash_of(house, "staff")
    (house.settings.originals / file_hash[:2] / file_hash).unlink()
    assert found(house) == [("original_missing", file_hash)]


def test_what_an_import_has_still_to_read_is_not_missed(house: SmallArchive) -> None:
    file_hash = hash_of(house, "staff")
    (house.settings.originals / file_hash[:2] / file_hash).unlink()
    with writing(house.engine) as connection:
        stored = {"state": ContentState.STORED, "extractor": "", "page_count": 0}
        note_outcomes(connection, {file_hash: stored})
    assert not [each for each in found(house) if each[0] == "original_missing"]


def test_what_nobody_knows_of_is_orphaned(house: SmallArchive) -> None:
    FolderTextStore(house.settings.texts).put(STRAY, "plain/1", ["无主的文本"])
    word = PageWord(start=0, end=1, box=Box(left=0, top=0, right=1, bottom=1))
    FolderWordStore(house.settings.words).put(STRAY, "plain/1", {1: [word]})
    original = house.settings.originals / STRAY[:2] / STRAY
    original.parent.mkdir(exist_ok=True)
    original.write_bytes(b"?")
    assert found(house) == [
        ("original_orphaned", STRAY),
        ("text_orphaned", STRAY),
        ("words_orphaned", STRAY),
    ]


def test_a_text_of_another_version_is_orphaned_unless_it_is_recognised_further(
    house: SmallArchive,
) -> None:
    file_hash = hash_of(house, "open")
    FolderTextStore(house.settings.texts).put(file_hash, "plain/0", ["从前的文本"])
    assert found(house) == [("text_orphaned", file_hash)]
    with writing(house.engine) as connection:
        note_outcomes(connection, {file_hash: {"unread_count": 1, "unread_pages": [1]}})
    assert found(house) == []


def test_what_was_set_aside_must_not_be_kept(house: SmallArchive) -> None:
    file_hash = hash_of(house, "open")
    take_away(house, "open")
    with writing(house.engine) as connection:
        quarantined = {"state": ContentState.QUARANTINED, "extractor": "", "page_count": 0}
        note_outcomes(connection, {file_hash: quarantined})
    assert found(house) == [("quarantined_kept", file_hash)] * 2  # its text and its original
