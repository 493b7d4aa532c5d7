"""A review or suit over a request."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from query_room.errors import InvalidFieldError
from query_room.fields import LONG, optional, required

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from query_room.accounts import Account
    from query_room.statute.case_codes import CaseBlock, CaseResult

_DOCKET: Final = re.compile(
    r"[\u4e00-\u9fff\d]{0,14}[〔（(\[]\d{4}[〕）)\]][\u4e00-\u9fff\dA-Za-z]{0,14}?\d{1,8}号"
)


class Plaintiff(StrEnum):
    """Who went against the answer."""

    APPLICANT = "applicant"  # 申请人
    THIRD_PARTY = "third_party"  # 第三方


class CaseStatus(StrEnum):
    """Where a review or suit stands; how it ended is its result."""

    PENDING = "pending"  # 待答辩
    ANSWERED = "answered"  # 已答辩，待裁决
    DECIDED = "decided"  # 已审结
    WITHDRAWN = "withdrawn"  # 已撤回


class ReopenRequest(Protocol):
    """Takes a closed request up again, on a new clock, within the caller's transaction."""

    def __call__(
        self, connection: Connection, request_id: str, *, ground: str, by: Account, at: dt.datetime
    ) -> None:
        """Do it.

        Raises:
            InvalidTransitionError: It is still open.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A review or suit of which the organ was told.

    Attributes:
        authority: 复议机关 or 法院.
        docket: 案号, e.g. ``青政复字〔2026〕12号``; kept readable, and therefore held to that form.
        plaintiff_name: Encrypted; may be empty. note: Free text, encrypted; may be empty.
        filed_on: The day it was accepted there. notified_on: The day the organ was told; its
            period for the defence runs from then.
        follows: The review that a suit after review follows.
    """

    block: CaseBlock
    authority: str
    docket: str = ""
    plaintiff: Plaintiff
    plaintiff_name: str = ""
    note: str = ""
    filed_on: dt.date
    notified_on: dt.date
    follows: str | None = None

    def checked(self) -> NewCase:
        """The same, tidied.

        Raises:
            InvalidFieldError: A field is missing, too long or not in its form.
        """
        docket = optional("docket", self.docket).replace(" ", "")
        if docket and _DOCKET.fullmatch(docket) is None:
            raise InvalidFieldError("docket", "not_a_docket")
        if self.notified_on < self.filed_on:
            raise InvalidFieldError("notified_on", "out_of_range")
        return replace(
            self,
            authority=required("authority", self.authority),
            docket=docket,
            plaintiff_name=optional("plaintiff_name", self.plaintiff_name),
            note=optional("note", self.note, LONG),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How a review or suit ended.

    Attributes:
        ordered_reopen: Whether the organ has to answer the request anew.
        summary: What was decided and why, encrypted; may be empty unless the request is reopened.
    """

    result: CaseResult
    decided_on: dt.date
    ordered_reopen: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A review or suit where it stands.

    Attributes:
        plaintiff_name: Masked; ``None`` once erased, ``""`` where none was given.
        note, summary: ``None`` once erased.
        answer_by: Last day for the defence, ``None`` where no rule of that day is known.
        answer_article: The law that says so. is_provisional: Whether it counts days of a year
            whose calendar is not known.
        result: ``OPEN`` until it ends.
    """

    case_id: str
    request_id: str
    organ_id: str
    block: CaseBlock
    follows: str | None
    authority: str
    docket: str
    plaintiff: Plaintiff
    plaintiff_name: str | None
    note: str | None
    filed_on: dt.date
    notified_on: dt.date
    status: CaseStatus
    answer_by: dt.date | None
    answer_article: str
    is_provisional: bool
    answered_on: dt.date | None
    result: CaseResult
    decided_on: dt.date | None
    summary: str | None
    ordered_reopen: bool
    entered_by: str

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.decided_on is None
