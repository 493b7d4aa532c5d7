"""Everything the pages work with, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.accounts import AccountService
    from query_room.archive import ArchiveService
    from query_room.audit import AuditService
    from query_room.register import RegisterService
    from query_room.settings import RoomSettings
    from query_room.vault import Vault
    from query_room.visits import HandoverService, VisitHistory, VisitService
    from search_api.service import SearchService


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An open query room.

    Attributes:
        settings: How it presents itself.
        engine: The database, migrated.
        search: Answers within a viewer's rights.
        vault: Keys of personal data.
        archive: Batches, quarantine, withdrawals and the index, for archivists.
        accounts: Who may sign in, and with which rights.
        visits: Who stands at the counter.
        history: What was searched in a visit.
        handovers: What an archivist was asked to look for.
        register: What was used (查阅登记).
        audit: The log, for those who audit it.
    """

    settings: RoomSettings
    engine: Engine
    search: SearchService
    vault: Vault
    archive: ArchiveService
    accounts: AccountService
    visits: VisitService
    history: VisitHistory
    handovers: HandoverService
    register: RegisterService
    audit: AuditService
