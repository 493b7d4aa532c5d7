"""Passwords: what is taken, and how it is kept (Argon2id, RFC 9106)."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from query_room.accounts.model import name_key
from query_room.errors import WeakPasswordError

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 200
"""Longer ones only cost the server time."""


class Passwords:
    """Hashes and checks passwords.

    Args:
        hasher: Its cost; by default that of RFC 9106 for machines with little memory.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str, *, name: str) -> str:
        """The hash to keep for a new password.

        Raises:
            WeakPasswordError: It is too short, too long, or the account's own name.
        """
        normal = _normal(password)
        if len(normal) < MIN_LENGTH:
            raise WeakPasswordError("too_short")
        if len(normal) > MAX_LENGTH:
            raise WeakPasswordError("too_long")
        if name_key(normal) == name_key(name):
            raise WeakPasswordError("is_the_name")
        return self._hasher.hash(_encoded(normal))

    def matches(self, kept: str, password: str) -> bool:
        """Whether a password is the one whose hash was kept; takes the same time if it is not."""
        normal = _normal(password[: MAX_LENGTH * 2])
        try:
            return self._hasher.verify(kept, _encoded(normal))
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    def renewed(self, password: str) -> str:
        """A hash at today's cost of a password that was accepted once already."""
        return self._hasher.hash(_encoded(_normal(password)))

    @cached_property
    def decoy(self) -> str:
        """A hash that no password matches, checked where there is no account to check."""
        return self._hasher.hash(secrets.token_bytes(32))


def _normal(password: str) -> str:
    # NIST SP 800-63B section 5.1.1.2: one form, whichever keyboard it was typed on.
    return unicodedata.normalize("NFKC", password)


def _encoded(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
