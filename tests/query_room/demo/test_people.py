from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import Audience
from indexer.database import utc_now
from query_room.demo.people import PASSWORD, PEOPLE, add_people

if TYPE_CHECKING:
    from query_room.room import Room


def test_the_people_shown_can_sign_in(room: Room) -> None:
    add_people(room.accounts)
    for person in PEOPLE:
        account = room.accounts.authenticate(person.name, PASSWORD, terminal="test")
        assert account.display_name == person.display_name


def test_their_rights_differ(room: Room) -> None:
    add_people(room.accounts)
    viewers = {
        person.name: room.accounts.viewer_for(
            room.accounts.authenticate(person.name, PASSWORD, terminal="test"), utc_now()
        )
        for person in PEOPLE
    }
    assert viewers["dangan"].audience is Audience.ARCHIVIST
    assert viewers["chaxun"].agencies == frozenset({"临岚区民政局"})
    assert viewers["zhongduan"].audience is Audience.READING_ROOM
    assert viewers["shenji"].audience is Audience.PUBLIC


def test_adding_them_again_changes_nothing(room: Room) -> None:
    add_people(room.accounts)
    add_people(room.accounts)
    assert len(room.accounts.list_all()) == len(PEOPLE)
