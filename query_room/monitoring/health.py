"""Whether the room is well, from its vital signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.ordering.life import IMPORTER_SILENT_S

if TYPE_CHECKING:
    from query_room.monitoring.vitals import Vitals

WORKER_SILENT_S: Final = 120.0
"""A worker that begins no step for so long is gone or stuck; the largest takes some ten seconds."""

MIN_FREE_BYTES: Final = 512 * 1024**2
"""Below this an import or a new generation of the index would soon fill the disk."""


def checks(vitals: Vitals) -> dict[str, bool]:
    """Each part and whether it is well; a part that did not answer is not."""
    silent, free = vitals.worker_silent_s, vitals.free_bytes
    importer = vitals.importer_silent_s
    return {
        "database": vitals.unsealed_events is not None,
        "index": vitals.index is not None,
        "worker": silent is not None and silent <= WORKER_SILENT_S,
        "importer": importer is not None and importer <= IMPORTER_SILENT_S,
        "disk": free is not None and free >= MIN_FREE_BYTES,
    }
