from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.copies import CopyKind
from indexer.indexing.copy_search import CopySearch
from query_room.accounts import Role
from query_room.errors import CopyNotFoundError, InvalidFieldError, PermissionDeniedError
from search_api.log import EventKind
from tests.fixtures.archive import ARCHIVIST
from tests.query_room.archive.conftest import kinds, made

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

TEXT = "".join(map(chr, range(0x4E00, 0x4F00)))
STAFF = Viewer(audience=Audience.STAFF)


@pytest.fixture(autouse=True)
def copied(filled: None, archive: SmallArchive) -> None:
    del filled
    archive.add("原件", TEXT)
    archive.add("另存", f"{TEXT[:90]}\n{TEXT[90:]}")
    archive.add("来信", f"{TEXT}补充", secrecy="工作秘密")
    archive.run()
    CopySearch(archive.engine, archive.settings).run()


def shown(room: Room, keeper: Account, viewer: Viewer) -> list[tuple[set[str], CopyKind]]:
    pairs = room.archive.copies.page(1, by=keeper, viewer=viewer).items
    return [
        ({side[0].record.description.title for side in (pair.first, pair.second)}, pair.link.kind)
        for pair in pairs
    ]


def test_pairs_are_shown_to_those_who_may_see_both(room: Room, keeper: Account) -> None:
    assert len(shown(room, keeper, ARCHIVIST)) == 3
    assert shown(room, keeper, STAFF) == [({"原件", "另存"}, CopyKind.SAME_TEXT)]
    assert room.archive.copies.page(1, by=keeper, viewer=STAFF).total == 1
    assert room.archive.copies.waiting(by=keeper) == 0


def test_a_pair_is_refused_once_with_a_ground_and_on_record(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    care = room.archive.copies
    link = next(
        each.link
        for each in care.page(1, by=keeper, viewer=ARCHIVIST).items
        if each.link.kind is CopyKind.SAME_TEXT
    )
    pair = link.second_hash, link.first_hash
    with pytest.raises(InvalidFieldError):
        care.refuse(pair, ground=" ", by=keeper, viewer=ARCHIVIST)
    care.refuse(pair, ground="印发份数不同", by=keeper, viewer=ARCHIVIST)
    with pytest.raises(CopyNotFoundError):
        care.refuse(pair, ground="印发份数不同", by=keeper, viewer=ARCHIVIST)
    assert kinds(archive, link.first_hash) == [EventKind.COPY_REFUSED]
    assert shown(room, keeper, STAFF) == []


def test_a_pair_that_may_not_be_seen_is_no_pair(room: Room, keeper: Account) -> None:
    care = room.archive.copies
    for each in care.page(1, by=keeper, viewer=ARCHIVIST).items:
        if each.link.kind is CopyKind.NEARLY_SAME:
            pair = each.link.first_hash, each.link.second_hash
            for viewer in (STAFF, PUBLIC_VIEWER):
                with pytest.raises(CopyNotFoundError):
                    care.refuse(pair, ground="不同", by=keeper, viewer=viewer)


def test_only_those_who_manage_the_archive_look_through_them(room: Room) -> None:
    clerk = made(room, "wang", Role.STAFF)
    pair = ("a" * 64, "b" * 64)
    for ask in (
        lambda: room.archive.copies.page(1, by=clerk, viewer=ARCHIVIST),
        lambda: room.archive.copies.waiting(by=clerk),
        lambda: room.archive.copies.refuse(pair, ground="x", by=clerk, viewer=ARCHIVIST),  # type: ignore[arg-type]
    ):
        with pytest.raises(PermissionDeniedError):
            ask()


def test_a_batch_says_how_many_of_its_files_have_a_copy(room: Room, keeper: Account) -> None:
    found = room.archive.batches.load(2, by=keeper).copies
    assert (found.copies, found.waiting) == (3, 0)
