from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import Audience, Viewer
from indexer.repositories.differences import Wanted
from query_room.accounts import Role
from query_room.errors import InvalidFieldError, PermissionDeniedError
from search_api.log import EventKind
from tests.fixtures.archive import ARCHIVIST
from tests.query_room.archive.conftest import kinds, made

if TYPE_CHECKING:
    from indexer.records import RecordId
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

PAPER = "关于低保的通知\n青民发〔2008〕15号\n各街道：\n正文。\n青山区民政局\n2008年3月15日\n"
LOWER = Viewer(audience=Audience.ARCHIVIST)


@pytest.fixture
def differing(archive: SmallArchive) -> RecordId:
    archive.add("低保通知", PAPER, title="关于低保的通知", date="2009", agency="区财政局")
    archive.add("内部通知", f"内部\n{PAPER}", title="关于低保的通知", date="2010", agency="某局")
    archive.run()
    (hit,) = (
        each
        for each in archive.ask("低保的通知", ARCHIVIST).hits
        if not each.record.description.level.is_internal
    )
    return hit.record.record_id


def test_they_are_counted_by_field_within_the_viewers_rights(
    room: Room, keeper: Account, differing: RecordId
) -> None:
    service = room.archive.differences
    everything = service.page(Wanted(), 1, by=keeper, viewer=ARCHIVIST)
    assert everything.counts == {"agency": 2, "date": 2}
    assert (everything.page.total, everything.batches) == (4, (2,))
    some = service.page(Wanted(field="date"), 1, by=keeper, viewer=LOWER)
    assert (some.page.total, some.counts) == (1, {"agency": 1, "date": 1})
    (only,) = some.page.items
    assert only.difference.record_id == differing
    assert (only.difference.catalogue, only.difference.document) == ("2009", "2008-03-15")
    assert len(service.listed(Wanted(batch_number=2), by=keeper, viewer=LOWER)) == 2
    assert service.listed(Wanted(batch_number=1), by=keeper, viewer=LOWER) == ()
    with pytest.raises(InvalidFieldError):
        service.page(Wanted(field="colour"), 1, by=keeper, viewer=LOWER)


def test_a_decision_is_kept_with_its_name_and_in_the_log(
    room: Room, archive: SmallArchive, keeper: Account, differing: RecordId
) -> None:
    service = room.archive.differences
    assert service.settle(differing, "date", by=keeper, viewer=LOWER)
    assert not service.settle(differing, "date", by=keeper, viewer=LOWER)
    assert not service.settle(differing, "title", by=keeper, viewer=LOWER)
    assert kinds(archive, differing) == [EventKind.DIFFERENCE_SETTLED]
    assert service.page(Wanted(), 1, by=keeper, viewer=LOWER).counts == {"agency": 1}
    found = {each.field: each for each in service.of_record(differing, by=keeper, viewer=LOWER)}
    assert found["date"].settled_by == keeper.name
    assert found["agency"].settled_by is None


def test_not_for_others_nor_of_what_one_may_not_see(
    room: Room, keeper: Account, differing: RecordId
) -> None:
    service = room.archive.differences
    everything = service.page(Wanted(), 1, by=keeper, viewer=ARCHIVIST).page.items
    hidden = next(
        each.difference.record_id for each in everything if each.difference.record_id != differing
    )
    assert service.of_record(hidden, by=keeper, viewer=LOWER) == ()
    assert not service.settle(hidden, "date", by=keeper, viewer=LOWER)
    staff = made(room, "wang", Role.STAFF)
    with pytest.raises(PermissionDeniedError):
        service.page(Wanted(), 1, by=staff, viewer=LOWER)
    with pytest.raises(PermissionDeniedError):
        service.settle(differing, "date", by=staff, viewer=LOWER)
