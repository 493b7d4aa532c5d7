from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.importing.lock import import_lock
from indexer.records import FileHash
from indexer.repositories.coverage import Branch
from query_room.accounts import Role
from query_room.archive import Grouping
from query_room.errors import PermissionDeniedError
from tests.fixtures.archive import ARCHIVIST
from tests.query_room.archive.conftest import made

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_the_state_is_counted(room: Room, archive: SmallArchive, keeper: Account) -> None:
    state = room.archive.state(by=keeper)
    assert (state.records, state.unread, state.quarantined, state.withdrawals) == (1, 0, 1, 0)
    assert (state.cut_short, state.importer) == (0, None)
    with import_lock(archive.settings.data):
        assert room.archive.state(by=keeper).importer is not None


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.ADMIN, Role.READING_ROOM])
def test_only_archivists_care_for_the_archive(room: Room, role: Role) -> None:
    other = made(room, "other", role)
    care = room.archive
    for act in (
        lambda: care.state(by=other),
        lambda: care.batches.page(1, by=other),
        lambda: care.batches.load(1, by=other),
        lambda: care.batches.undo_plan(1, by=other),
        lambda: care.batches.undo(1, ground="x", by=other),
        lambda: care.coverage.overview(Grouping.YEAR, by=other, viewer=ARCHIVIST),
        lambda: care.coverage.records(Branch(), 1, by=other, viewer=ARCHIVIST),
        lambda: care.coverage.unread("", 1, by=other),
        lambda: care.index.state(by=other),
        lambda: care.index.rebuild(by=other),
        lambda: care.index.roll_back(1, by=other),
        lambda: care.withdrawals.withdraw("r", ground="x", by=other, viewer=ARCHIVIST),
        lambda: care.withdrawals.in_force(1, by=other, viewer=ARCHIVIST),
        lambda: care.withdrawals.lifted(1, by=other, viewer=ARCHIVIST),
        lambda: care.withdrawals.lift(1, ground="x", by=other),
        lambda: care.quarantine.page(1, by=other),
        lambda: care.quarantine.clear(FileHash("0" * 64), ground="x", by=other),
    ):
        with pytest.raises(PermissionDeniedError):
            act()
