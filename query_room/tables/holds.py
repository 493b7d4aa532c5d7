"""Holds on personal data that would else be erased when its time is over."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

retention_hold: Final = Table(
    "retention_hold",
    metadata,
    Column("hold_id", Serial, primary_key=True),
    Column("owner", String(60), nullable=False),  # a visit or a request
    Column("ground", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", UtcDateTime),
    Index(None, "owner"),
    sqlite_autoincrement=True,
)
