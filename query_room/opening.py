"""Open the room: database, migrations, services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import migrate, open_database
from query_room.accounts import AccountService
from query_room.archive import ArchiveService
from query_room.audit import AuditService
from query_room.register import RegisterService
from query_room.room import Room
from query_room.vault import Vault
from query_room.visits import HandoverService, VisitHistory, VisitService
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
    search = open_service(engine, settings.indexer)
    return Room(
        settings=settings,
        engine=engine,
        search=search,
        vault=vault,
        archive=ArchiveService(engine=engine, settings=settings.indexer, find_record=search.record),
        accounts=AccountService(engine=engine, vault=vault),
        visits=VisitService(engine=engine, vault=vault),
        history=VisitHistory(engine=engine),
        handovers=HandoverService(engine=engine, vault=vault, find_record=search.record),
        register=RegisterService(engine=engine, vault=vault, find_record=search.record),
        audit=AuditService(engine=engine),
    )
