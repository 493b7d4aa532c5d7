"""Errors of requests.

RequestLogError
├── RecordsRequestNotFoundError
├── StepRefusedError
├── ApplicantErasedError
└── ReceiptSecretError
"""

from __future__ import annotations

from query_room.errors import RequestLogError


class RecordsRequestNotFoundError(RequestLogError):
    """No such request, or none of an organ that the account works for."""

    code = "request_not_found"


class StepRefusedError(RequestLogError):
    """The step exists, but something it needs is missing.

    Attributes:
        reason: One of the words of :data:`query_room.messages`' table of refused steps.
        detail: What exactly, as an identifier; never personal data.
    """

    code = "step_refused"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


class ApplicantErasedError(RequestLogError):
    """The request stands; who applied was erased."""

    code = "applicant_erased"


class ReceiptSecretError(RequestLogError):
    """Receipt number and secret do not belong together, or there is no such receipt."""

    code = "receipt_refused"
