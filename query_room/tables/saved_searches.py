"""Questions that the staff keep for themselves."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

saved_search: Final = Table(
    "saved_search",
    metadata,
    Column("saved_id", Serial, primary_key=True),
    Column("account_id", ForeignKey("account.account_id"), nullable=False),
    Column("sealed", Text, nullable=False),  # name and question, encrypted: they may name anybody
    Column("saved_at", UtcDateTime, nullable=False),
    Column("seen_position", BigInteger, nullable=False),  # of the outbox: what came later is new
    Column("alerts", Boolean, nullable=False),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
)
"""No count of what is new: it is counted with the rights of whoever looks, when they look."""
