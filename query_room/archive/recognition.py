"""What waits to be recognised, as archivists see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.recognition.rapid import RapidRecognizer, is_installed
from indexer.repositories import recognition
from query_room.archive.model import Recognition

if TYPE_CHECKING:
    from sqlalchemy import Connection


def waiting(connection: Connection) -> Recognition:
    """How many pages wait, for how long yet, and whether anything can be recognised here."""
    return Recognition(
        backlog=recognition.backlog(connection, RapidRecognizer.name), is_installed=is_installed()
    )
