"""Who may sign in, and what was opened to whom."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

account: Final = Table(
    "account",
    metadata,
    Column("account_id", Serial, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),  # folded: 王 Wang and ＷＡＮＧ are one
    Column("display_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("agencies", JSON, nullable=False, default=list),
    Column("password_hash", Text, nullable=False),
    Column("credential_version", Integer, nullable=False, default=1),
    Column("created_by", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    sqlite_autoincrement=True,
)
"""Who may sign in. Never deleted: the log names accounts."""

sign_in_failure: Final = Table(
    "sign_in_failure",
    metadata,
    Column("name_digest", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Index(None, "last_at"),
)
"""Attempts in a row, for known and unknown names alike.

Digests, because people type passwords into the field for the name.
"""

access_grant: Final = Table(
    "access_grant",
    metadata,
    Column("grant_id", Serial, primary_key=True),
    Column("account_id", ForeignKey("account.account_id"), nullable=False),
    Column("record_id", String(16)),
    Column("fonds", Text),
    Column("basis", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),  # the last day, included
    Column("granted_by", Text, nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("revoked_by", Text),
    Column("revoked_at", UtcDateTime),
    Index(None, "account_id", "valid_until"),
    sqlite_autoincrement=True,
)
"""A record or a fonds opened to one account for some days."""
