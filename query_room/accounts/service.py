"""Making accounts, signing in, and the rights that follow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import IntegrityError

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.database import reading, utc_now, writing
from query_room.accounts import repository
from query_room.accounts.model import NewAccount, Role, name_key
from query_room.accounts.passwords import Passwords
from query_room.errors import (
    AccountExistsError,
    AccountNotFoundError,
    GrantNotFoundError,
    InvalidFieldError,
    SignInLockedError,
    SignInRefusedError,
)
from query_room.fields import LONG, required
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account, Grant, NewGrant
    from query_room.accounts.repository import Credentials
    from query_room.vault import Vault
    from search_api.log.model import JsonValue

MAX_FAILURES: Final = 5
LOCKED_FOR: Final = dt.timedelta(minutes=15)
FAILURES_COUNT_FOR: Final = dt.timedelta(hours=24)
"""Failures further apart than this are not in a row."""

MAX_GRANT: Final = dt.timedelta(days=366)

_NAME_LENGTH: Final = 64


class AccountService:
    """Accounts of the room.

    Args:
        engine: The database.
        vault: Makes the digests under which failures are counted.
        passwords: How passwords are hashed.
    """

    def __init__(self, *, engine: Engine, vault: Vault, passwords: Passwords | None = None) -> None:
        self._engine = engine
        self._vault = vault
        self._passwords = passwords or Passwords()

    def create(self, new: NewAccount, password: str, *, by: str) -> Account:
        """Make an account.

        Raises:
            AccountExistsError: The name is taken, in whichever spelling.
            WeakPasswordError: The password cannot be taken.
            InvalidFieldError: The name cannot be used.
        """
        wanted = NewAccount(
            name=required("name", new.name, _NAME_LENGTH),
            display_name=required("display_name", new.display_name),
            role=new.role,
            agencies=tuple(required("agencies", agency) for agency in new.agencies),
        )
        hashed = self._passwords.hash(password, name=wanted.name)
        now = utc_now()
        try:
            with writing(self._engine) as connection:
                made = repository.add(connection, wanted, password_hash=hashed, by=by, at=now)
                _tell(
                    connection,
                    EventKind.ACCOUNT_ADDED,
                    made.name,
                    now,
                    role=made.role.value,
                    agencies=made.agencies,
                    by=by,
                )
        except IntegrityError as error:
            raise AccountExistsError(f"{wanted.name} is taken") from error
        return made

    def authenticate(self, name: str, password: str, *, terminal: str) -> Account:
        """The account that signs in.

        An unknown name, a wrong password and a disabled account give one answer after one
        computation; a name is locked after so many failures whether an account has it or not.

        Raises:
            SignInRefusedError: Not with this name and password.
            SignInLockedError: Too many failures under this name.
        """
        digest = self._vault.blind_index("sign-in", name_key(name))
        now = utc_now()
        # Counted before the password is looked at: a hundred guesses sent at once are a hundred.
        with writing(self._engine) as connection:
            locked_until = _count_attempt(connection, digest, now)
            known = repository.find(connection, name)
        matches = self._passwords.matches(
            known.password_hash if known and locked_until is None else self._passwords.decoy,
            password,
        )
        if known is not None and locked_until is None and matches and _may_sign_in(known):
            self._welcome(known, password, digest, terminal, now)
            return known.account
        self._note_refusal(known, terminal, now, locked=locked_until is not None)
        if locked_until is not None:
            raise SignInLockedError(locked_until)
        raise SignInRefusedError("no such name and password")

    def sign_out(self, account: Account, *, terminal: str) -> None:
        """Note that somebody signed out."""
        with writing(self._engine) as connection:
            _tell(connection, EventKind.SIGNED_OUT, account.name, utc_now(), terminal=terminal)

    def load(self, name: str) -> Account:
        """The account of that name.

        Raises:
            AccountNotFoundError: There is none.
        """
        with reading(self._engine) as connection:
            return _require(connection, name).account

    def of_session(self, name: str, credential_version: int) -> Account | None:
        """The account that a session was made for, if the session still counts."""
        with reading(self._engine) as connection:
            found = repository.find(connection, name)
        if found is None or not _may_sign_in(found):
            return None
        account = found.account
        return account if account.credential_version == credential_version else None

    def display_name(self, name: str) -> str:
        """What screens call the account of that name; the name itself where there is none."""
        with reading(self._engine) as connection:
            found = repository.find(connection, name)
        return name if found is None else found.account.display_name

    def list_all(self) -> list[Account]:
        """Every account, disabled ones too, by name."""
        with reading(self._engine) as connection:
            return repository.list_all(connection)

    def disable(self, name: str, *, by: str) -> None:
        """Let an account sign in no more; its sessions end.

        Raises:
            AccountNotFoundError: There is no such account.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            account = _require(connection, name).account
            repository.disable(connection, account.account_id, now)
            _tell(connection, EventKind.ACCOUNT_DISABLED, account.name, now, by=by)

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Give an account another password; its sessions end and a lock is lifted.

        Raises:
            AccountNotFoundError: There is no such account.
            WeakPasswordError: The password cannot be taken.
        """
        hashed = self._passwords.hash(password, name=name)
        now = utc_now()
        with writing(self._engine) as connection:
            account = _require(connection, name).account
            repository.change_password(connection, account.account_id, hashed)
            repository.forget_failures(
                connection, self._vault.blind_index("sign-in", name_key(name))
            )
            _tell(connection, EventKind.PASSWORD_CHANGED, account.name, now, by=by)

    def change_password(
        self, account: Account, current: str, password: str, *, terminal: str
    ) -> Account:
        """Give oneself another password; the account as it is afterwards comes back.

        Raises:
            SignInRefusedError: ``current`` is not the present password.
            SignInLockedError: It was wrong too often.
            WeakPasswordError: The new one cannot be taken.
        """
        self.authenticate(account.name, current, terminal=terminal)
        self.set_password(account.name, password, by=account.name)
        return self.load(account.name)

    def grant(self, name: str, new: NewGrant, *, by: str) -> int:
        """Open a record or a fonds to an account for some days; the grant's number comes back.

        Raises:
            AccountNotFoundError: There is no such account.
            InvalidFieldError: Not exactly one of record and fonds, no basis or approver, days that
                end before they begin or last too long, or a role without rights to content.
        """
        if bool(new.record_id) == bool(new.fonds):
            raise InvalidFieldError("record_id", "required")
        required("basis", new.basis, LONG)
        required("approver", new.approver)
        if not dt.timedelta() <= new.valid_until - new.valid_from <= MAX_GRANT:
            raise InvalidFieldError("valid_until", "out_of_range")
        now = utc_now()
        with writing(self._engine) as connection:
            account = _require(connection, name).account
            if not account.has_rights_to_content:
                raise InvalidFieldError("role", "out_of_range")
            number = repository.add_grant(connection, account.account_id, new, by=by, at=now)
            _tell(
                connection,
                EventKind.GRANTED,
                account.name,
                now,
                grant=number,
                record_id=new.record_id,
                fonds=new.fonds,
                basis=new.basis,
                approver=new.approver,
                valid_from=new.valid_from.isoformat(),
                valid_until=new.valid_until.isoformat(),
                by=by,
            )
        return number

    def revoke(self, name: str, grant_id: int, *, by: str) -> None:
        """End a grant before its last day.

        Raises:
            AccountNotFoundError: There is no such account.
            GrantNotFoundError: The account has no such grant, or it ended already.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            account = _require(connection, name).account
            own = {grant.grant_id for grant in repository.grants_of(connection, account.account_id)}
            if grant_id not in own or not repository.revoke_grant(
                connection, grant_id, by=by, at=now
            ):
                raise GrantNotFoundError(f"{name} has no grant {grant_id} in force")
            _tell(connection, EventKind.GRANT_REVOKED, account.name, now, grant=grant_id, by=by)

    def grants_of(self, account: Account) -> list[Grant]:
        """Every grant ever given to an account, newest first."""
        with reading(self._engine) as connection:
            return repository.grants_of(connection, account.account_id)

    def viewer_for(self, account: Account, at: dt.datetime) -> Viewer:
        """The rights that an account has at an instant; make them anew for every question."""
        if account.disabled_at is not None or not account.has_rights_to_content:
            return PUBLIC_VIEWER
        with reading(self._engine) as connection:
            grants = repository.grants_in_force(connection, account.account_id, day_in_china(at))
        return Viewer(
            audience=account.audience,
            agencies=frozenset(account.agencies) if account.role is Role.STAFF else frozenset(),
            all_agencies=account.role is Role.ARCHIVIST,
            granted_records=frozenset(grant.record_id for grant in grants if grant.record_id),
            granted_fonds=frozenset(grant.fonds for grant in grants if grant.fonds),
        )

    def _welcome(
        self, known: Credentials, password: str, digest: str, terminal: str, now: dt.datetime
    ) -> None:
        account = known.account
        outdated = self._passwords.is_outdated(known.password_hash)
        renewed = self._passwords.renewed(password) if outdated else None
        with writing(self._engine) as connection:
            repository.forget_failures(connection, digest)
            if renewed is not None:
                repository.renew_hash(connection, account.account_id, known.password_hash, renewed)
            _tell(connection, EventKind.SIGNED_IN, account.name, now, terminal=terminal)

    def _note_refusal(
        self, known: Credentials | None, terminal: str, now: dt.datetime, *, locked: bool
    ) -> None:
        # The name as typed stays out of the log: it may be a password in the wrong field.
        subject = "" if known is None else known.account.name
        if locked:
            reason = "locked"
        elif known is None:
            reason = "unknown_name"
        else:
            reason = "wrong_password" if _may_sign_in(known) else "disabled"
        with writing(self._engine) as connection:
            _tell(
                connection,
                EventKind.SIGN_IN_REFUSED,
                subject,
                now,
                reason=reason,
                terminal=terminal,
            )


def _may_sign_in(known: Credentials) -> bool:
    return known.account.disabled_at is None


def _count_attempt(connection: Connection, digest: str, now: dt.datetime) -> dt.datetime | None:
    """Count an attempt as a failure until it proves none; until when the name is locked."""
    repository.forget_failures_before(connection, now - FAILURES_COUNT_FOR)
    failures, last_at = repository.lock_failures(connection, digest, now)
    if failures >= MAX_FAILURES:
        until = last_at + LOCKED_FOR
        if now < until:
            return until
        failures = 0
    repository.set_failures(connection, digest, failures + 1, now)
    return None


def _require(connection: Connection, name: str) -> Credentials:
    found = repository.find(connection, name)
    if found is None:
        raise AccountNotFoundError(f"no account {name}")
    return found


def _tell(
    connection: Connection,
    kind: EventKind,
    subject: str,
    at: dt.datetime,
    **body: JsonValue,
) -> None:
    append(connection, NewEvent(at=at, kind=kind, subject=subject, body=body))
