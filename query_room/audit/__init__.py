"""The log for those who audit it: who did what when, without what the records say.

Auditors have no right to content. Of what an event says they see the fields that
:mod:`query_room.audit.visible` names; what names a visitor stays encrypted. That they looked is
itself an event.
"""

from query_room.audit.model import (
    AuditedEvent,
    AuditedPage,
    AuditedSearch,
    FoundSearches,
    HitState,
    LogQuestion,
    SearchQuestion,
    Verification,
)
from query_room.audit.search_audit import SearchAudit
from query_room.audit.service import AuditService

__all__ = [
    "AuditService",
    "AuditedEvent",
    "AuditedPage",
    "AuditedSearch",
    "FoundSearches",
    "HitState",
    "LogQuestion",
    "SearchAudit",
    "SearchQuestion",
    "Verification",
]
