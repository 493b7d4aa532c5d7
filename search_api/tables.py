"""The tables of this room. Statements on them live in repository modules and nowhere else."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from indexer.database import UtcDateTime
from indexer.tables import metadata as indexer_metadata

metadata: Final = MetaData(naming_convention=indexer_metadata.naming_convention)

# SQLite numbers only INTEGER primary keys by itself.
_Serial = BigInteger().with_variant(Integer, "sqlite")

log_event: Final = Table(
    "log_event",
    metadata,
    Column("event_id", _Serial, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("commitment", String(64), nullable=False),
    Index(None, "kind", "at"),
    Index(None, "subject"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
"""What happened, without what was said. Triggers refuse every change and removal."""

log_body: Final = Table(
    "log_body",
    metadata,
    Column("event_id", ForeignKey("log_event.event_id"), primary_key=True, autoincrement=False),
    Column("salt", String(32)),
    # The very characters that were committed to: a JSON column may hand back other ones.
    Column("body", Text),
    Column("erased_at", UtcDateTime),
    Column("erase_ground", Text),
)
"""What was said. The one change that triggers let pass is the erasure of salt and body."""

log_pending: Final = Table(
    "log_pending",
    metadata,
    Column("event_id", ForeignKey("log_event.event_id"), primary_key=True, autoincrement=False),
)
"""Events no seal holds yet.

A queue and not a high-water mark, because PostgreSQL commits numbers out of order: an event may
become visible after a later one was sealed.
"""

log_seal: Final = Table(
    "log_seal",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("first_event", BigInteger, nullable=False),
    Column("last_event", BigInteger, nullable=False),
    Column("event_count", Integer, nullable=False),
    Column("previous_digest", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index(None, "sealed_at"),
)

log_seal_member: Final = Table(
    "log_seal_member",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seal_number", BigInteger, nullable=False),
    # Lets a damaged seal name the event at fault; the seal's digest covers all of these.
    Column("leaf", String(64), nullable=False),
    Index(None, "seal_number", "event_id"),
)
"""Which seal holds an event. No foreign keys: a missing neighbour is for ``verify`` to report."""

logged_search: Final = Table(
    "logged_search",
    metadata,
    Column("search_id", String(40), primary_key=True),
    Column("event_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("visit_id", String(40)),
    Column("actor", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("request_id", String(40)),
    Index(None, "visit_id", "event_id"),
    Index(None, "request_id", "event_id"),
    Index(None, "at"),
)
"""Searches by identifier, visit, request and time.

What was asked stands in the erasable body alone.
"""

logged_use: Final = Table(
    "logged_use",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("search_id", String(40)),
    Column("visit_id", String(40)),
    Column("record_id", String(16), nullable=False),
    Column("use", String(20), nullable=False),
    Column("request_id", String(40)),
    Index(None, "search_id", "event_id"),
    Index(None, "visit_id", "event_id"),
    Index(None, "request_id", "event_id"),
    Index(None, "record_id", "event_id"),
)
"""Uses of records by search, visit, request and record."""

rehearsal: Final = Table(
    "rehearsal",
    metadata,
    Column("following", BigInteger, primary_key=True, autoincrement=False),
    Column("former", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("unasked", Integer, nullable=False),
    Column("searches", JSON, nullable=False),  # identifiers and numbers of those that changed
)
"""What was found when a generation was compared with the one it followed."""
