from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.extraction import Reason
from indexer.records import TextState
from indexer.repositories.coverage import Branch
from query_room.archive import Grouping
from query_room.errors import InvalidFieldError
from tests.fixtures.archive import ARCHIVIST

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def varied(filled: None, archive: SmallArchive) -> None:
    del filled
    archive.add("坏文件", b"%PDF-1.4 broken", file="坏文件.txt", fonds="0012", date="2008")
    archive.add("纸质卷", fonds="0012", date="2009")
    archive.run()


@pytest.mark.parametrize("grouping", Grouping)
def test_records_are_counted_once_however_they_are_grouped(
    room: Room, keeper: Account, grouping: Grouping
) -> None:
    found = room.archive.coverage.overview(grouping, by=keeper, viewer=ARCHIVIST)
    assert found.total == 3
    assert found.counts == {
        TextState.COMPLETE: 1,
        TextState.PARTIAL: 0,
        TextState.MISSING: 1,
        TextState.PAPER: 1,
    }
    assert found.unread == {Reason.DAMAGED: 1}


def test_a_withdrawn_record_is_not_listed(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    (own,) = room.archive.coverage.records(
        Branch(state=TextState.COMPLETE), 1, by=keeper, viewer=ARCHIVIST
    ).items
    assert own.description.title == "低保名册"
    room.archive.withdrawals.withdraw(
        own.record_id, ground="含个人隐私", by=keeper, viewer=ARCHIVIST
    )
    page = room.archive.coverage.records(Branch(), 1, by=keeper, viewer=ARCHIVIST)
    assert {each.description.title for each in page.items} == {"坏文件", "纸质卷"}
    assert page.total == 2
    assert archive.rows


def test_files_without_text_are_listed_by_reason(room: Room, keeper: Account) -> None:
    page, counts = room.archive.coverage.unread("", 1, by=keeper)
    assert [each.path for each in page.items] == ["坏文件.txt"]
    assert room.archive.coverage.unread(Reason.DAMAGED, 1, by=keeper) == (page, counts)
    for reason, number in (("no_such", 1), ("", 2)):
        with pytest.raises(InvalidFieldError):
            room.archive.coverage.unread(reason, number, by=keeper)
