"""Everything the pages work with, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.accounts import AccountService
    from query_room.archive import ArchiveService
    from query_room.audit import AuditService, SearchAudit
    from query_room.calendar import CalendarService
    from query_room.cases import CaseService
    from query_room.certificates import CertificateService
    from query_room.holds import Holds
    from query_room.ledgers import LedgerService
    from query_room.letters import Letters
    from query_room.notices import Notices
    from query_room.organs import OrganService
    from query_room.past_searches import PastSearches
    from query_room.proofs import ProofStore
    from query_room.register import EffectsOfUse, RegisterPeriods, RegisterService
    from query_room.reports import ReportService
    from query_room.requests.opening import Requests
    from query_room.retention import RetentionService
    from query_room.reviews import ReviewService
    from query_room.saved_searches import SavedSearches
    from query_room.settings import RoomSettings
    from query_room.vault import Vault
    from query_room.visits import HandoverService, VisitHistory, VisitService
    from query_room.vocabulary import VocabularyEffects, VocabularyService
    from search_api.listing import ResultLists
    from search_api.service import SearchService


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An open query room.

    Attributes:
        settings: How it presents itself.
        engine: The database, migrated.
        search: Answers within a viewer's rights. past_searches: Those of before.
        lists: Whole answers, to be taken along. saved_searches: Questions that the staff keep.
        vault: Keys of personal data.
        archive: Batches, quarantine, withdrawals and the index, for archivists.
        accounts: Who may sign in, and with which rights.
        visits: Who stands at the counter.
        history: What was searched in a visit.
        handovers: What an archivist was asked to look for.
        register: What was used (查阅登记).
        register_periods: The same over days, counted. effects: What came of it.
        audit: The log, for those who audit it. search_audit: Its searches.
        notices: What is told by e-mail.
        organs: Whom requests are addressed to, and who works for them.
        calendar: Working days.
        reviews: Papers laid before those who sign them.
        proofs: Photographs of identity papers.
        letters: Papers that go out.
        requests: Requests for information.
        certificates: What the archive attests of the register.
        retention: Personal data whose time is over. holds: What is kept all the same.
        cases: Reviews and suits over them.
        ledgers: Old registers, imported.
        reports: Annual reports on disclosure.
    """

    settings: RoomSettings
    engine: Engine
    search: SearchService
    past_searches: PastSearches
    lists: ResultLists
    saved_searches: SavedSearches
    vault: Vault
    archive: ArchiveService
    vocabulary: VocabularyService
    vocabulary_effects: VocabularyEffects
    accounts: AccountService
    visits: VisitService
    history: VisitHistory
    handovers: HandoverService
    register: RegisterService
    register_periods: RegisterPeriods
    effects: EffectsOfUse
    audit: AuditService
    search_audit: SearchAudit
    notices: Notices
    organs: OrganService
    calendar: CalendarService
    reviews: ReviewService
    proofs: ProofStore
    letters: Letters
    requests: Requests
    certificates: CertificateService
    retention: RetentionService
    holds: Holds
    cases: CaseService
    ledgers: LedgerService
    reports: ReportService
