from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError, RecordNotFoundError
from indexer.records import FileHash
from query_room.accounts import NewAccount, Role
from query_room.errors import (
    BatchNotFoundError,
    InvalidFieldError,
    LaterBatchesError,
    NothingToRollBackToError,
    PermissionDeniedError,
)
from search_api.log import EventKind, events_of_subject
from tests.fixtures.archive import ARCHIVIST

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    archive.add("低保名册", "低保。")
    archive.add("密件", "机密★长期\n关于某事的通知")
    archive.run()


def made(room: Room, name: str, role: Role) -> Account:
    new = NewAccount(name=name, display_name=name, role=role)
    return room.accounts.create(new, "qing-he-qu-2026", by="test")


@pytest.fixture
def keeper(room: Room) -> Account:
    return made(room, "li", Role.ARCHIVIST)


def kinds(archive: SmallArchive, subject: str) -> list[str]:
    return [event.kind for event in events_of_subject(archive.engine, subject)]


def test_a_withdrawn_record_is_gone_from_the_next_request_on_until_it_is_lifted(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    found = archive.ask("低保").hits[0].record
    room.archive.withdraw(found.record_id, ground="含个人隐私", by=keeper, viewer=ARCHIVIST)
    assert archive.ask("低保", ARCHIVIST).total == 0
    with pytest.raises(RecordNotFoundError):
        room.archive.withdraw(found.record_id, ground="再撤", by=keeper, viewer=ARCHIVIST)
    (listed,) = room.archive.withdrawals(by=keeper, viewer=ARCHIVIST)
    assert listed.record is not None
    assert listed.record.description.title == "低保名册"
    with pytest.raises(InvalidFieldError):
        room.archive.lift(listed.withdrawal.withdrawal_id, ground=" ", by=keeper)
    room.archive.lift(listed.withdrawal.withdrawal_id, ground="已遮盖", by=keeper)
    archive.index()
    assert archive.ask("低保").total == 1
    assert EventKind.RECORD_WITHDRAWN in kinds(archive, found.record_id)
    assert kinds(archive, str(listed.withdrawal.withdrawal_id)) == [EventKind.WITHDRAWAL_LIFTED]


def test_a_batch_is_undone_whole_the_latest_first(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("低保名册", "低保。改过的。")
    archive.run()
    with pytest.raises(LaterBatchesError) as caught:
        room.archive.undo(1, ground="导错", by=keeper)
    assert caught.value.batches == (2,)
    assert room.archive.undo(2, ground="导错", by=keeper) == 1
    archive.index()
    assert archive.ask('"改过的"').total == 0
    assert archive.ask("低保").total == 1
    with pytest.raises(ImportRefusedError):
        room.archive.undo(2, ground="再撤", by=keeper)
    with pytest.raises(BatchNotFoundError):
        room.archive.batch(9, by=keeper)
    assert kinds(archive, "2") == [EventKind.BATCH_UNDONE]


def test_a_cleared_file_is_read_by_the_next_import(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    (held,) = room.archive.quarantine(by=keeper)
    assert held.may_be_cleared
    assert held.file_hash is not None
    with pytest.raises(InvalidFieldError):
        room.archive.clear(held.file_hash, ground="", by=keeper)
    with pytest.raises(ImportRefusedError):
        room.archive.clear(FileHash("0" * 64), ground="已解密", by=keeper)
    room.archive.clear(held.file_hash, ground="保密期限已满", by=keeper)
    assert not room.archive.quarantine(by=keeper)[0].may_be_cleared
    archive.run()
    assert room.archive.quarantine(by=keeper) == []
    assert archive.ask('"关于某事的通知"').total == 1
    assert kinds(archive, held.file_hash) == [EventKind.FILE_CLEARED]


def test_the_index_is_rebuilt_and_one_can_go_back(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    with pytest.raises(NothingToRollBackToError):
        room.archive.roll_back(by=keeper)
    number = room.archive.rebuild(by=keeper)
    before = room.archive.index(by=keeper)
    assert before.building is not None
    assert (before.building.number, before.to_build, before.progress) == (number, 1, 0)
    archive.index()
    after = room.archive.index(by=keeper)
    assert after.serving is not None
    assert (after.serving.number, after.waiting) == (number, 0)
    assert room.archive.roll_back(by=keeper) == number - 1
    assert kinds(archive, str(number)) == [EventKind.REBUILD_BEGUN]
    assert kinds(archive, str(number - 1)) == [EventKind.ROLLED_BACK]


def test_the_state_is_counted(room: Room, keeper: Account) -> None:
    state = room.archive.state(by=keeper)
    assert (state.records, state.unread, state.quarantined, state.withdrawals) == (1, 0, 1, 0)
    assert state.running_batches == 0


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.ADMIN, Role.READING_ROOM])
def test_only_archivists_care_for_the_archive(room: Room, role: Role) -> None:
    other = made(room, "other", role)
    for act in (
        lambda: room.archive.state(by=other),
        lambda: room.archive.batches(by=other),
        lambda: room.archive.batch(1, by=other),
        lambda: room.archive.undo(1, ground="x", by=other),
        lambda: room.archive.unread(by=other),
        lambda: room.archive.coverage(by=other),
        lambda: room.archive.index(by=other),
        lambda: room.archive.rebuild(by=other),
        lambda: room.archive.roll_back(by=other),
        lambda: room.archive.withdraw("r", ground="x", by=other, viewer=ARCHIVIST),
        lambda: room.archive.withdrawals(by=other, viewer=ARCHIVIST),
        lambda: room.archive.lift(1, ground="x", by=other),
        lambda: room.archive.quarantine(by=other),
        lambda: room.archive.clear(FileHash("0" * 64), ground="x", by=other),
    ):
        with pytest.raises(PermissionDeniedError):
            act()
