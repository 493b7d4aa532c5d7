"""Every statement on certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from query_room.tables import certificate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


def add(
    connection: Connection,
    **values: Any,  # noqa: ANN401 - the columns of a certificate
) -> None:
    """Store a certificate."""
    connection.execute(insert(certificate).values(**values))


def of_entry(connection: Connection, entry_id: str) -> Row[Any] | None:
    """The certificate of an entry, or ``None``."""
    statement = select(certificate).where(certificate.c.entry_id == entry_id)
    return connection.execute(statement).one_or_none()


def find(connection: Connection, certificate_id: str) -> Row[Any] | None:
    """One certificate, or ``None``."""
    statement = select(certificate).where(certificate.c.certificate_id == certificate_id)
    return connection.execute(statement).one_or_none()
