"""Certificates issued over what the register holds."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, String, Table, Text

from query_room.tables.base import metadata

certificate: Final = Table(
    "certificate",
    metadata,
    Column("certificate_id", String(60), primary_key=True),
    Column("entry_id", ForeignKey("register_entry.entry_id"), nullable=False, unique=True),
    Column("visit_id", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("text_event_id", BigInteger, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("issued_by", Text, nullable=False),
    Index(None, "day"),
)
"""查档证明 and 查无证明: one for an entry.

What it says is encrypted with the visit's free texts.
"""
