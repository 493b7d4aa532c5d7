"""What a pair of indexes holds of records, whoever may see them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from indexer.engine.layout import key_of
from indexer.engine.port import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.snapshot import Snapshot
    from indexer.records import RecordId


def held(
    records: Snapshot, passages: Snapshot, record_ids: Sequence[RecordId]
) -> dict[RecordId, Held]:
    """Revisions of the records and of their passages; see the port."""
    keyed = {key_of(each): each for each in record_ids}
    own, parts = (each.revisions(list(keyed)) for each in (records, passages))
    return {
        record_id: Held(
            revisions=tuple(sorted(Counter(own.get(key, {})).elements())),
            passages=dict(parts.get(key, {})),
        )
        for key, record_id in keyed.items()
        if key in own or key in parts
    }
