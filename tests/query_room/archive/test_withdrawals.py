from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import Audience, Viewer
from indexer.database import utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.repositories import withdrawals
from query_room.errors import InvalidFieldError, WithdrawalNotFoundError
from search_api.log import EventKind
from tests.fixtures.archive import ARCHIVIST
from tests.query_room.archive.conftest import kinds

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_a_withdrawn_record_is_gone_from_the_next_request_on_until_it_is_lifted(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    care = room.archive.withdrawals
    found = archive.ask("低保").hits[0].record
    care.withdraw(found.record_id, ground="含个人隐私", by=keeper, viewer=ARCHIVIST)
    assert archive.ask("低保", ARCHIVIST).total == 0
    with pytest.raises(RecordNotFoundError):
        care.withdraw(found.record_id, ground="再撤", by=keeper, viewer=ARCHIVIST)
    (listed,) = care.in_force(1, by=keeper, viewer=ARCHIVIST).items
    assert listed.record is not None
    assert listed.record.description.title == "低保名册"
    with pytest.raises(InvalidFieldError):
        care.lift(listed.withdrawal.withdrawal_id, ground=" ", by=keeper)
    care.lift(listed.withdrawal.withdrawal_id, ground="已遮盖", by=keeper)
    archive.index()
    assert archive.ask("低保").total == 1
    assert care.in_force(1, by=keeper, viewer=ARCHIVIST).total == 0
    (over,) = care.lifted(1, by=keeper, viewer=ARCHIVIST).items
    assert (over.withdrawal.lifted_by, over.withdrawal.lift_ground) == ("li", "已遮盖")
    assert [kind for kind in kinds(archive, found.record_id) if kind.startswith("record.w")] == [
        EventKind.RECORD_WITHDRAWN,
        EventKind.WITHDRAWAL_LIFTED,
    ]


def test_only_what_is_in_force_is_lifted_and_told(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    care = room.archive.withdrawals
    found = archive.ask("低保").hits[0].record
    care.withdraw(found.record_id, ground="含个人隐私", by=keeper, viewer=ARCHIVIST)
    (listed,) = care.in_force(1, by=keeper, viewer=ARCHIVIST).items
    number = listed.withdrawal.withdrawal_id
    care.lift(number, ground="已遮盖", by=keeper)
    for unknown in (number, 999):
        with pytest.raises(WithdrawalNotFoundError):
            care.lift(unknown, ground="再次", by=keeper)
    assert kinds(archive, found.record_id).count(EventKind.WITHDRAWAL_LIFTED) == 1


def test_the_title_is_shown_to_those_who_could_see_the_record(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("来信", "来信人", secrecy="工作秘密")
    archive.run()
    own = archive.ask("来信", ARCHIVIST).hits[0].record.record_id
    care = room.archive.withdrawals
    care.withdraw(own, ground="误收", by=keeper, viewer=ARCHIVIST)
    less = Viewer(audience=Audience.STAFF)
    assert care.in_force(1, by=keeper, viewer=less).items[0].record is None


def test_a_withdrawn_file_is_listed_and_lifted_too(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    file_hash = archive.ask("低保").hits[0].record.files[0].file_hash
    assert file_hash is not None
    with writing(archive.engine) as connection:
        number = withdrawals.withdraw_file(
            connection, file_hash, ground="误收", by="li", at=utc_now()
        )
    (listed,) = room.archive.withdrawals.in_force(1, by=keeper, viewer=ARCHIVIST).items
    assert (listed.record, listed.withdrawal.file_hash) == (None, file_hash)
    room.archive.withdrawals.lift(number, ground="已核实", by=keeper)
    assert kinds(archive, file_hash) == [EventKind.WITHDRAWAL_LIFTED]
