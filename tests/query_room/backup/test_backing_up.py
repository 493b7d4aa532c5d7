from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from indexer.access import PUBLIC_VIEWER
from indexer.database import open_database, reading, writing
from indexer.errors import StorageFullError
from indexer.importing.quarantine import isolate_marked
from indexer.importing.stores import Stores
from indexer.importing.undo import undo_batch
from indexer.indexing.verification import verify_index
from indexer.page_words import Box, PageWord
from indexer.repositories import files
from indexer.repositories.files import ContentState
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore
from indexer.storage.word_store import FolderWordStore
from indexer.tables import stored_file
from query_room.backup import back_up, backing_up, repository, restore
from query_room.backup.model import FlawKind, Stage
from query_room.errors import BackupRefusedError
from query_room.vault import Vault
from search_api.log import verify
from tests.fixtures.archive import ARCHIVIST, SmallArchive
from tests.query_room.backup.conftest import empty_room, room_of
from tests.query_room.backup.opened import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import FileHash
    from query_room.backup import Progress


def at_stage(stage: Stage, act: Callable[[], object]) -> Callable[[Progress], None]:
    """Do something once, when a backup begins with a stage."""
    waiting = [act]

    def look(at: Progress) -> None:
        if at.stage is stage and waiting:
            waiting.pop()()

    return look


def hash_of(archive: SmallArchive, title: str) -> FileHash:
    (hit,) = archive.ask(f'"{title}"', ARCHIVIST).hits
    file_hash = hit.record.files[0].file_hash
    assert file_hash is not None
    return file_hash


def test_everything_is_in_it_and_its_sums_are_right(filled: SmallArchive, tmp_path: Path) -> None:
    room = room_of(filled)
    Vault.open(room.keys)
    path = tmp_path / "room.qrb"
    made = back_up(
        filled.engine,
        room,
        path,
        environ={"QUERY_ROOM_ORGAN": "青山区", "PGPASSWORD": "told-to-nobody"},
    )
    assert made.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert made.size == path.stat().st_size
    members = unpacked(path)
    *names, sums, manifest = members
    assert (names[0], sums, manifest) == ("format.json", "SHA256SUMS", "manifest.json")
    assert members["SHA256SUMS"].decode().splitlines() == [
        f"{hashlib.sha256(members[name]).hexdigest()}  {name}" for name in names
    ]
    originals = FolderOriginalStore(filled.settings.originals)
    assert {name.rpartition("/")[2] for name in names if name.startswith("originals/")} == set(
        originals.hashes()
    )
    texts = FolderTextStore(filled.settings.texts)
    found = [json.loads(members[name]) for name in names if name.startswith("texts/")]
    assert sorted(found) == sorted(list(texts.pages(*each)) for each in texts.entries())
    rows = [json.loads(line) for line in members["database/record/000001.jsonl"].splitlines()]
    assert {row["title"] for row in rows} >= {"只有目录的案卷", "来信处理单"}
    assert json.loads(members["settings.json"])["QUERY_ROOM_ORGAN"] == "青山区"
    said = json.loads(members["manifest.json"])
    assert said["tables"]["record"]["rows"] == len(rows) == 13
    assert (said["originals"], said["texts"], said["flaws"]) == (
        len(list(originals.hashes())),
        11,
        [],
    )
    plain = b"".join(members.values())
    for path in room.keys.iterdir():
        for secret in json.loads(path.read_text())["encryption"]:
            assert secret.encode() not in plain
    assert b"told-to-nobody" not in plain


def test_a_large_table_goes_into_pieces(
    small: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "PIECE_BYTES", 2_000)
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    pieces = [name for name in unpacked(path) if name.startswith("database/record/")]
    assert len(pieces) > 3
    there = empty_room(tmp_path / "there")
    restore(path, there)
    engine = open_database(there.indexer.database_url)
    with reading(engine) as new, reading(small.engine) as old:
        table = repository.TABLES["record"]
        assert list(repository.rows(new, table)) == list(repository.rows(old, table))
    engine.dispose()


def test_a_backup_during_an_import_is_of_one_moment(filled: SmallArchive, tmp_path: Path) -> None:
    stop = threading.Event()
    failed: list[BaseException] = []

    def import_on_and_on() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                filled.add(f"同时导入{number}", f"同时导入的通知{number}", opening="开放")
                filled.run(level=None)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failed.append(error)

    writer = threading.Thread(target=import_on_and_on)
    writer.start()
    paths = [tmp_path / f"{number}.qrb" for number in range(3)]
    made = []
    for path in paths:
        time.sleep(0.5)
        made.append(back_up(filled.engine, room_of(filled), path, environ={}))
    stop.set()
    writer.join()
    assert not failed
    counts = [each.manifest.tables["record"].rows for each in made]
    assert counts[0] < counts[-1]
    for path, each in zip(paths, made, strict=True):
        assert each.manifest.flaws == ()
        there = empty_room(tmp_path / path.stem)
        restore(path, there)
        engine = open_database(there.indexer.database_url)
        report = verify_index(engine, there.indexer)
        assert report.is_sound, report.findings
        assert verify(engine).is_whole
        with reading(engine) as connection:
            table = repository.TABLES["record"]
            assert repository.count(connection, table) == each.manifest.tables["record"].rows
        engine.dispose()


def test_what_an_undo_takes_away_meanwhile_is_named(filled: SmallArchive, tmp_path: Path) -> None:
    filled.add("将撤销的一件", "将撤销的通知", opening="开放")
    report = filled.run(level=None)
    gone = hash_of(filled, "将撤销的一件")
    path = tmp_path / "room.qrb"
    made = back_up(
        filled.engine,
        room_of(filled),
        path,
        environ={},
        progress=at_stage(
            Stage.ORIGINALS, lambda: undo_batch(filled.engine, filled.settings, report.batch_number)
        ),
    )
    assert {(flaw.kind, flaw.file_hash) for flaw in made.manifest.flaws} == {
        (FlawKind.ORIGINAL_MISSING, gone),
        (FlawKind.TEXT_MISSING, gone),
    }
    there = empty_room(tmp_path / "there")
    assert restore(path, there).manifest.flaws == made.manifest.flaws
    engine = open_database(there.indexer.database_url)
    assert {finding.subject for finding in verify_index(engine, there.indexer).findings} == {gone}
    # The picture is of before the undo, which can be done again.
    undo_batch(engine, there.indexer, report.batch_number)
    engine.dispose()


def test_what_turns_out_to_be_marked_meanwhile_stays_in_no_copy(
    filled: SmallArchive, tmp_path: Path
) -> None:
    marked = hash_of(filled, "第2件承包")
    path = tmp_path / "room.qrb"
    stores = Stores.of(filled.settings)
    with pytest.raises(BackupRefusedError, match="marked_meanwhile"):
        back_up(
            filled.engine,
            room_of(filled),
            path,
            environ={},
            progress=at_stage(
                Stage.TEXTS, lambda: isolate_marked(filled.engine, stores, 1, marked, "机密")
            ),
        )
    assert [each for each in tmp_path.iterdir() if each.is_file() and "qrb" in each.name] == []
    back_up(filled.engine, room_of(filled), path, environ={})
    assert not [name for name in unpacked(path) if marked in name]


def test_what_the_guard_has_not_let_pass_is_not_in_it(filled: SmallArchive, tmp_path: Path) -> None:
    filled.add("带标志的文件", "机密★长期\n不得外传的内容", opening="开放")
    filled.run(level=None)
    unread = hash_of(filled, "第4件征收")
    with writing(filled.engine) as connection:
        # As an import leaves it that was killed between copying and extracting.
        connection.execute(
            update(stored_file)
            .where(stored_file.c.file_hash == unread)
            .values(state=ContentState.STORED, extractor="")
        )
        assert len(files.quarantined(connection)) == 1
    path = tmp_path / "room.qrb"
    back_up(filled.engine, room_of(filled), path, environ={})
    members = unpacked(path)
    assert "不得外传" not in b"".join(members.values()).decode(errors="replace")
    assert not [name for name in members if unread in name]


def test_an_original_that_the_disk_has_damaged_is_named_and_not_brought_back(
    filled: SmallArchive, tmp_path: Path
) -> None:
    damaged, lost = hash_of(filled, "第2件承包"), hash_of(filled, "第4件征收")
    place = FolderOriginalStore(filled.settings.originals).path(damaged)
    place.chmod(0o600)
    place.write_bytes(b"bad sector")
    FolderTextStore(filled.settings.texts).remove(lost)
    path = tmp_path / "room.qrb"
    made = back_up(filled.engine, room_of(filled), path, environ={})
    assert {(flaw.kind, flaw.file_hash) for flaw in made.manifest.flaws} == {
        (FlawKind.ORIGINAL_DAMAGED, damaged),
        (FlawKind.TEXT_MISSING, lost),
    }
    there = empty_room(tmp_path / "there")
    restore(path, there)
    assert not FolderOriginalStore(there.indexer.originals).has(damaged)
    engine = open_database(there.indexer.database_url)
    problems = {
        (each.problem, each.subject) for each in verify_index(engine, there.indexer).findings
    }
    assert problems == {("original_missing", damaged), ("text_missing", lost)}
    engine.dispose()


def test_a_text_of_a_broken_encoding_comes_back_unchanged(
    small: SmallArchive, tmp_path: Path
) -> None:
    file_hash = hash_of(small, "第2件承包")
    with reading(small.engine) as connection:
        extractor = files.contents(connection, [file_hash])[file_hash].extractor
    pages = ("半个字\ud83d", "\x00\u2028行\r\n", "")
    FolderTextStore(small.settings.texts).put(file_hash, extractor, pages)
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    there = empty_room(tmp_path / "there")
    restore(path, there)
    assert FolderTextStore(there.indexer.texts).pages(file_hash, extractor) == pages


def test_where_words_stand_comes_back(small: SmallArchive, tmp_path: Path) -> None:
    file_hash = hash_of(small, "第2件承包")
    with reading(small.engine) as connection:
        extractor = files.contents(connection, [file_hash])[file_hash].extractor
    box = Box(left=0.1, top=0.2, right=0.3, bottom=0.4)
    words = (PageWord(start=0, end=4, box=box, confidence=0.87),)
    FolderWordStore(small.settings.words).put(file_hash, extractor, {1: words})
    path = tmp_path / "room.qrb"
    made = back_up(small.engine, room_of(small), path, environ={})
    assert made.manifest.words == 1
    there = empty_room(tmp_path / "there")
    restore(path, there)
    assert FolderWordStore(there.indexer.words).pages(file_hash, extractor) == {1: words}


def test_a_full_disk_leaves_no_half_file(small: SmallArchive, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    back_up(small.engine, room_of(small), tmp_path / "room.qrb", environ={})
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Half of it: two backups of one room differ by their times, and so by a few bytes.
    limit = (tmp_path / "room.qrb").stat().st_size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    try:
        with pytest.raises(StorageFullError):
            back_up(small.engine, room_of(small), folder / "room.qrb", environ={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert list(folder.iterdir()) == []


BACKUP = """
import sys
from pathlib import Path
from indexer.database import open_database
from query_room.backup import back_up
from query_room.settings import RoomSettings
from tests.fixtures.archive import settings_in
if __name__ == "__main__":
    folder, url, path = sys.argv[1:]
    room = RoomSettings(indexer=settings_in(Path(folder), url))
    back_up(open_database(url), room, Path(path), environ={}, progress=lambda _: print("on"))
"""


def test_a_backup_that_is_killed_leaves_no_half_file(small: SmallArchive, tmp_path: Path) -> None:
    random.seed(4)
    script = tmp_path / "backing_up.py"
    script.write_text(BACKUP, "utf-8")
    folder = tmp_path / "backups"
    folder.mkdir()
    path = folder / "room.qrb"
    cut_short = 0
    for steps in (1, 12, 24, 36):
        process = subprocess.Popen(
            [sys.executable, "-u", script, tmp_path, small.settings.database_url, path],
            env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        for _ in range(steps):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        if process.wait() == -signal.SIGKILL and not path.exists():
            cut_short += 1
            assert len(list(folder.iterdir())) == 1  # what it had written, under no name of ours
    assert cut_short > 1
    path.unlink(missing_ok=True)
    back_up(small.engine, room_of(small), path, environ={})
    assert list(folder.iterdir()) == [path]
    there = empty_room(tmp_path / "there")
    restore(path, there)
    restored = SmallArchive(
        folder=tmp_path / "papers",
        engine=open_database(there.indexer.database_url),
        settings=there.indexer,
    )
    assert restored.titles("低保", PUBLIC_VIEWER) == small.titles("低保", PUBLIC_VIEWER)
    restored.engine.dispose()
