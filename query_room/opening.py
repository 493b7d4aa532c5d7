"""Open the room: database, migrations, services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import migrate, open_database
from indexer.indexing.serving import Serving
from query_room.accounts import AccountService
from query_room.archive import ArchiveService
from query_room.audit import AuditService, SearchAudit
from query_room.calendar import CalendarService
from query_room.cases import CaseService
from query_room.certificates import CertificateService
from query_room.holds import Holds
from query_room.ledgers import LedgerRequests, LedgerService
from query_room.letters import Letters
from query_room.notices import Notices
from query_room.organs import OrganService
from query_room.past_searches import PastSearches
from query_room.proofs import ProofStore
from query_room.register import EffectsOfUse, RegisterPeriods, RegisterService
from query_room.reports import RegisterSources, ReportService
from query_room.requests.opening import open_requests
from query_room.retention import RetentionService, load_rules
from query_room.reviews import ReviewService
from query_room.room import Room
from query_room.saved_searches import SavedSearches
from query_room.vault import Vault
from query_room.visits import HandoverService, VisitHistory, VisitService
from query_room.vocabulary import VocabularyEffects, VocabularyService
from search_api.opening import open_lists, open_news, open_replays, open_service

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.accounts.passwords import Passwords
    from query_room.settings import RoomSettings

ROOMS: Final = ("indexer", "search_api", "query_room")
"""Packages with tables, lowest first."""


def open_room(settings: RoomSettings) -> Room:
    """The room on the archive that ``settings`` name, its database brought up to date."""
    engine = open_database(settings.indexer.database_url)
    migrate(engine, *ROOMS)
    room = room_on(engine, settings)
    room.organs.ensure_default(settings.organ)
    return room


def room_on(engine: Engine, settings: RoomSettings, passwords: Passwords | None = None) -> Room:
    """The room on a database that is open and migrated.

    Args:
        engine: The database.
        settings: Of the room.
        passwords: How passwords are hashed; at today's cost unless given.
    """
    vault = Vault.open(settings.keys)
    search = open_service(engine, settings.indexer)
    accounts = AccountService(engine=engine, vault=vault, passwords=passwords)
    organs = OrganService(engine=engine)
    calendar = CalendarService(engine=engine)
    reviews = ReviewService(engine=engine, vault=vault)
    proofs = ProofStore(engine=engine, vault=vault)
    visits = VisitService(engine=engine, vault=vault)
    letters = Letters(settings.letters)
    handovers = HandoverService(engine=engine, vault=vault, find_record=search.record)
    register = RegisterService(engine=engine, vault=vault, find_record=search.record)
    notices = Notices(engine, vault, settings.mail)
    requests = open_requests(
        engine=engine,
        vault=vault,
        organs=organs,
        reviews=reviews,
        calendar=calendar,
        proofs=proofs,
        letters=letters,
        notices=notices,
        find_record=search.record,
        name_of=accounts.display_name,
    )
    cases = CaseService(
        engine=engine,
        vault=vault,
        organs=organs,
        calendar=calendar,
        reopen=requests.deciding.reopen_within,
    )
    return Room(
        settings=settings,
        engine=engine,
        search=search,
        past_searches=PastSearches(engine=engine, replays=open_replays(engine, settings.indexer)),
        lists=open_lists(engine, settings.indexer),
        saved_searches=SavedSearches(
            engine=engine, vault=vault, news=open_news(engine, settings.indexer)
        ),
        vault=vault,
        vocabulary=VocabularyService(engine=engine, settings=settings.indexer),
        vocabulary_effects=VocabularyEffects(engine=engine, serving=Serving(settings.indexer)),
        archive=ArchiveService(engine=engine, settings=settings.indexer, find_record=search.record),
        accounts=accounts,
        visits=visits,
        history=VisitHistory(engine=engine),
        handovers=handovers,
        register=register,
        register_periods=RegisterPeriods(engine=engine, vault=vault, find_record=search.record),
        effects=EffectsOfUse(engine=engine, vault=vault),
        audit=AuditService(engine=engine),
        search_audit=SearchAudit(engine=engine),
        notices=notices,
        organs=organs,
        calendar=calendar,
        reviews=reviews,
        proofs=proofs,
        letters=letters,
        ledgers=LedgerService(engine=engine, organs=organs),
        reports=ReportService(
            engine=engine,
            organs=organs,
            sources=RegisterSources(
                engine=engine, ledgers=LedgerRequests(engine=engine), case_keeper=cases
            ),
        ),
        requests=requests,
        retention=RetentionService(
            engine=engine,
            rules=load_rules(settings.indexer.data),
            visits=visits,
            intake=requests.intake,
        ),
        holds=Holds(engine=engine),
        certificates=CertificateService(
            engine=engine,
            vault=vault,
            organs=organs,
            register=register,
            handovers=handovers,
            letters=letters,
            find_record=search.record,
            name_of=accounts.display_name,
        ),
        cases=cases,
    )
