"""Accounts, roles, what a role may do, and grants."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from query_room.errors import PermissionDeniedError

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import RecordId


class Role(StrEnum):
    """What somebody is to the room."""

    READING_ROOM = "reading_room"  # a terminal that citizens use
    STAFF = "staff"  # 窗口工作人员
    ARCHIVIST = "archivist"  # 档案员
    AUDITOR = "auditor"  # 审计员
    ADMIN = "admin"  # 系统管理员


class Permission(StrEnum):
    """What a role may allow besides seeing records."""

    SERVE_VISITORS = "serve_visitors"  # open and close visits, register, hand over
    REVEAL_PERSONS = "reveal_persons"  # see a visitor's full data, on record
    ERASE_PERSONS = "erase_persons"
    ANSWER_HANDOVERS = "answer_handovers"
    MANAGE_ARCHIVE = "manage_archive"  # batches, reindexing, withdrawals, quarantine
    GRANT_ACCESS = "grant_access"
    HANDLE_REQUESTS = "handle_requests"  # of the organs that the account works for
    MAKE_REPORTS = "make_reports"  # the annual report on disclosure
    READ_LOG = "read_log"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_ORGANS = "manage_organs"


# Source: separation of duties, domain rules on roles: administrators and auditors have no right to
# content, and those who read the log are not those whom it watches.
_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.READING_ROOM: frozenset(),
    Role.STAFF: frozenset(
        {
            Permission.SERVE_VISITORS,
            Permission.REVEAL_PERSONS,
            Permission.HANDLE_REQUESTS,
            Permission.MAKE_REPORTS,
        }
    ),
    Role.ARCHIVIST: frozenset(
        {
            Permission.SERVE_VISITORS,
            Permission.REVEAL_PERSONS,
            Permission.ERASE_PERSONS,
            Permission.ANSWER_HANDOVERS,
            Permission.HANDLE_REQUESTS,
            Permission.MAKE_REPORTS,
            Permission.MANAGE_ARCHIVE,
            Permission.GRANT_ACCESS,
        }
    ),
    Role.AUDITOR: frozenset({Permission.READ_LOG}),
    Role.ADMIN: frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_ORGANS}),
}

_AUDIENCES: Final[dict[Role, Audience]] = {
    Role.READING_ROOM: Audience.READING_ROOM,
    Role.STAFF: Audience.STAFF,
    Role.ARCHIVIST: Audience.ARCHIVIST,
    Role.AUDITOR: Audience.PUBLIC,
    Role.ADMIN: Audience.PUBLIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        name: For signing in and for the log; never changes.
        display_name: For screens.
        agencies: Agencies whose internal records the account sees; counts for staff alone.
        credential_version: Grows when the password changes or the account is disabled; a session
            made with another one has ended.
        disabled_at: Since when it may not sign in, or ``None``.
    """

    account_id: int
    name: str
    display_name: str
    role: Role
    agencies: tuple[str, ...]
    credential_version: int
    created_at: dt.datetime
    disabled_at: dt.datetime | None

    @property
    def audience(self) -> Audience:
        """The circle that the role belongs to."""
        return _AUDIENCES[self.role]

    @property
    def has_rights_to_content(self) -> bool:
        """Whether the role may ever see more than the public does."""
        return self.audience is not Audience.PUBLIC

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return self.disabled_at is None and permission in _PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        """Go on only if the role allows it.

        Raises:
            PermissionDeniedError: It does not.
        """
        if not self.may(permission):
            raise PermissionDeniedError(f"{self.name} ({self.role}) may not {permission}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be made."""

    name: str
    display_name: str
    role: Role
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """Access to be given to one account.

    Attributes:
        record_id: The record opened, or ``None``. fonds: The fonds opened, or ``None``; one of
            the two is given.
        basis: The rule or decision it rests on. approver: Who decided.
        valid_from: First day, in China. valid_until: Last day, included.
    """

    record_id: RecordId | None = None
    fonds: str | None = None
    basis: str
    approver: str
    valid_from: dt.date
    valid_until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Access given to one account."""

    grant_id: int
    account_id: int
    record_id: RecordId | None
    fonds: str | None
    basis: str
    approver: str
    valid_from: dt.date
    valid_until: dt.date
    granted_by: str
    granted_at: dt.datetime
    revoked_at: dt.datetime | None

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it opens anything on that day."""
        return self.revoked_at is None and self.valid_from <= day <= self.valid_until


def name_key(name: str) -> str:
    """What two spellings of one account name have in common: width, case and space do not count."""
    return unicodedata.normalize("NFKC", name).casefold().strip()
