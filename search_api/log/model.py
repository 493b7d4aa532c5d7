"""The words of the log: events, seals, and what a verification can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

JsonValue: TypeAlias = Union[bool, int, str, "Sequence[JsonValue]", "Mapping[str, JsonValue]", None]
"""What a body may hold. No fractions: two programs may write the same one differently."""


class EventKind(StrEnum):
    """What can happen. A word, once used, keeps its meaning for ever."""

    SEARCHED = "search.made"
    USED = "record.used"
    REPLAYED = "search.replayed"  # a search of before, asked again to be compared
    VISIT_OPENED = "visit.opened"
    VISITOR_IDENTIFIED = "visit.visitor_identified"
    VISITOR_REVEALED = "visit.visitor_revealed"
    VISIT_CLOSED = "visit.closed"
    TEXT_WRITTEN = "visit.text_written"  # free text, which may name anybody; erasable by itself
    HANDOVER_ASKED = "handover.asked"
    HANDOVER_TAKEN = "handover.taken"
    HANDOVER_PUT_BACK = "handover.put_back"
    HANDOVER_ANSWERED = "handover.answered"
    HANDOVER_DELIVERED = "handover.delivered"
    HANDOVER_CANCELLED = "handover.cancelled"
    REGISTERED = "register.entered"
    REGISTER_CORRECTED = "register.corrected"
    REGISTER_EXPORTED = "register.exported"
    EFFECT_NOTED = "register.effect_noted"
    HOLD_PLACED = "retention.hold_placed"
    HOLD_LIFTED = "retention.hold_lifted"
    REQUEST_FILED = "request.filed"
    REQUEST_CONFIRMED = "request.confirmed"
    APPLICANT_IDENTIFIED = "request.applicant_identified"
    APPLICANT_REVEALED = "request.applicant_revealed"
    REQUEST_TEXT_WRITTEN = (
        "request.text_written"  # free text, which may name anybody; erasable by itself
    )
    PROOF_KEPT = "request.proof_kept"
    PROOF_SHOWN = "request.proof_shown"
    REQUEST_ASSIGNED = "request.assigned"
    CLARIFICATION_ASKED = "request.clarification_asked"
    REQUEST_CORRECTED = "request.corrected"
    CONSULTATION_SENT = "request.consultation_sent"
    CONSULTATION_ANSWERED = "request.consultation_answered"
    REQUEST_EXTENDED = "request.extended"
    LONGER_PERIOD_SET = "request.longer_period_set"
    FEE_NOTICED = "request.fee_noticed"
    FEE_PAID = "request.fee_paid"
    SEARCH_ATTACHED = "request.search_attached"
    SEARCHED_BY_HAND = "request.searched_by_hand"
    HIT_MARKED = "request.hit_marked"
    HIT_DROPPED = "request.hit_dropped"
    HIT_DECIDED = "request.hit_decided"
    REQUEST_PROPOSED = "request.proposed"
    REQUEST_SUBMITTED = "request.submitted"
    REQUEST_APPROVED = "request.approved"
    REQUEST_RETURNED = "request.returned"
    REVIEW_SIGNED = "review.signed"
    LETTER_ISSUED = "request.letter_issued"
    REQUEST_REPLIED = "request.replied"
    LETTER_DISPATCHED = "request.letter_dispatched"
    NOTICE_QUEUED = "notice.queued"
    NOTICE_SENT = "notice.sent"
    NOTICE_ENDED = "notice.ended"  # unsent: refused for good, or the address was erased
    NOTICE_RETRIED = "notice.retried"
    REQUEST_CLOSED = "request.closed"
    REQUEST_REOPENED = "request.reopened"
    CASE_FILED = "case.filed"
    CASE_ANSWERED = "case.answered"
    CASE_DECIDED = "case.decided"
    CASE_WITHDRAWN = "case.withdrawn"
    LEDGER_IMPORTED = "ledger.imported"
    LEDGER_UNDONE = "ledger.undone"
    ORGAN_ADDED = "organ.added"
    ORGAN_CHANGED = "organ.changed"
    ORGAN_CLOSED = "organ.closed"
    DUTIES_SET = "organ.duties_set"
    REVIEW_STEPS_SET = "organ.review_steps_set"
    CALENDAR_IMPORTED = "calendar.imported"
    CALENDAR_DAY_SET = "calendar.day_set"
    REPORT_FIGURES_ENTERED = "report.figures_entered"
    REPORT_TEXTS_WRITTEN = "report.texts_written"
    REPORT_IMPORTED = "report.imported"
    REPORT_IMPORT_REMOVED = "report.import_removed"
    REPORT_ISSUED = "report.issued"
    OPENING_BALANCE_SET = "report.opening_balance_set"
    CERTIFICATE_ISSUED = "certificate.issued"
    SIGNED_IN = "account.signed_in"
    SIGN_IN_REFUSED = "account.sign_in_refused"
    SIGNED_OUT = "account.signed_out"
    ACCOUNT_ADDED = "account.added"
    ACCOUNT_DISABLED = "account.disabled"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - the name of an event
    GRANTED = "account.granted"
    GRANT_REVOKED = "account.grant_revoked"
    RECORD_WITHDRAWN = "record.withdrawn"
    WITHDRAWAL_LIFTED = "record.withdrawal_lifted"
    FILE_CLEARED = "file.cleared"
    COPY_REFUSED = "file.copy_refused"
    BATCH_TRIED = "batch.tried"
    BATCH_ORDERED = "batch.ordered"
    BATCH_PAUSED = "batch.paused"
    BATCH_CONTINUED = "batch.continued"
    BATCH_CANCELLED = "batch.cancelled"
    UNDO_ORDERED = "batch.undo_ordered"
    BATCH_UNDONE = "batch.undone"
    WATCH_BEGUN = "watch.begun"
    WATCH_ENDED = "watch.ended"
    CATALOGUE_PROFILE_SAVED = "catalogue.profile_saved"
    CATALOGUE_PROFILE_RETIRED = "catalogue.profile_retired"
    FILES_RETRIED = "batch.files_retried"
    DIFFERENCE_SETTLED = "record.difference_settled"
    VOCABULARY_CHANGED = "vocabulary.changed"
    REBUILD_BEGUN = "index.rebuild_begun"
    GENERATION_RELEASED = "index.generation_released"
    ROLLED_BACK = "index.rolled_back"
    SET_ASIDE_RETRIED = "index.set_aside_retried"
    ERASED = "log.erased"
    LOG_READ = "log.read"
    LOG_VERIFIED = "log.verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """Something that happens now.

    Attributes:
        at: When, aware.
        kind: What.
        subject: Whom or what it is about: an identifier, never personal data, for it stays when
            the body is erased.
        body: The rest. Personal data in it is encrypted by whoever owns the key.
    """

    at: dt.datetime
    kind: EventKind
    subject: str
    body: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        event_id: Its number; grows, but not without gaps.
        kind: As stored; a later version may have kinds that this one does not know.
        body: What was said, or ``None`` once it was erased.
        erase_ground: Why it was erased, or ``""``.
    """

    event_id: int
    at: dt.datetime
    kind: str
    subject: str
    commitment: str
    body: Mapping[str, JsonValue] | None
    erase_ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A link of the chain.

    Attributes:
        number: 1, 2, 3 … without gaps.
        first_event: Smallest event number in it. last_event: Largest.
        event_count: How many events it holds.
        previous_digest: Digest of the seal before it; 64 zeros for the first.
        digest: Over all of the above and every event in it, in hex.
    """

    number: int
    sealed_at: dt.datetime
    first_event: int
    last_event: int
    event_count: int
    previous_digest: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHead:
    """The last seal of a day: printed and kept apart, it fixes everything before it."""

    day: dt.date
    seal: Seal


class Problem(StrEnum):
    """In what way a part of the log is not as it was written."""

    CHANGED = "changed"
    BODY_CHANGED = "body_changed"
    BODY_MISSING = "body_missing"
    ERASED_UNRECORDED = "erased_unrecorded"  # erased without an event that says so
    MISSING = "missing"
    ADDED = "added"
    REORDERED = "reordered"
    SEAL_BROKEN = "seal_broken"
    SEAL_MISSING = "seal_missing"
    HEAD_DIFFERS = "head_differs"  # the chain is not the one whose head was printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not fit.

    Attributes:
        problem: In what way. event_id: The event at fault, or ``None`` for a whole seal.
        seal_number: The seal concerned, or ``None``. detail: For the auditor; never content.
    """

    problem: Problem
    event_id: int | None = None
    seal_number: int | None = None
    detail: str = ""
