"""Words for notices, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.notices import NoticeKind, NoticeReason, NoticeState

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[NoticeKind, LazyString]] = {
    NoticeKind.RECEIVED: lazy_gettext("Receipt registered"),
    NoticeKind.CLARIFICATION: lazy_gettext("Clarification asked for"),
    NoticeKind.CONSULTED: lazy_gettext("Others consulted"),
    NoticeKind.EXTENDED: lazy_gettext("Reply period extended"),
    NoticeKind.FEE: lazy_gettext("Fee notice given"),
    NoticeKind.REPLIED: lazy_gettext("Replied"),
    NoticeKind.DUE_SOON: lazy_gettext("Due soon"),
    NoticeKind.OVERDUE: lazy_gettext("Overdue"),
}
STATES: Final[Mapping[NoticeState, LazyString]] = {
    NoticeState.WAITING: lazy_gettext("waits to be sent"),
    NoticeState.SENDING: lazy_gettext("being sent"),
    NoticeState.SENT: lazy_gettext("sent"),
    NoticeState.FAILED: lazy_gettext("could not be sent"),
    NoticeState.CANCELLED: lazy_gettext("cancelled"),
    NoticeState.NOT_SENT: lazy_gettext("not sent"),
}
REASONS: Final[Mapping[NoticeReason, LazyString]] = {
    NoticeReason.OFF: lazy_gettext("E-mail is switched off."),
    NoticeReason.ADDRESS_ERASED: lazy_gettext("The address was erased."),
    NoticeReason.NO_ADDRESS: lazy_gettext("There is no address."),
    NoticeReason.BAD_ADDRESS: lazy_gettext("The address is none that mail can go to."),
    NoticeReason.NEEDS_SMTPUTF8: lazy_gettext("The mail server cannot carry such an address."),
    NoticeReason.REFUSED: lazy_gettext("The mail server refused it for good."),
    NoticeReason.PUT_OFF: lazy_gettext("The mail server put it off; it is tried again."),
    NoticeReason.SENDER_REFUSED: lazy_gettext("The mail server refuses our own address."),
    NoticeReason.SIGN_IN_REFUSED: lazy_gettext("The mail server refuses our name or password."),
    NoticeReason.NO_TLS: lazy_gettext("The mail server offers no encryption."),
    NoticeReason.BAD_CERTIFICATE: lazy_gettext("The mail server cannot prove who it is."),
    NoticeReason.UNREACHABLE: lazy_gettext("The mail server does not answer; it is tried again."),
    NoticeReason.KEYS_MISSING: lazy_gettext("The address cannot be read with the keys in place."),
}
"""Why a notice is not sent, or not yet."""
