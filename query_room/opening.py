"""Open the room: database, migrations, services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import migrate, open_database
from query_room.accounts import AccountService
from query_room.room import Room
from query_room.vault import Vault
from search_api.opening import open_service

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.settings import RoomSettings

ROOMS: Final = ("indexer", "search_api", "query_room")
"""Packages with tables, lowest first."""


def open_room(settings: RoomSettings) -> Room:
    """The room on the archive that ``settings`` name, its database brought up to date."""
    engine = open_database(settings.indexer.database_url)
    migrate(engine, *ROOMS)
    return room_on(engine, settings)


def room_on(engine: Engine, settings: RoomSettings) -> Room:
    """The room on a database that is open and migrated."""
    vault = Vault.open(settings.keys)
    return Room(
        settings=settings,
        engine=engine,
        search=open_service(engine, settings.indexer),
        vault=vault,
        accounts=AccountService(engine=engine, vault=vault),
    )
