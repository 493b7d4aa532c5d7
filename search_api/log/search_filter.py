"""Which searches of the log are meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Searches from ``start`` on and before ``end``; a field left out asks nothing.

    Attributes:
        actor: The account that asked. terminal: Where it was asked.
        visit_id, request_id: For which it was asked.
        record_id: A record that it showed. What was erased tells neither this nor the terminal.
    """

    start: dt.datetime
    end: dt.datetime
    actor: str = ""
    terminal: str = ""
    visit_id: str = ""
    request_id: str = ""
    record_id: RecordId | None = None
