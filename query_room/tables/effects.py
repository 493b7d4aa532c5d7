"""What came of a use, told afterwards."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

register_effect: Final = Table(
    "register_effect",
    metadata,
    Column("entry_id", ForeignKey("register_entry.entry_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("text_event_id", BigInteger, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)
"""利用效果: the text is encrypted with the visit's free texts."""
