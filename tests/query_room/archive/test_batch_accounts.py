from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from indexer.access import Audience
from indexer.database import writing
from indexer.errors import ImportRunningError
from indexer.importing.lock import import_lock
from indexer.records import TextState
from indexer.tables import batch, file_outcome
from query_room.accounts import Role
from query_room.errors import (
    BatchNotFinishedError,
    BatchNotFoundError,
    InvalidFieldError,
    PermissionDeniedError,
)
from search_api.log import EventKind
from tests.query_room.archive.conftest import kinds, made

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_failures_stand_by_reason_with_examples(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    for number in range(7):
        archive.add(f"坏{number}", b"%PDF-1.4 broken" + bytes([number]), file=f"坏{number}.txt")
    archive.add("空", "\n")
    archive.run()
    account = room.archive.accounts.account(2, by=keeper)
    damaged, empty = account.reasons
    assert (damaged.reason, damaged.files, damaged.tries) == ("damaged", 7, 1)
    assert [each.path for each in damaged.examples] == [f"坏{number}.txt" for number in range(5)]
    assert (empty.reason, empty.may_be_retried) == ("empty", True)
    assert account.quarantined == ("密件.txt",)
    assert account.report.adds_up
    assert account.levels == {Audience.STAFF: 8}
    assert account.texts[TextState.MISSING] == 8
    outcomes = {each.path: each.outcome for each in room.archive.accounts.files(2, by=keeper)}
    assert outcomes["低保名册.txt"] == "unchanged"
    assert outcomes["坏0.txt"] == "failed"
    assert outcomes["密件.txt"] == "quarantined"
    assert len(outcomes) == account.report.found


def test_an_account_from_before_outcomes_were_noted_knows_what_gave_no_text(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("空", "\n")
    archive.run()
    with writing(archive.engine) as connection:
        connection.execute(delete(file_outcome))
    found = room.archive.accounts.files(2, by=keeper)
    assert [(each.path, each.outcome) for each in found] == [
        ("密件.txt", "quarantined"),
        ("空.txt", "failed"),
    ]
    assert found[0].detail == ""


def test_retrying_lets_the_next_import_read_again(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("空", "\n")
    archive.run()
    with pytest.raises(InvalidFieldError):
        room.archive.accounts.retry(2, "unsupported", by=keeper)
    with import_lock(archive.settings.data), pytest.raises(ImportRunningError):
        room.archive.accounts.retry(2, "empty", by=keeper)
    assert kinds(archive, "2") == []
    assert room.archive.accounts.retry(2, "empty", by=keeper) == 1
    assert room.archive.accounts.retry(2, "empty", by=keeper) == 0
    assert kinds(archive, "2") == [EventKind.FILES_RETRIED] * 2
    archive.run()
    (line,) = room.archive.accounts.account(3, by=keeper).reasons
    assert (line.reason, line.tries) == ("empty", 1)


def test_only_of_finished_batches_and_for_archivists(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    with pytest.raises(BatchNotFoundError):
        room.archive.accounts.account(7, by=keeper)
    with pytest.raises(PermissionDeniedError):
        room.archive.accounts.files(1, by=made(room, "wang", Role.STAFF))
    with writing(archive.engine) as connection:
        connection.execute(batch.update().values(report=None, state="running"))
    for ask in (room.archive.accounts.account, room.archive.accounts.files):
        with pytest.raises(BatchNotFinishedError):
            ask(1, by=keeper)
