"""That somebody looked is itself an event, written before what they see is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import utc_now, writing
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from query_room.accounts.model import Account
    from search_api.log.model import JsonValue

LOG: Final = "log"
"""The subject of what happens to the log as a whole."""


def note(engine: Engine, kind: EventKind, body: Mapping[str, JsonValue]) -> int:
    """Write an event about the log; its number comes back."""
    with writing(engine) as connection:
        return append(connection, NewEvent(at=utc_now(), kind=kind, subject=LOG, body=body))


def note_reading(engine: Engine, by: Account, **what: JsonValue) -> None:
    """Write down who read what of the log."""
    note(engine, EventKind.LOG_READ, {"by": by.name, **what})
