"""Requests for information (依申请公开, 档案利用): from a question to an answer, on record.

Every step is an event in the log and a change of the projection in one transaction; a step that the
law or the table of transitions does not allow is refused with its reason. Due dates are computed
from clock events whenever they are asked for. Each request is tied to the searches and hits that
answered it.
"""

from query_room.requests.errors import (
    ApplicantErasedError,
    ReceiptSecretError,
    RecordsRequestNotFoundError,
    StepRefusedError,
)
from query_room.requests.model import (
    Applicant,
    Delivery,
    Form,
    NewRequest,
    Receipt,
    RecordsRequest,
    RequestKind,
    RequestStatus,
    Wanted,
)
from query_room.requests.transitions import Step, steps_from
from query_room.requests.work_model import Answer, Decision, Manner, NewHandSearch

__all__ = [
    "Answer",
    "Applicant",
    "ApplicantErasedError",
    "Decision",
    "Delivery",
    "Form",
    "Manner",
    "NewHandSearch",
    "NewRequest",
    "Receipt",
    "ReceiptSecretError",
    "RecordsRequest",
    "RecordsRequestNotFoundError",
    "RequestKind",
    "RequestStatus",
    "Step",
    "StepRefusedError",
    "Wanted",
    "steps_from",
]
