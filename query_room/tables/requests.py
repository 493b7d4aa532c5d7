"""Requests for information, and what was done on them."""

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
    UniqueConstraint,
)

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

records_request: Final = Table(
    "records_request",
    metadata,
    Column("request_id", String(40), primary_key=True),
    Column("organ_id", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("display_number", Text, nullable=False),
    Column("status", String(30), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("category", String(10), nullable=False),
    Column("filed_by", Text, nullable=False),  # the account that wrote it down; "" for a citizen
    Column("filed_at", UtcDateTime, nullable=False),
    Column("visit_id", String(40)),
    Column("origin_search_id", String(40)),
    Column("organ_confirmed_on", Date),
    Column("applicant_confirmed_on", Date),
    Column("received_on", Date),
    Column("assigned_to", Text),
    Column("disposition", String(10)),
    Column("reply_type", String(20)),
    Column("proposal_event_id", BigInteger),
    Column("review_id", String(60)),
    Column("closed_on", Date),
    Column("applicant_event_id", BigInteger, nullable=False),
    Column("content_event_id", BigInteger, nullable=False),
    # Keyed digests: the same person, and the same matter, are found again without being readable.
    Column("person_digest", String(64)),
    Column("content_digest", String(64)),
    Column("secret_digest", String(64)),
    Column("erased_at", UtcDateTime),
    UniqueConstraint("organ_id", "kind", "year", "number"),
    Index(None, "organ_id", "status"),
    Index(None, "assigned_to", "status"),
    Index(None, "received_on"),
    Index(None, "person_digest"),
    Index(None, "visit_id"),
)
"""A request where it stands. Whether it is overdue is computed, never stored."""

request_clock_event: Final = Table(
    "request_clock_event",
    metadata,
    Column("request_id", ForeignKey("records_request.request_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("event_id", BigInteger, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("day", Date, nullable=False),
    Column("consultation", String(60), nullable=False),
    Column("party", String(20)),
    Column("working_days", Integer, nullable=False),
    Column("until", Date),
    Column("approver", Text, nullable=False),
)
"""What moves the due date, in the order of recording; the clock reads it by day."""

request_search: Final = Table(
    "request_search",
    metadata,
    Column("request_id", ForeignKey("records_request.request_id"), primary_key=True),
    Column("search_id", String(40), primary_key=True),
    Column("event_id", BigInteger, nullable=False),
    Column("attached_by", Text, nullable=False),
    Column("attached_at", UtcDateTime, nullable=False),
)
"""Searches made elsewhere and cited here; those made within the request say so in the log."""

request_hand_search: Final = Table(
    "request_hand_search",
    metadata,
    Column("request_id", ForeignKey("records_request.request_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("event_id", BigInteger, nullable=False),
    Column("text_event_id", BigInteger, nullable=False),
    Column("searched_on", Date, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("by_archivist", Boolean, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)
"""Searches on paper: who, when, whether it was found; where and what stand encrypted."""

request_finding: Final = Table(
    "request_finding",
    metadata,
    Column("finding_id", String(60), primary_key=True),  # the request's number, then -fNN
    Column("request_id", ForeignKey("records_request.request_id"), nullable=False),
    Column("record_id", String(16), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("archival_code", Text, nullable=False),
    Column("search_id", String(40)),
    Column("pages", JSON, nullable=False),  # [[file ordinal, first, last], …]
    Column("marked_by", Text, nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
    Column("decision", String(20)),
    Column("exemption", String(40)),
    Column("reason_event_id", BigInteger),
    Column("decided_by", Text),
    Column("decided_at", UtcDateTime),
    Column("dropped_at", UtcDateTime),
    Index(None, "request_id"),
    Index(None, "record_id"),
)
"""Records that answer a request, and what is proposed for each."""

request_consultation: Final = Table(
    "request_consultation",
    metadata,
    Column("consultation_id", String(60), primary_key=True),  # the request's number, then -kNN
    Column("request_id", ForeignKey("records_request.request_id"), nullable=False),
    Column("party", String(20), nullable=False),
    Column("party_event_id", BigInteger, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("answer", String(20)),
    Column("answer_event_id", BigInteger),
    Index(None, "request_id"),
)

request_letter: Final = Table(
    "request_letter",
    metadata,
    Column("letter_id", String(60), primary_key=True),  # the request's number, then -lNN
    Column("request_id", ForeignKey("records_request.request_id"), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("number", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("text_event_id", BigInteger, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Index(None, "request_id"),
)
"""Letters that were made: what they say is encrypted, and drawn again from it."""

request_dispatch: Final = Table(
    "request_dispatch",
    metadata,
    Column("request_id", ForeignKey("records_request.request_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("letter_id", ForeignKey("request_letter.letter_id"), nullable=False),
    Column("manner", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("note_event_id", BigInteger),
    Column("recorded_by", Text, nullable=False),
)
"""How and when a letter left the house."""

review: Final = Table(
    "review",
    metadata,
    Column("review_id", String(60), primary_key=True),
    Column("subject", String(40), nullable=False),
    Column("organ_id", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Index(None, "subject"),
    Index(None, "status", "organ_id"),
)
"""A paper laid before those who sign it, in their order."""

review_signature: Final = Table(
    "review_signature",
    metadata,
    Column("review_id", ForeignKey("review.review_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("duty", String(30), nullable=False),
    Column("verdict", String(20)),
    Column("signed_by", Text),
    Column("signed_at", UtcDateTime),
    Column("remark_event_id", BigInteger),
)
