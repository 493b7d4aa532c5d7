"""Reviews and suits over requests."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

request_case: Final = Table(
    "request_case",
    metadata,
    Column("case_id", String(60), primary_key=True),  # the request's number, then -cN
    Column("request_id", ForeignKey("records_request.request_id"), nullable=False),
    Column("organ_id", String(40), nullable=False),
    Column("block", String(10), nullable=False),
    # No foreign key to itself: a restore writes rows in any order, and the service asks for it.
    Column("follows", String(60)),
    Column("authority", Text, nullable=False),
    Column("docket", Text, nullable=False),
    Column("plaintiff", String(20), nullable=False),
    Column("text_event_id", BigInteger),
    Column("filed_on", Date, nullable=False),
    Column("notified_on", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("answered_on", Date),
    Column("result", String(10), nullable=False),
    Column("decided_on", Date),
    Column("outcome_event_id", BigInteger),
    Column("ordered_reopen", Boolean, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Index(None, "request_id"),
    Index(None, "organ_id", "status"),
)
"""A review or suit where it stands; who brought it, and every free text, is encrypted."""
