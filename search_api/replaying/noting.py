"""That a search was compared is on record, with the search and as no search of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_api.log import EventKind, NewEvent, append
from search_api.replaying.comparing import Fate

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from search_api.replaying.model import Comparison


def note_replay(connection: Connection, found: Comparison, by: str) -> None:
    """Write down who compared an answer and which records they were shown for it."""
    append(
        connection,
        NewEvent(
            at=found.at,
            kind=EventKind.REPLAYED,
            subject=found.search.search_id,
            body={
                "by": by,
                "generation": found.generation,
                "dictionary": found.dictionary,
                "total": found.total,
                **{fate.value: found.count(fate) for fate in Fate if fate is not Fate.BEYOND},
                "hits": [
                    [hit.now or 0, hit.record_id, hit.content_hash, []]
                    for hit in found.hits
                    if hit.fate not in {Fate.LOST, Fate.BEYOND}
                ],
            },
        ),
    )
