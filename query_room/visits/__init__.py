"""Visits at the counter: who came, why, and what was handed on to an archivist."""

from query_room.visits.handover_model import (
    CitedRecord,
    Handover,
    HandoverAnswer,
    HandoverStatus,
    NewAnswer,
    Step,
)
from query_room.visits.handovers import HandoverService
from query_room.visits.history import PastSearch, VisitHistory
from query_room.visits.model import (
    IdentityKind,
    MaskedVisitor,
    NewVisit,
    Purpose,
    Standing,
    Visit,
    Visitor,
)
from query_room.visits.service import VisitService

__all__ = [
    "CitedRecord",
    "Handover",
    "HandoverAnswer",
    "HandoverService",
    "HandoverStatus",
    "IdentityKind",
    "MaskedVisitor",
    "NewAnswer",
    "NewVisit",
    "PastSearch",
    "Purpose",
    "Standing",
    "Step",
    "Visit",
    "VisitHistory",
    "VisitService",
    "Visitor",
]
