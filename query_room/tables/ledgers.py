"""Old registers that were imported."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from indexer.database import UtcDateTime
from query_room.tables.base import Serial, metadata

ledger_import: Final = Table(
    "ledger_import",
    metadata,
    Column("import_id", Serial, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("organ_id", ForeignKey("organ.organ_id"), nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("bad_count", Integer, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Text),
    sqlite_autoincrement=True,
)

ledger_request: Final = Table(
    "ledger_request",
    metadata,
    Column("ledger_id", String(60), primary_key=True),
    Column("import_id", ForeignKey("ledger_import.import_id"), nullable=False),
    Column("organ_id", String(40), nullable=False),
    Column("number", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("category", String(10), nullable=False),
    Column("disposition", String(10)),
    Column("closed_on", Date),
    Index(None, "import_id"),
    Index(None, "organ_id", "received_on"),
)
"""Old requests, for the annual report alone: days and codes, nobody's name."""

ledger_month: Final = Table(
    "ledger_month",
    metadata,
    Column("import_id", ForeignKey("ledger_import.import_id"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("visits", BigInteger, nullable=False),
    Column("volumes", BigInteger, nullable=False),
    Column("items", BigInteger, nullable=False),
    Column("pages", BigInteger, nullable=False),
)
"""Old visits by month."""

ledger_balance: Final = Table(
    "ledger_balance",
    metadata,
    Column("import_id", ForeignKey("ledger_import.import_id"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("category", String(10), primary_key=True),
    Column("count", BigInteger, nullable=False),
)
"""What an import said of an opening balance: it can be undone only while that still stands."""
