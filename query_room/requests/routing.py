"""Which law opens a record to whoever asks: the Regulation, or the rules on using archives.

Source: 档案法 (2020) art. 15(2): what the unit keeps, or has deposited early, is disclosed by the
Regulation until its day of transfer; what was transferred then is used as archives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.requests.model import RequestKind

if TYPE_CHECKING:
    import datetime as dt

    from indexer.custody import Custody


def route_of(custody: Custody | None, today: dt.date) -> RequestKind | None:
    """The kind of request that a record asks for, or ``None`` where its custody is not known."""
    if custody is None:
        return None
    is_archives = custody.is_with_archive(today)
    return RequestKind.ARCHIVE_USE if is_archives else RequestKind.DISCLOSURE
