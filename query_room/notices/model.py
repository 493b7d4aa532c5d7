"""Notices: what happened, to whom it is told, and where each stands on its way."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from query_room.errors import InvalidFieldError
from query_room.fields import required

_LONG_URL: Final = 500


class NoticeKind(StrEnum):
    """What a notice tells; the last two go to the organ's own mailbox."""

    RECEIVED = "received"  # 登记回执
    CLARIFICATION = "clarification"  # 补正告知
    CONSULTED = "consulted"  # 征求第三方意见
    EXTENDED = "extended"  # 延期答复
    FEE = "fee"  # 收费通知
    REPLIED = "replied"  # 答复
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENDING = "sending"  # written before the first word to the mail server
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NOT_SENT = "not_sent"  # e-mail was off


class NoticeReason(StrEnum):
    """Why a notice is not sent, or not yet."""

    NONE = ""
    OFF = "off"
    ADDRESS_ERASED = "address_erased"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    NEEDS_SMTPUTF8 = "needs_smtputf8"  # characters that only RFC 6531 can carry
    REFUSED = "refused"  # for good: SMTP 5xx
    PUT_OFF = "put_off"  # for now: SMTP 4xx
    SENDER_REFUSED = "sender_refused"
    SIGN_IN_REFUSED = "sign_in_refused"
    NO_TLS = "no_tls"
    BAD_CERTIFICATE = "bad_certificate"
    UNREACHABLE = "unreachable"
    KEYS_MISSING = "keys_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedContact:
    """A person's address, in an erasable event.

    Attributes:
        owner: The subject it was sealed for. event_id: The event that holds it: either the address
            alone, or an object of JSON with a field ``email``.
    """

    owner: str
    event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganMailbox:
    """The public address of an organ's office; accounts of staff have none."""

    organ_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFields:
    """What a message may say: nothing of what was asked for, and nobody's name.

    Attributes:
        request_number: As printed, e.g. 清依申〔2026〕12号. organ: Its name.
        due_on: The day that counts for this kind, if any.
        status_url: Where to look further: a path below ``QUERY_ROOM_PUBLIC_URL``; may be empty.
    """

    request_number: str
    organ: str
    due_on: dt.date | None = None
    status_url: str = ""

    def checked(self) -> NoticeFields:
        """The same, fit for the head of a message.

        Raises:
            InvalidFieldError: A field is missing, too long or holds a control character.
        """
        for name in ("request_number", "organ", "status_url"):
            # A line break in a subject begins a header of somebody else's choice.
            if any(unicodedata.category(char) in _BREAKS for char in getattr(self, name)):
                raise InvalidFieldError(name, "unknown")
        if len(self.status_url) > _LONG_URL:
            raise InvalidFieldError("status_url", "too_long")
        if self.status_url and not self.status_url.startswith("/"):
            raise InvalidFieldError("status_url", "unknown")
        return NoticeFields(
            request_number=required("request_number", self.request_number),
            organ=required("organ", self.organ),
            due_on=self.due_on,
            status_url=self.status_url,
        )

    def as_json(self) -> dict[str, str]:
        """For a column of the database."""
        return {
            "request_number": self.request_number,
            "organ": self.organ,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "status_url": self.status_url,
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> NoticeFields:
        """As ``as_json`` wrote them."""
        due_on = found["due_on"]
        return cls(
            request_number=found["request_number"],
            organ=found["organ"],
            due_on=dt.date.fromisoformat(due_on) if due_on else None,
            status_url=found["status_url"],
        )


_BREAKS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice in the outbox.

    Attributes:
        owner: The request it is about.
        to: Whom it goes to.
        tries: How often it was taken up.
        due_at: When it may next be taken.
        message_id: Its name in the mail, the same at every try; empty before the first.
        ended_at: When it was sent, failed or cancelled.
    """

    notice_id: int
    kind: NoticeKind
    owner: str
    to: SealedContact | OrganMailbox
    fields: NoticeFields
    state: NoticeState
    reason: NoticeReason
    tries: int
    queued_at: dt.datetime
    due_at: dt.datetime
    message_id: str
    ended_at: dt.datetime | None
