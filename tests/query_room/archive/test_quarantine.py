from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError
from indexer.records import FileHash
from query_room.errors import InvalidFieldError
from search_api.log import EventKind
from tests.query_room.archive.conftest import kinds

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_a_cleared_file_is_read_by_the_next_import(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    care = room.archive.quarantine
    (held,) = care.page(1, by=keeper).items
    assert held.may_be_cleared
    assert held.file_hash is not None
    with pytest.raises(InvalidFieldError):
        care.clear(held.file_hash, ground="", by=keeper)
    with pytest.raises(ImportRefusedError):
        care.clear(FileHash("0" * 64), ground="已解密", by=keeper)
    care.clear(held.file_hash, ground="保密期限已满", by=keeper)
    (cleared,) = care.page(1, by=keeper).items
    assert not cleared.may_be_cleared
    assert cleared.clearance is not None
    assert (cleared.clearance.cleared_by, cleared.clearance.ground) == ("li", "保密期限已满")
    archive.run()
    assert care.page(1, by=keeper).items == ()
    assert archive.ask('"关于某事的通知"').total == 1
    assert kinds(archive, held.file_hash) == [EventKind.FILE_CLEARED]


def test_what_the_catalogue_calls_secret_is_not_cleared_here(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("九号仓库", "仓库。", secrecy="机密")
    archive.run()
    held = {each.path: each for each in room.archive.quarantine.page(1, by=keeper).items}
    secret = held["九号仓库.txt"]
    assert not secret.may_be_cleared
    assert secret.file_hash is not None
    with pytest.raises(ImportRefusedError):
        room.archive.quarantine.clear(secret.file_hash, ground="已解密", by=keeper)
    assert kinds(archive, secret.file_hash) == []
