"""The stores of an archive, in folders and in a bucket: the same promises, one test each."""

from __future__ import annotations

import hashlib
import random
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.database import writing
from indexer.errors import (
    SourceUnreadableError,
    StorageError,
    StoreUnreachableError,
    TextDamagedError,
    TextMissingError,
)
from indexer.importing.mending import Deed, Mender
from indexer.indexing.verification import Verification, verify_index
from indexer.page_words import Box, PageWord
from indexer.records import FileHash
from indexer.repositories.outbox import ChangeKind, queue
from indexer.settings import IndexerSettings
from indexer.storage import objects
from indexer.storage.opening import open_objects, open_originals, open_texts, open_words
from indexer.storage.text_store import FolderTextStore
from query_room.backup import back_up, restore
from query_room.settings import RoomSettings
from tests.fixtures.archive import sqlite_archive
from tests.fixtures.elasticsearch import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.settings import Bucket

FILE, OTHER = FileHash("ab" * 32), FileHash("ab" + "cd" * 31)
WORD = PageWord(start=0, end=2, box=Box(left=0.1, top=0.2, right=0.3, bottom=0.4), confidence=0.9)


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> IndexerSettings:
    """Settings that name each kind of store."""
    settings = IndexerSettings(data=tmp_path / "data", database_url="sqlite://", processes=1)
    if request.param == "folder":
        return settings
    return replace(settings, store=request.getfixturevalue("bucket"))


def spoil(settings: IndexerSettings, folder: str, file_hash: str) -> None:
    """Flip a byte of what a store holds of a file."""
    if settings.store is None:
        (path,) = (settings.data / folder).rglob(f"{file_hash}*")
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 0xFF
        path.chmod(0o640)
        path.write_bytes(content)
        return
    objects = open_objects(settings.store)
    (key,) = objects.keys(f"{folder}/{file_hash[:2]}/{file_hash}")
    content = bytearray(b"".join(objects.blocks(key, 1 << 20)))
    content[len(content) // 3] ^= 0xFF
    objects.put(key, bytes(content))


def lose(settings: IndexerSettings, folder: str, file_hash: str) -> None:
    """Delete what a store holds of a file."""
    if settings.store is None:
        for path in (settings.data / folder).rglob(f"{file_hash}*"):
            path.unlink()
        return
    objects = open_objects(settings.store)
    for key in list(objects.keys(f"{folder}/{file_hash[:2]}/{file_hash}")):
        objects.delete(key)


def test_an_original_comes_back_as_it_was(settings: IndexerSettings, tmp_path: Path) -> None:
    paper = tmp_path / "关于低保.txt"
    paper.write_bytes(b"\x00\xff" * 5_000)
    originals = open_originals(settings)
    file_hash = originals.add(paper)
    assert file_hash == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert originals.add(paper) == file_hash
    # Another process, another host: nothing of it lies here.
    elsewhere = open_originals(replace(settings, data=settings.data / ".." / "data"))
    assert elsewhere.has(file_hash)
    path = elsewhere.path(file_hash)
    assert path.read_bytes() == paper.read_bytes()
    assert not path.stat().st_mode & stat.S_IWUSR
    assert list(elsewhere.hashes()) == [file_hash]
    originals.sweep()
    assert originals.has(file_hash)
    for number in range(20):
        paper.write_bytes(b"%d" % number)
        originals.add(paper)
    hashes = list(originals.hashes())
    assert (len(hashes), hashes) == (21, sorted(hashes))


def test_an_original_that_is_not_there_is_missing(
    settings: IndexerSettings, tmp_path: Path
) -> None:
    originals = open_originals(settings)
    assert (list(originals.hashes()), originals.has(FILE)) == ([], False)
    with pytest.raises(StorageError, match="is not among the originals"):
        originals.path(FILE)
    paper = tmp_path / "a"
    paper.write_bytes(b"a")
    file_hash = originals.add(paper)
    originals.path(file_hash)
    originals.remove(file_hash)
    originals.remove(file_hash)
    assert (list(originals.hashes()), originals.has(file_hash)) == ([], False)
    with pytest.raises(StorageError, match="is not among the originals"):
        originals.path(file_hash)


def test_of_a_file_that_cannot_be_read_nothing_is_kept(
    settings: IndexerSettings, tmp_path: Path
) -> None:
    originals = open_originals(settings)
    with pytest.raises(SourceUnreadableError):
        originals.add(tmp_path)
    assert list(originals.hashes()) == []
    left = [path for path in settings.data.rglob("*") if path.is_file()]
    assert left == []


def test_pages_come_back_as_they_were(settings: IndexerSettings) -> None:
    pages = ["第一页", "", "乱码\ud800", "长" * 30_000, "最后一页"]
    texts = open_texts(settings)
    texts.put(FILE, "pdf/1", pages)
    texts.put(OTHER, "office/1+rapid/1", ["别的"])
    assert texts.pages(FILE, "pdf/1") == tuple(pages)
    assert [texts.page(FILE, "pdf/1", number) for number in range(1, 6)] == pages
    assert sorted(texts.entries()) == [(FILE, "pdf/1"), (OTHER, "office/1+rapid/1")]
    texts.sweep()
    assert texts.page(OTHER, "office/1+rapid/1", 1) == "别的"


def test_of_a_long_text_one_page_can_be_read(settings: IndexerSettings) -> None:
    random.seed(1)
    letters = [chr(code) for code in range(0x4E00, 0x9FA5)]
    pages = ["".join(random.choices(letters, k=1_500)) for _ in range(150)]
    texts = open_texts(settings)
    texts.put(FILE, "pdf/1", pages)
    assert texts.page(FILE, "pdf/1", 1) == pages[0]
    assert texts.page(FILE, "pdf/1", 90) == pages[89]
    assert texts.page(FILE, "pdf/1", 150) == pages[-1]
    assert texts.pages(FILE, "pdf/1") == tuple(pages)


def test_a_text_that_is_put_again_is_replaced(settings: IndexerSettings) -> None:
    texts = open_texts(settings)
    texts.put(FILE, "pdf/1", ["从前"])
    assert texts.page(FILE, "pdf/1", 1) == "从前"
    texts.put(FILE, "pdf/1", ["如今", "又一页"])
    assert texts.pages(FILE, "pdf/1") == ("如今", "又一页")


def test_a_text_that_is_not_there_is_missing(settings: IndexerSettings) -> None:
    texts = open_texts(settings)
    texts.put(FILE, "pdf/1", ["一页"])
    for file_hash, extractor, page in ((OTHER, "pdf/1", 1), (FILE, "pdf/2", 1), (FILE, "pdf/1", 2)):
        with pytest.raises(TextMissingError):
            texts.page(file_hash, extractor, page)
    texts.put(FILE, "pdf/2", ["一页"])
    texts.remove_version(FILE, "pdf/1")
    texts.remove_version(FILE, "pdf/1")
    assert list(texts.entries()) == [(FILE, "pdf/2")]
    with pytest.raises(TextMissingError):
        texts.pages(FILE, "pdf/1")
    texts.put(FILE, "pdf/1", ["一页"])
    texts.remove(FILE)
    assert list(texts.entries()) == []
    with pytest.raises(TextMissingError):
        texts.pages(FILE, "pdf/2")


def test_what_lies_where_it_was_never_put_is_no_part_of_a_store(
    settings: IndexerSettings, tmp_path: Path
) -> None:
    texts, originals = open_texts(settings), open_originals(settings)
    texts.put(FILE, "pdf/1", ["一页"])
    (tmp_path / "paper").write_bytes(b"paper")
    file_hash = originals.add(tmp_path / "paper")
    strays = [f"texts/cd/{FILE}.pdf%2F1.text", "texts/ab/readme.text", f"texts/{FILE}.x.text"]
    strays += [f"originals/xy/{file_hash}", f"originals/{file_hash[:2]}/note"]
    for stray in strays:
        if settings.store is None:
            path = settings.data / stray
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"?")
        else:
            open_objects(settings.store).put(stray, b"?")
    assert list(texts.entries()) == [(FILE, "pdf/1")]
    assert list(originals.hashes()) == [file_hash]


def test_what_is_expected_may_be_missing_and_is_asked_for_as_ever(
    settings: IndexerSettings,
) -> None:
    texts = open_texts(settings)
    texts.put(FILE, "pdf/1", ["一页"])
    open_texts(settings).expect([(FILE, "pdf/1"), (OTHER, "pdf/1"), (FILE, "pdf/2")])
    texts.expect([])
    assert texts.page(FILE, "pdf/1", 1) == "一页"
    with pytest.raises(TextMissingError):
        texts.page(OTHER, "pdf/1", 1)


@pytest.mark.s3
def test_what_was_expected_of_a_bucket_was_fetched(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = IndexerSettings(
        data=tmp_path / "data", database_url="sqlite://", processes=1, store=bucket
    )
    files = [FileHash(f"{number:064x}") for number in range(40)]
    writing = open_texts(settings)
    for number, each in enumerate(files):
        writing.put(each, "pdf/1", [f"第{number}页"])
    texts = open_texts(settings)
    texts.expect([(each, "pdf/1") for each in files])
    for each in files:
        lose(settings, "texts", each)
    assert [texts.page(each, "pdf/1", 1) for each in files] == [f"第{n}页" for n in range(40)]
    monkeypatch.setattr(objects, "_TRIES", 1)
    away = replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(StoreUnreachableError):
        open_texts(replace(settings, store=away)).expect([(FILE, "pdf/1")])


def test_a_text_that_was_changed_is_damaged(settings: IndexerSettings) -> None:
    open_texts(settings).put(FILE, "pdf/1", ["低保名册"] * 10)
    spoil(settings, "texts", FILE)
    texts = open_texts(settings)
    with pytest.raises(TextDamagedError):
        texts.page(FILE, "pdf/1", 1)
    with pytest.raises(TextDamagedError):
        texts.pages(FILE, "pdf/1")


def test_a_text_is_taken_over_from_a_folder(settings: IndexerSettings, tmp_path: Path) -> None:
    # In the data folder, where programs that read files have their desks.
    left = FolderTextStore(settings.data / "desk")
    left.put(FILE, "pdf/1", ["一页"])
    texts = open_texts(settings)
    assert not texts.adopt(left, OTHER, "pdf/1")
    assert texts.adopt(left, FILE, "pdf/1")
    assert not texts.adopt(left, FILE, "pdf/1")
    assert texts.pages(FILE, "pdf/1") == ("一页",)
    secret = tmp_path / "secret"
    secret.write_text("机密", "utf-8")
    left.path(OTHER, "pdf/1").parent.mkdir(exist_ok=True)
    left.path(OTHER, "pdf/1").symlink_to(secret)
    assert not texts.adopt(left, OTHER, "pdf/1")


def test_words_come_back_as_they_were(settings: IndexerSettings) -> None:
    words = open_words(settings)
    words.put(FILE, "pdf/1", {3: [WORD, replace(WORD, start=2, end=5)], 7: [WORD]})
    assert words.words(FILE, "pdf/1", 3) == (WORD, replace(WORD, start=2, end=5))
    assert words.pages(FILE, "pdf/1") == {
        3: (WORD, replace(WORD, start=2, end=5)),
        7: (WORD,),
    }
    assert (words.words(FILE, "pdf/1", 4), words.words(OTHER, "pdf/1", 3)) == ((), ())
    assert list(words.entries()) == [(FILE, "pdf/1")]
    spoil(settings, "words", FILE)
    assert open_words(settings).words(FILE, "pdf/1", 3) == ()
    words.put(FILE, "pdf/2", {1: [WORD]})
    words.remove_version(FILE, "pdf/1")
    assert list(words.entries()) == [(FILE, "pdf/2")]
    words.remove(FILE)
    words.sweep()
    assert list(words.entries()) == []


def test_an_archive_lives_in_it_and_is_mended_and_brought_elsewhere(
    settings: IndexerSettings, migrated_sqlite: Path, tmp_path: Path
) -> None:
    house = sqlite_archive(migrated_sqlite, tmp_path)
    house.settings = replace(house.settings, store=settings.store)
    house.add("one", "关于提高低保标准的通知")
    house.add("two", "复员军人名册")
    house.run()
    assert house.titles("低保标准") == ["one"]
    (hit,) = house.ask("低保标准", PUBLIC_VIEWER).hits
    assert "低保" in "".join(each.text for each in hit.pages[0].fragments)
    file_hash = hit.record.files[0].file_hash or ""
    assert house.service.original(hit.record.record_id, 0, PUBLIC_VIEWER).path.read_text(
        "utf-8"
    ) == ("关于提高低保标准的通知")
    assert verify_index(house.engine, house.settings).is_sound

    lose(house.settings, "texts", file_hash)
    mender = Mender(house.engine, house.settings)
    found = list(Verification(house.engine, house.settings).findings())
    assert [str(each.problem) for each in found] == ["text_missing"]
    done = [*mender.mend(found), *mender.finish()]
    assert [each.deed for each in done] == [Deed.READ]
    house.index()
    assert verify_index(house.engine, house.settings).is_sound

    room = RoomSettings.from_env({"QUERY_ROOM_DATA": str(house.settings.data)})
    room = replace(room, indexer=house.settings)
    made = back_up(house.engine, room, tmp_path / "room.qrb", environ={})
    assert (made.manifest.originals, made.manifest.texts, made.manifest.flaws) == (2, 2, ())
    house.engine.dispose()
    there = RoomSettings.from_env({"QUERY_ROOM_DATA": str(tmp_path / "there")})
    restored = restore(tmp_path / "room.qrb", there, keys=None)
    assert restored.manifest.texts == 2
    assert open_texts(there.indexer).pages(FileHash(file_hash), hit.record.files[0].extractor)


@pytest.mark.s3
def test_while_the_store_is_away_nothing_is_lost_and_nothing_taken_for_lost(
    bucket: Bucket, migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "_TRIES", 1)
    house = sqlite_archive(migrated_sqlite, tmp_path)
    there = replace(house.settings, store=bucket)
    away = replace(there, store=replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}"))
    house.settings = there
    house.add("one", "关于提高低保标准的通知")
    house.run()
    (hit,) = house.ask("低保标准").hits

    house.settings = away
    house.add("two", "复员军人名册")
    for act in (
        house.run,
        lambda: house.ask("低保标准"),
        lambda: house.service.original(hit.record.record_id, 0, PUBLIC_VIEWER),
        lambda: verify_index(house.engine, away),
    ):
        with pytest.raises(StoreUnreachableError):
            act()
    with writing(house.engine) as connection:
        queue(connection, hit.record.record_id, ChangeKind.ANEW)
    with pytest.raises(StoreUnreachableError):
        house.index()

    house.settings = there
    assert house.titles("低保标准") == ["one"]
    house.run()
    assert (house.titles("低保标准"), house.titles("复员军人")) == (["one"], ["two"])
    assert verify_index(house.engine, there).is_sound
    house.engine.dispose()
