"""A reviewer's word that a marked file carries no state secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now, writing
from indexer.errors import ImportRefusedError
from indexer.importing.quarantine import MARKED_MEMBER
from indexer.repositories import clearances, files
from indexer.repositories.files import CATALOGUE_SECRET, ContentState

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.records import FileHash


def clear(engine: Engine, file_hash: FileHash, *, ground: str, by: str) -> None:
    """Let the next batch extract a file whatever is marked on its first page.

    Raises:
        ImportRefusedError: No such file is quarantined for a marking, or the ground is missing.
            What the catalogue calls a state secret is cleared by mending the catalogue, and what
            holds a marked file by clearing that file.
    """
    with writing(engine) as connection:
        clear_within(connection, file_hash, ground=ground, by=by)


def clear_within(connection: Connection, file_hash: FileHash, *, ground: str, by: str) -> None:
    """:func:`clear` in the caller's transaction.

    Raises:
        ImportRefusedError: As :func:`clear` does.
    """
    if not ground.strip() or not by.strip():
        raise ImportRefusedError("a clearance needs a ground and the name of who gives it")
    content = files.contents(connection, [file_hash]).get(file_hash)
    if content is None or content.state is not ContentState.QUARANTINED:
        raise ImportRefusedError(f"no quarantined file has the hash {file_hash}")
    if content.reason == CATALOGUE_SECRET:
        raise ImportRefusedError("the catalogue calls it a state secret: mend the catalogue")
    if content.reason == MARKED_MEMBER:
        raise ImportRefusedError("it holds a marked file: clear that one")
    clearances.give(connection, file_hash, ground=ground, by=by, at=utc_now())
