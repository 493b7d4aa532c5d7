"""One SQL database for all rooms: SQLite by default, PostgreSQL by setting.

Each package owns its tables and its migrations; this module owns the connection. Reading and
writing are two words: on SQLite a writer takes the write lock at once (``BEGIN IMMEDIATE``),
because a reader that turns into a writer halfway fails with "database is locked" at once.
"""

from indexer.database.connection import open_database, overwrite_erased, reading, writing
from indexer.database.migration import known_versions, migrate
from indexer.database.types import UtcDateTime, utc_now

__all__ = [
    "UtcDateTime",
    "known_versions",
    "migrate",
    "open_database",
    "overwrite_erased",
    "reading",
    "utc_now",
    "writing",
]
