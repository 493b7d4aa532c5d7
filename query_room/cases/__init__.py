"""Reviews (行政复议) and suits (行政诉讼) over requests: entered, answered, ended, counted.

They feed table IV of the annual report. One that orders the organ to act anew takes the request up
again in the same transaction.
"""

from query_room.cases.errors import CaseNotFoundError, CaseRefusedError
from query_room.cases.model import Case, CaseStatus, Decided, NewCase, Plaintiff, ReopenRequest
from query_room.cases.service import CaseService
from query_room.cases.transitions import CaseStep, steps_from

__all__ = [
    "Case",
    "CaseNotFoundError",
    "CaseRefusedError",
    "CaseService",
    "CaseStatus",
    "CaseStep",
    "Decided",
    "NewCase",
    "Plaintiff",
    "ReopenRequest",
    "steps_from",
]
