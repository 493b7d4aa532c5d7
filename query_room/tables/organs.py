"""Organs, who works for them with which duty, their review steps and number series."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

organ: Final = Table(
    "organ",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("number_prefix", Text, nullable=False),
    Column("disclosure_office", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("fax", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("seal_name", Text, nullable=False),
    # No foreign key to itself: a restore writes rows in any order, and the service asks for it.
    Column("parent", String(40)),
    Column("added_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
)
"""Whom requests are addressed to. Never deleted: requests and letters name them."""

organ_member: Final = Table(
    "organ_member",
    metadata,
    Column("organ_id", ForeignKey("organ.organ_id"), primary_key=True),
    Column("account_name", String(200), primary_key=True),
    Column("duties", JSON, nullable=False),
)

organ_review_step: Final = Table(
    "organ_review_step",
    metadata,
    Column("organ_id", ForeignKey("organ.organ_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("duty", String(30), nullable=False),
)
"""Who signs, in which order. Source: 政府信息公开条例 (2019) art. 17 leaves it to the organ."""

organ_series: Final = Table(
    "organ_series",
    metadata,
    Column("organ_id", ForeignKey("organ.organ_id"), primary_key=True),
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last_number", Integer, nullable=False),
)
"""The last number given out in a series of a year, without gaps."""
