"""Every statement on accounts, grants and failures to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from indexer.records import RecordId
from query_room.accounts.model import Account, Grant, NewAccount, NewGrant, Role, name_key
from query_room.tables import access_grant, account, sign_in_failure
from query_room.upsert import upsert

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An account with the hash of its password."""

    account: Account
    password_hash: str


def find(connection: Connection, name: str) -> Credentials | None:
    """The account of that name, however it is spelt."""
    statement = select(account).where(account.c.name_key == name_key(name))
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return Credentials(account=_account(row), password_hash=row.password_hash)


def list_all(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in connection.execute(select(account).order_by(account.c.name))]


def add(
    connection: Connection, new: NewAccount, *, password_hash: str, by: str, at: dt.datetime
) -> Account:
    """Store a new account."""
    statement = (
        insert(account)
        .values(
            name=new.name,
            name_key=name_key(new.name),
            display_name=new.display_name,
            role=new.role.value,
            agencies=list(new.agencies),
            password_hash=password_hash,
            credential_version=1,
            created_by=by,
            created_at=at,
        )
        .returning(account)
    )
    return _account(connection.execute(statement).one())


def disable(connection: Connection, account_id: int, at: dt.datetime) -> None:
    """Let an account sign in no more, and end its sessions."""
    connection.execute(
        update(account)
        .where(account.c.account_id == account_id, account.c.disabled_at.is_(None))
        .values(disabled_at=at, credential_version=account.c.credential_version + 1)
    )


def change_password(connection: Connection, account_id: int, password_hash: str) -> None:
    """Keep another password, and end the sessions made with the old one."""
    connection.execute(
        update(account)
        .where(account.c.account_id == account_id)
        .values(password_hash=password_hash, credential_version=account.c.credential_version + 1)
    )


def renew_hash(connection: Connection, account_id: int, old: str, new: str) -> None:
    """Keep the same password at another cost, unless it was changed meanwhile."""
    connection.execute(
        update(account)
        .where(account.c.account_id == account_id, account.c.password_hash == old)
        .values(password_hash=new)
    )


def lock_failures(
    connection: Connection, name_digest: str, at: dt.datetime
) -> tuple[int, dt.datetime]:
    """How many failures in a row there are under a name, and when the last one was.

    Other attempts under this name wait until the transaction ends, so that no two count as one.
    """
    # A row that is not there cannot be locked: on PostgreSQL first guesses sent at once would all
    # see none.
    connection.execute(
        upsert(connection, sign_in_failure)
        .values(name_digest=name_digest, failures=0, last_at=at)
        .on_conflict_do_nothing(index_elements=[sign_in_failure.c.name_digest])
    )
    statement = (
        select(sign_in_failure.c.failures, sign_in_failure.c.last_at)
        .where(sign_in_failure.c.name_digest == name_digest)
        .with_for_update()
    )
    row = connection.execute(statement).one_or_none()
    return (0, at) if row is None else (row.failures, row.last_at)


def set_failures(connection: Connection, name_digest: str, failures: int, at: dt.datetime) -> None:
    """Keep how many failures in a row there are, the last one at ``at``."""
    counted = {"failures": failures, "last_at": at}
    connection.execute(
        upsert(connection, sign_in_failure)
        .values(name_digest=name_digest, **counted)
        .on_conflict_do_update(index_elements=[sign_in_failure.c.name_digest], set_=counted)
    )


def forget_failures(connection: Connection, name_digest: str) -> None:
    """Begin to count anew."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.name_digest == name_digest))


def forget_failures_before(connection: Connection, at: dt.datetime) -> None:
    """Drop what is too old to count, so that invented names do not pile up."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.last_at < at))


def add_grant(
    connection: Connection, account_id: int, new: NewGrant, *, by: str, at: dt.datetime
) -> int:
    """Store a grant; its number comes back."""
    number: int = connection.execute(
        insert(access_grant)
        .values(
            account_id=account_id,
            record_id=new.record_id,
            fonds=new.fonds,
            basis=new.basis,
            approver=new.approver,
            valid_from=new.valid_from,
            valid_until=new.valid_until,
            granted_by=by,
            granted_at=at,
        )
        .returning(access_grant.c.grant_id)
    ).scalar_one()
    return number


def revoke_grant(connection: Connection, grant_id: int, *, by: str, at: dt.datetime) -> bool:
    """End a grant; whether it was in force."""
    statement = (
        update(access_grant)
        .where(access_grant.c.grant_id == grant_id, access_grant.c.revoked_at.is_(None))
        .values(revoked_by=by, revoked_at=at)
    )
    return connection.execute(statement).rowcount == 1


def grants_of(connection: Connection, account_id: int) -> list[Grant]:
    """Every grant ever given to an account, newest first."""
    return _grants(connection, access_grant.c.account_id == account_id)


def grants_in_force(connection: Connection, account_id: int, day: dt.date) -> list[Grant]:
    """Grants that open something to an account on a day."""
    return _grants(
        connection,
        access_grant.c.account_id == account_id,
        access_grant.c.revoked_at.is_(None),
        access_grant.c.valid_from <= day,
        access_grant.c.valid_until >= day,
    )


def _grants(connection: Connection, *conditions: ColumnElement[bool]) -> list[Grant]:
    statement = select(access_grant).where(*conditions).order_by(access_grant.c.grant_id.desc())
    return [_grant(row) for row in connection.execute(statement)]


def _account(row: Row[Any]) -> Account:
    return Account(
        account_id=row.account_id,
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        agencies=tuple(row.agencies),
        credential_version=row.credential_version,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def _grant(row: Row[Any]) -> Grant:
    return Grant(
        grant_id=row.grant_id,
        account_id=row.account_id,
        record_id=None if row.record_id is None else RecordId(row.record_id),
        fonds=row.fonds,
        basis=row.basis,
        approver=row.approver,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        revoked_at=row.revoked_at,
    )
