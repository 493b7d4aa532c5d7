"""What an address must be before mail goes to it."""

from __future__ import annotations

import json
import re
from typing import Final

from query_room.notices.model import NoticeReason

_LONGEST: Final = 254
"""Source: RFC 5321 section 4.5.3.1.3, less its brackets."""

_LONGEST_LOCAL: Final = 64
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class UnfitAddressError(ValueError):
    """Mail cannot go to an address; the address itself is never part of the text.

    Attributes:
        reason: Why.
    """

    def __init__(self, reason: NoticeReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def checked_address(text: str) -> str:
    """An address that every mail server takes, without space around it.

    Raises:
        UnfitAddressError: It is empty, no address, or needs SMTPUTF8 (RFC 6531).
    """
    address = text.strip()
    if not address:
        raise UnfitAddressError(NoticeReason.NO_ADDRESS)
    if not address.isascii():
        raise UnfitAddressError(NoticeReason.NEEDS_SMTPUTF8)
    local, _, domain = address.rpartition("@")
    if (
        len(address) > _LONGEST
        or len(local) > _LONGEST_LOCAL
        or _LOCAL.fullmatch(local) is None
        or _DOMAIN.fullmatch(domain) is None
    ):
        raise UnfitAddressError(NoticeReason.BAD_ADDRESS)
    return address


def address_in(sealed: str) -> str:
    """The address in a sealed text: the text itself, or the ``email`` of an object; or empty."""
    if not sealed.lstrip().startswith("{"):
        return sealed
    try:
        found = json.loads(sealed).get("email", "")
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""
