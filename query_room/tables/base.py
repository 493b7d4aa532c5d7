"""What every table of this room belongs to."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData

from indexer.tables import metadata as indexer_metadata

metadata: Final = MetaData(naming_convention=indexer_metadata.naming_convention)

# SQLite numbers only INTEGER primary keys by itself.
Serial: Final = BigInteger().with_variant(Integer, "sqlite")
