"""A review and its signatures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from query_room.organs import Duty


class ReviewStatus(StrEnum):
    """Where a review stands."""

    OPEN = "open"  # 审查中
    APPROVED = "approved"  # 通过
    RETURNED = "returned"  # 退回


class Verdict(StrEnum):
    """What a signer says."""

    AGREES = "agrees"  # 同意
    RETURNS = "returns"  # 退回修改


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A step of a review.

    Attributes:
        ordinal: 1-based. name: Of the step, as the organ calls it. duty: Who may sign it.
        remark: ``""`` without, ``None`` once erased.
    """

    ordinal: int
    name: str
    duty: Duty
    verdict: Verdict | None
    signed_by: str | None
    signed_at: dt.datetime | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A paper before its signers.

    Attributes:
        subject: What is reviewed, e.g. a request's identifier.
        opened_by: Who submitted it, and may not sign it.
    """

    review_id: str
    subject: str
    organ_id: str
    status: ReviewStatus
    opened_by: str
    opened_at: dt.datetime
    signatures: tuple[Signature, ...]

    @property
    def next_step(self) -> Signature | None:
        """The step that waits for its signature."""
        if self.status is not ReviewStatus.OPEN:
            return None
        return next((each for each in self.signatures if each.verdict is None), None)
