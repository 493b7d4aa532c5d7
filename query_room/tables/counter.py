"""Visits, look-ups handed over, and the register of uses."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

visit_day: Final = Table(
    "visit_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("last_number", Integer, nullable=False),
)
"""The last number given out on a day in China."""

visit: Final = Table(
    "visit",
    metadata,
    Column("visit_id", String(40), primary_key=True),  # YYYYMMDD-NNN
    Column("purpose", String(30), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("terminal", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_by", Text),
    Column("closed_at", UtcDateTime),
    Column("person_event_id", BigInteger, nullable=False),  # whose body holds who came, encrypted
    Column("identity_digest", String(64)),
    Column("phone_digest", String(64)),
    Column("erased_at", UtcDateTime),
    Index(None, "opened_at"),
    Index(None, "identity_digest"),
    Index(None, "phone_digest"),
    # An account serves one visitor at a time, so that every search has one visit to go to.
    Index(
        "uq_visit_open",
        "opened_by",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

handover: Final = Table(
    "handover",
    metadata,
    Column("handover_id", String(40), primary_key=True),
    Column("visit_id", ForeignKey("visit.visit_id"), nullable=False),
    Column("search_id", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("outcome", String(20)),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("note_event_id", BigInteger, nullable=False),
    Column("taken_by", Text),
    Column("taken_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("answered_event_id", BigInteger),
    Column("answer_text_event_id", BigInteger),
    Index(None, "visit_id"),
    Index(None, "status", "asked_at"),
)
"""请档案员代查: a search that an archivist goes on with."""

register_entry: Final = Table(
    "register_entry",
    metadata,
    Column("entry_id", String(40), primary_key=True),  # the visit's number, then -NN
    Column("visit_id", ForeignKey("visit.visit_id"), nullable=False),
    Column("search_id", String(40)),
    Column("event_id", BigInteger, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("handler", Text, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("corrects", String(40)),
    Column("corrected_by", String(40)),
    Column("remark_event_id", BigInteger),
    Column("reason_event_id", BigInteger),  # why it corrects another
    Index(None, "visit_id"),
    Index(None, "entered_at"),
    Index(None, "search_id"),
)
"""查阅登记: one line of the register. A wrong one is corrected by another, never changed."""

register_item: Final = Table(
    "register_item",
    metadata,
    Column("entry_id", ForeignKey("register_entry.entry_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("record_id", String(16), nullable=False),
    Column("archival_code", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("is_volume", Boolean, nullable=False),
    Column("pages", JSON, nullable=False),  # [[file ordinal, first, last], …]
    Column("page_count", Integer, nullable=False),
    Column("secrecy", String(20), nullable=False),
    Column("opening", String(20), nullable=False),
    Column("disclosure", String(20)),
    Column("mode", String(20), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("approver", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Index(None, "record_id"),
)
"""What was consulted, copied or certified, and how open it was at that time."""
