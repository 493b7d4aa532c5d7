"""An answer of before, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.records import Record, RecordId
    from query_room.audit import HitState
    from search_api.log import SearchEntry
    from search_api.replaying import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class PastHit:
    """A record that was shown.

    Attributes:
        rank: Of then; ``None`` where the reader does not see all that was shown.
        record: As it is now, or ``None`` for those who see identifiers alone.
        content_hash: As it was shown. state: What has become of it.
    """

    record_id: RecordId
    rank: int | None
    record: Record | None
    content_hash: str
    state: HitState


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSearch:
    """An answer as it was given.

    Attributes:
        entry: As it was logged. total: As it was told, or ``None`` where the reader may not see all
            that was counted.
        hits: Those that the reader may see.
        by_identifiers: Whether the reader sees identifiers and states alone.
        list_digest: Over the list as it was shown, for comparing with a paper; ``None`` where the
            reader does not see all of it.
    """

    search_id: str
    at: dt.datetime
    entry: SearchEntry
    total: int | None
    hits: tuple[PastHit, ...]
    by_identifiers: bool
    list_digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSearch:
    """An answer of before and of now, as one reader may see them.

    Attributes:
        records: Those of the hits that the reader may see now.
        by_identifiers: Whether the reader sees identifiers alone.
    """

    comparison: Comparison
    records: Mapping[RecordId, Record]
    by_identifiers: bool
