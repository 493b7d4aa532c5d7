from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.errors import (
    RecordNotFoundError,
    StorageError,
    StorageFullError,
    WriterLockedError,
)
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.lock import writer_lock
from indexer.indexing.verification import verify_index
from indexer.repositories import batches, generations, outbox, records, withdrawals
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore
from query_room.accounts import NewAccount, Role
from query_room.backup import back_up, repository, restore
from query_room.backup.keys import load_keys, save_keys
from query_room.backup.restoring import MARKER
from query_room.errors import BackupDamagedError, RestoreRefusedError
from query_room.opening import ROOMS, open_room
from query_room.vault import KEY_FILE, Vault
from query_room.visits import NewVisit, Purpose, Standing
from search_api.log import seal, verify
from tests.fixtures.archive import ARCHIVIST, STAFF, SmallArchive
from tests.query_room.backup.conftest import answers, empty_room, opened, room_of
from tests.query_room.counter import ZHANG

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from query_room.backup import Progress
    from query_room.settings import RoomSettings

PASSWORD = "清河区查询室2026"


def rows(engine: Engine, *, without: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    with reading(engine) as connection:
        return {
            name: list(repository.rows(connection, table))
            for name, table in repository.TABLES.items()
            if name not in without
        }


def contents(settings: RoomSettings) -> tuple[Any, ...]:
    originals = FolderOriginalStore(settings.indexer.originals)
    texts = FolderTextStore(settings.indexer.texts)
    return (
        {each: originals.path(each).read_bytes() for each in originals.hashes()},
        {each: texts.pages(*each) for each in texts.entries()},
    )


def files_in(folder: Path) -> list[str]:
    """Every file but the kernel's locks and the database, which migrations have made."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "writer.lock" and "query_room.db" not in path.name
    )


def test_a_room_comes_back_on_either_kind_of_database(
    filled: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    source = room_of(filled)
    room = open_room(source)
    account = room.accounts.create(
        NewAccount(name="wang", display_name="王", role=Role.STAFF), PASSWORD, by="test"
    )
    visit = room.visits.open_visit(
        NewVisit(
            visitor=ZHANG,
            purpose=Purpose.PERSONAL_PROOF,
            standing=Standing.OWN,
            terminal="一号窗口",
        ),
        by=account,
    )
    before = answers(filled)
    seal(filled.engine)
    path = tmp_path / "room.qrb"
    made = back_up(filled.engine, source, path, environ={})
    save_keys(source.keys, tmp_path / "room.keys")
    saved = rows(filled.engine, without=frozenset({"generation"}))

    restored = restore(path, empty, keys=tmp_path / "room.keys")
    there = opened(empty, filled)
    assert restored.manifest == made.manifest
    assert restored.has_keys
    assert not restored.went_on
    assert rows(there.engine, without=frozenset({"generation"})) == saved
    assert contents(empty) == contents(source)
    assert verify_index(there.engine, there.settings).is_sound
    report = verify(there.engine)
    assert report.is_whole
    assert report.head == verify(filled.engine).head
    assert answers(there) == before

    new = open_room(empty)
    new.accounts.authenticate("wang", PASSWORD, terminal="t")
    assert new.visits.reveal(visit.visit_id, ground="核对", by=account).name == ZHANG.name
    there.add("恢复以后的一件", "恢复以后的通知", opening="开放")
    there.run(level=None)
    assert there.titles("恢复以后") == ["恢复以后的一件"]
    assert verify_index(there.engine, there.settings).is_sound
    for engine in (new.engine, room.engine, there.engine):
        engine.dispose()


def test_a_withdrawn_record_stays_gone_in_every_channel(
    filled: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    (hit,) = filled.ask("第2件", PUBLIC_VIEWER).hits
    record_id = hit.record.record_id
    with writing(filled.engine) as connection:
        withdrawals.withdraw_record(connection, record_id, ground="错放", by="li", at=utc_now())
    path = tmp_path / "room.qrb"
    back_up(filled.engine, room_of(filled), path, environ={})
    restore(path, empty)
    there = opened(empty, filled)
    service = there.service
    assert there.titles("第4件") == ["第4件征收"]
    for viewer in (PUBLIC_VIEWER, STAFF, ARCHIVIST):
        assert there.titles("第2件", viewer) == []
        assert not [each for each in service.suggest("第2", viewer) if "第2件" in str(each)]
        for asked in (
            lambda viewer=viewer: service.record(record_id, viewer),
            lambda viewer=viewer: service.page(record_id, 1, 1, viewer),
            lambda viewer=viewer: service.original(record_id, 1, viewer),
        ):
            with pytest.raises(RecordNotFoundError):
                asked()
    there.run(level=None)  # nor does importing again bring it back
    assert there.titles("第2件", ARCHIVIST) == []
    there.engine.dispose()


def test_numbers_that_were_given_out_are_not_given_out_again(
    filled: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    with reading(filled.engine) as connection:
        (record_id, *_) = records.iter_record_ids(connection)
    path = tmp_path / "room.qrb"
    made = back_up(filled.engine, room_of(filled), path, environ={})
    restore(path, empty)
    there = opened(empty, filled)
    with reading(there.engine) as connection:
        for name, summary in made.manifest.tables.items():
            if name != "generation" and summary.last_number is not None:
                table = repository.TABLES[name]
                assert repository.last_number(connection, table) == summary.last_number
        # The index is a new one, under a number that no search was answered under.
        assert [row.state for row in generations.list_all(connection)] == ["serving", "dropped"]
    with writing(there.engine) as connection:
        source_id = batches.source_named(connection, "another", "/another")
        batch = batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level=None,
            in_place=False,
            started_by="t",
        )
        position = outbox.queue(connection, record_id, outbox.ChangeKind.PUT)
    assert batch > (made.manifest.tables["batch"].last_number or 0)
    assert position > (made.manifest.tables["outbox"].last_number or 0)
    there.engine.dispose()


def test_nothing_is_restored_over_what_is_there(small: SmallArchive, tmp_path: Path) -> None:
    path = tmp_path / "room.qrb"
    room = room_of(small)
    back_up(small.engine, room, path, environ={})
    saved, files = rows(small.engine), files_in(small.settings.data)
    with pytest.raises(RestoreRefusedError, match=r"originals/, texts/, index/, generation \(1\)"):
        restore(path, room)
    assert (rows(small.engine), files_in(small.settings.data)) == (saved, files)

    only_rows = empty_room(tmp_path / "rows")
    engine = open_database(only_rows.indexer.database_url)
    migrate(engine, *ROOMS)
    with writing(engine) as connection:
        batches.source_named(connection, "somebody", "/somewhere")
    with pytest.raises(RestoreRefusedError, match=r"not_empty source \(1\)"):
        restore(path, only_rows)
    assert files_in(only_rows.indexer.data) == []
    engine.dispose()


def test_nothing_is_restored_while_a_worker_runs(small: SmallArchive, tmp_path: Path) -> None:
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    there = empty_room(tmp_path / "there")
    with writer_lock(there.indexer.index), pytest.raises(WriterLockedError):
        restore(path, there)
    restore(path, there)


def test_a_restore_that_breaks_off_leaves_the_database_empty_and_can_be_gone_on_with(
    filled: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    path = tmp_path / "room.qrb"
    back_up(filled.engine, room_of(filled), path, environ={})

    def break_off(at: Progress) -> None:
        if at.stage == "texts" and at.done == 3:
            raise StorageFullError("no space left")

    with pytest.raises(StorageFullError):
        restore(path, empty, progress=break_off)
    there = opened(empty, filled)
    assert not any(rows(there.engine).values())
    assert (empty.indexer.data / MARKER).exists()

    other = tmp_path / "other.qrb"
    back_up(filled.engine, room_of(filled), other, environ={})
    with pytest.raises(RestoreRefusedError, match="other_restore"):
        restore(other, empty)
    assert restore(path, empty).went_on
    assert not (empty.indexer.data / MARKER).exists()
    assert answers(there) == answers(filled)
    there.engine.dispose()


def test_work_that_was_begun_between_two_tries_is_not_lost(
    small: SmallArchive, tmp_path: Path
) -> None:
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    there = empty_room(tmp_path / "there")

    def break_off(at: Progress) -> None:
        if at.stage == "texts":
            raise StorageFullError("no space left")

    with pytest.raises(StorageFullError):
        restore(path, there, progress=break_off)
    engine = open_database(there.indexer.database_url)
    with writing(engine) as connection:
        batches.source_named(connection, "somebody", "/somewhere")
    with pytest.raises(RestoreRefusedError, match=r"not_empty source \(1\)"):
        restore(path, there)
    engine.dispose()


RESTORE = """
import sys
from pathlib import Path
from tests.query_room.backup.conftest import empty_room
from query_room.backup import restore
if __name__ == "__main__":
    restore(Path(sys.argv[1]), empty_room(Path(sys.argv[2])))
"""


def test_a_restore_killed_again_and_again_ends_as_an_undisturbed_one(
    small: SmallArchive, tmp_path: Path
) -> None:
    _kill_and_compare(small, tmp_path, kills=4)


@pytest.mark.soak
def test_a_restore_killed_twenty_times_ends_as_an_undisturbed_one(
    small: SmallArchive, tmp_path: Path
) -> None:
    _kill_and_compare(small, tmp_path, kills=20)


def _kill_and_compare(small: SmallArchive, tmp_path: Path, kills: int) -> None:
    random.seed(kills)
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    saved, given = rows(small.engine, without=frozenset({"generation"})), answers(small)
    script = tmp_path / "restoring.py"
    script.write_text(RESTORE, "utf-8")
    folders = [tmp_path / "there"]
    gone_on = 0
    while kills:
        marker = empty_room(folders[-1]).indexer.data / MARKER
        gone_on += marker.exists()
        process = _start(script, path, folders[-1])
        # Not before it has begun to put things in place; at any moment from then on.
        while process.poll() is None and not marker.exists():
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        kills -= process.wait() == -signal.SIGKILL
        if not marker.exists():
            folders.append(tmp_path / f"there-{len(folders)}")
    assert gone_on
    for folder in folders:
        there = empty_room(folder)
        if (there.indexer.data / MARKER).exists():
            assert _start(script, path, folder).wait() == 0
        if not there.indexer.data.exists():
            continue  # the last kill met one that had just ended
        restored = opened(there, small)
        assert rows(restored.engine, without=frozenset({"generation"})) == saved
        assert contents(there) == contents(room_of(small))
        assert verify_index(restored.engine, restored.settings).is_sound
        assert verify(restored.engine).is_whole
        assert answers(restored) == given
        restored.engine.dispose()


def _start(script: Path, path: Path, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(script), str(path), str(folder)],
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
    )


def test_a_log_that_was_meddled_with_still_says_so(small: SmallArchive, tmp_path: Path) -> None:
    small.ask("低保")
    small.ask("土地")
    seal(small.engine)
    with small.engine.connect() as connection:
        for trigger in ("log_event_no_update", "log_body_erase_only"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql("UPDATE log_event SET at = 'never' WHERE event_id = 1")
        connection.exec_driver_sql("UPDATE log_body SET body = x'00ff' WHERE event_id = 2")
        connection.commit()
    found = verify(small.engine).findings
    assert {finding.event_id for finding in found} == {1, 2}
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    there = empty_room(tmp_path / "there")
    restore(path, there)
    engine = open_database(there.indexer.database_url)
    assert verify(engine).findings == found
    engine.dispose()


def test_the_log_is_append_only_again(
    filled: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    filled.ask("低保")
    path = tmp_path / "room.qrb"
    back_up(filled.engine, room_of(filled), path, environ={})
    restore(path, empty)
    engine = open_database(empty.indexer.database_url)
    for statement in ("UPDATE log_event SET subject = ''", "DELETE FROM log_event"):
        with pytest.raises(Exception, match="append-only"), writing(engine) as connection:
            connection.execute(text(statement))
    engine.dispose()


def test_without_its_keys_a_backup_discloses_nobody(small: SmallArchive, tmp_path: Path) -> None:
    source = room_of(small)
    Vault.open(source.keys)
    path = tmp_path / "room.qrb"
    back_up(small.engine, source, path, environ={})
    save_keys(source.keys, tmp_path / "right.keys")
    Vault.open(tmp_path / "others")
    save_keys(tmp_path / "others", tmp_path / "wrong.keys")

    there = empty_room(tmp_path / "there")
    with pytest.raises(RestoreRefusedError, match="keys_do_not_fit"):
        restore(path, there, keys=tmp_path / "wrong.keys")
    assert files_in(there.indexer.data) == [MARKER]
    assert not restore(path, there).has_keys
    assert not there.keys.exists()

    strange = empty_room(tmp_path / "strange")
    Vault.open(strange.keys)
    with pytest.raises(RestoreRefusedError, match="other_keys"):
        restore(path, strange)

    with_keys = empty_room(tmp_path / "with")
    assert restore(path, with_keys, keys=tmp_path / "right.keys").has_keys
    assert (with_keys.keys / KEY_FILE).read_bytes() == (source.keys / KEY_FILE).read_bytes()
    assert (with_keys.keys / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert KEY_FILE in load_keys(tmp_path / "right.keys")


def test_originals_that_were_left_in_place_are_named_when_they_are_gone(
    small: SmallArchive, tmp_path: Path
) -> None:
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("还在", "没了", "变了"):
        (folder / f"{name}.txt").write_text(f"{name}的通知", "utf-8")
    run_batch(
        small.engine,
        small.settings,
        BatchRequest(
            folder=folder, level=LEVEL_PRESETS["public"], in_place=True, started_by="test"
        ),
    )
    small.index()
    path = tmp_path / "room.qrb"
    made = back_up(small.engine, room_of(small), path, environ={})
    assert made.manifest.in_place == 3
    (folder / "没了.txt").unlink()
    (folder / "变了.txt").write_text("另一份通知", "utf-8")
    there = empty_room(tmp_path / "there")
    assert len(restore(path, there).missing_in_place) == 2
    restored = opened(there, small)
    assert restored.titles("还在") == ["还在的通知"]
    assert restored.titles("没了") == ["没了的通知"]  # its text was in our care
    restored.engine.dispose()


def test_what_the_database_cannot_hold_is_refused_and_nothing_is_put_in_place(
    small: SmallArchive, empty: RoomSettings, tmp_path: Path
) -> None:
    # By hand, past the guards that our own connections set up.
    with closing(sqlite3.connect(small.settings.data / "query_room.db")) as connection:
        connection.execute("UPDATE record SET batch_number = 99")
        connection.commit()
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    with pytest.raises(RestoreRefusedError, match="not_loadable"):
        restore(path, empty)
    engine = open_database(empty.indexer.database_url)
    assert not any(rows(engine).values())
    assert files_in(empty.indexer.data) == [MARKER]
    engine.dispose()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        restore(tmp_path / "none.qrb", empty_room(tmp_path / "there"))
    assert not (tmp_path / "there").exists()


def test_a_backup_that_changes_while_it_is_restored_is_refused(
    small: SmallArchive, tmp_path: Path
) -> None:
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    small.add("后来的一件", "后来的通知", opening="开放")
    small.run(level=None)
    other = tmp_path / "other.qrb"
    back_up(small.engine, room_of(small), other, environ={})
    there = empty_room(tmp_path / "there")

    def exchange(at: Progress) -> None:
        if at.stage == "checking" and at.done == at.total and other.exists():
            other.rename(path)

    with pytest.raises((BackupDamagedError, RestoreRefusedError)):
        restore(path, there, progress=exchange)
    engine = open_database(there.indexer.database_url)
    assert not any(rows(engine).values())
    engine.dispose()


def test_the_marker_says_of_which_backup(small: SmallArchive, tmp_path: Path) -> None:
    path = tmp_path / "room.qrb"
    made = back_up(small.engine, room_of(small), path, environ={})
    there = empty_room(tmp_path / "there")
    seen: list[str] = []

    def look(at: Progress) -> None:
        if at.stage == "rows":
            seen.append(json.loads((there.indexer.data / MARKER).read_text())["backup"])

    restore(path, there, progress=look)
    assert set(seen) == {made.digest}
