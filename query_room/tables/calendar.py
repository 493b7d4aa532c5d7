"""Notices that set working days, and what each set."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

calendar_notice: Final = Table(
    "calendar_notice",
    metadata,
    Column("notice_id", Serial, primary_key=True),
    Column("year", Integer),  # the year it covers; none for a local day
    Column("source", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Imported notices and local additions, in order; a later one overrules an earlier one."""

calendar_day: Final = Table(
    "calendar_day",
    metadata,
    Column("notice_id", ForeignKey("calendar_notice.notice_id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
)
