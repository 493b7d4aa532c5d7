"""Words for reviews and suits, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.cases import CaseStatus, Plaintiff
from query_room.statute.case_codes import CaseBlock, CaseResult

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCKS: Final[Mapping[CaseBlock, LazyString]] = {
    CaseBlock.REVIEW: lazy_gettext("Administrative review"),
    CaseBlock.DIRECT: lazy_gettext("Suit without review"),
    CaseBlock.AFTER_REVIEW: lazy_gettext("Suit after review"),
}
RESULTS: Final[Mapping[CaseResult, LazyString]] = {
    CaseResult.UPHELD: lazy_gettext("Upheld"),
    CaseResult.CORRECTED: lazy_gettext("Corrected"),
    CaseResult.OTHER: lazy_gettext("Another result"),
}
"""Results that can be chosen; an open case has none."""
STATUSES: Final[Mapping[CaseStatus, LazyString]] = {
    CaseStatus.PENDING: lazy_gettext("defence to be sent"),
    CaseStatus.ANSWERED: lazy_gettext("defence sent"),
    CaseStatus.DECIDED: lazy_gettext("case decided"),
    CaseStatus.WITHDRAWN: lazy_gettext("case withdrawn"),
}
PLAINTIFFS: Final[Mapping[Plaintiff, LazyString]] = {
    Plaintiff.APPLICANT: lazy_gettext("Applicant"),
    Plaintiff.THIRD_PARTY: lazy_gettext("Third party"),
}
