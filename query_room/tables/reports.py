"""What annual reports are made of besides the register, and those that were issued."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
)

from indexer.database import UtcDateTime
from query_room.tables.base import metadata

opening_balance: Final = Table(
    "opening_balance",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("category", String(10), primary_key=True),
    Column("count", BigInteger, nullable=False),
)
"""What an organ carried into its first year here."""

proactive_figure: Final = Table(
    "proactive_figure",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("row", String(20), primary_key=True),
    Column("column", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),  # money in 分
)
"""Table II as entered."""

report_text: Final = Table(
    "report_text",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("part", String(5), primary_key=True),
    Column("text", Text, nullable=False),
)
"""The written parts of a report that is not issued yet."""

imported_report: Final = Table(
    "imported_report",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("file_hash", String(64), nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", Text, nullable=False),
)

imported_report_cell: Final = Table(
    "imported_report_cell",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("part", String(5), primary_key=True),
    Column("row", String(20), primary_key=True),
    Column("column", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["organ_id", "year"], ["imported_report.organ_id", "imported_report.year"]
    ),
)
"""Figures of an organ that keeps its register elsewhere."""

annual_report: Final = Table(
    "annual_report",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("organ_ids", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("accepted", JSON, nullable=False),
)
"""A report that was issued; it never changes."""

annual_report_cell: Final = Table(
    "annual_report_cell",
    metadata,
    Column("organ_id", String(40), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("part", String(5), primary_key=True),
    Column("row", String(20), primary_key=True),
    Column("column", String(20), primary_key=True),
    Column("subjects", JSON, nullable=False),
    Column("unlisted", BigInteger, nullable=False),
    ForeignKeyConstraint(["organ_id", "year"], ["annual_report.organ_id", "annual_report.year"]),
)
"""Its cells, with the requests behind each."""
