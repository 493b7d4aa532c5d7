"""E-mail notices: an outbox that a sender empties."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

notice: Final = Table(
    "notice",
    metadata,
    Column("notice_id", Serial, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("occasion", String(80), nullable=False),
    # The address itself stands in an erasable event, encrypted, or is an organ's own.
    Column("address_owner", String(80)),
    Column("address_event", BigInteger),
    Column("organ_id", ForeignKey("organ.organ_id")),
    Column("fields", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("claim", String(40)),
    Column("message_id", Text),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("owner", "kind", "occasion"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)
"""One row a notice. ``due_at`` is when it may next be taken: a back-off, or the end of a lease."""
