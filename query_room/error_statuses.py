"""Errors of this room to HTTP statuses; the rooms below have their own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.errors import ImportRefusedError, ImportRunningError
from query_room.calendar import CalendarImportError
from query_room.cases import CaseNotFoundError, CaseRefusedError
from query_room.certificates import CertificateRefusedError
from query_room.clock import ClockRefusedError
from query_room.errors import (
    AccountExistsError,
    AccountNotFoundError,
    BatchNotFinishedError,
    BatchNotFoundError,
    CopyNotFoundError,
    EntryCorrectedError,
    EntryNotFoundError,
    GrantNotFoundError,
    HandoverNotFoundError,
    InvalidFieldError,
    InvalidTransitionError,
    LaterBatchesError,
    NothingToReleaseError,
    NothingToRollBackToError,
    OrderNotFoundError,
    OrderRefusedError,
    PermissionDeniedError,
    PersonErasedError,
    RebuildUnderwayError,
    RegisterRefusedError,
    SearchOfAnotherVisitError,
    SignInLockedError,
    SignInRefusedError,
    VisitAlreadyOpenError,
    VisitClosedError,
    VisitNotFoundError,
    WeakPasswordError,
    WithdrawalNotFoundError,
)
from query_room.holds import HeldError, HoldNotFoundError
from query_room.ledgers import LedgerRefusedError
from query_room.notices.errors import NoticeNotFoundError
from query_room.organs import OrganError, OrganNotFoundError
from query_room.proofs import ProofError
from query_room.reports import ReportNotFoundError, ReportRefusedError
from query_room.requests import (
    ApplicantErasedError,
    ReceiptSecretError,
    RecordsRequestNotFoundError,
    StepRefusedError,
)
from query_room.reviews import ReviewRefusedError
from query_room.saved_searches import SavedSearchNotFoundError, TooManySavedError
from query_room.statute.errors import StatuteError
from search_api.error_handlers import status_of as status_below

if TYPE_CHECKING:
    from indexer.errors import QueryRoomError

_STATUSES: Final[dict[type[QueryRoomError], int]] = {
    InvalidFieldError: 400,
    WeakPasswordError: 400,
    RegisterRefusedError: 400,
    SearchOfAnotherVisitError: 400,
    CalendarImportError: 400,
    HeldError: 409,
    HoldNotFoundError: 404,
    ProofError: 400,
    StatuteError: 400,
    OrganError: 400,
    SignInRefusedError: 401,
    ReceiptSecretError: 403,
    PermissionDeniedError: 403,
    AccountNotFoundError: 404,
    GrantNotFoundError: 404,
    BatchNotFoundError: 404,
    WithdrawalNotFoundError: 404,
    CopyNotFoundError: 404,
    OrderNotFoundError: 404,
    OrderRefusedError: 409,
    VisitNotFoundError: 404,
    RecordsRequestNotFoundError: 404,
    OrganNotFoundError: 404,
    CaseNotFoundError: 404,
    ReportNotFoundError: 404,
    ReportRefusedError: 409,
    HandoverNotFoundError: 404,
    EntryNotFoundError: 404,
    NoticeNotFoundError: 404,
    AccountExistsError: 409,
    VisitAlreadyOpenError: 409,
    LaterBatchesError: 409,
    BatchNotFinishedError: 409,
    NothingToReleaseError: 409,
    NothingToRollBackToError: 409,
    RebuildUnderwayError: 409,
    ImportRefusedError: 409,
    ImportRunningError: 409,
    VisitClosedError: 409,
    InvalidTransitionError: 409,
    EntryCorrectedError: 409,
    CertificateRefusedError: 409,
    StepRefusedError: 409,
    LedgerRefusedError: 409,
    CaseRefusedError: 409,
    ClockRefusedError: 409,
    ReviewRefusedError: 409,
    SavedSearchNotFoundError: 404,
    TooManySavedError: 409,
    ApplicantErasedError: 410,
    PersonErasedError: 410,
    SignInLockedError: 429,
}


def status_of(error: QueryRoomError) -> int:
    """The HTTP status of an error of this room or of one below."""
    return _STATUSES.get(type(error)) or status_below(error)
