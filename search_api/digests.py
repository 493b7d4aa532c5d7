"""A digest over a list of hits, by which a list on paper is held against the log."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_api.log import LoggedHit


def list_digest(hits: Iterable[LoggedHit]) -> str:
    """SHA-256 over the hits, a line each: rank, record and content hash with a tab between.

    Lines end with a line feed, the text is UTF-8: ``sha256sum`` over those three columns of an
    exported list gives the same.
    """
    lines = "".join(f"{hit.rank}\t{hit.record_id}\t{hit.content_hash}\n" for hit in hits)
    return hashlib.sha256(lines.encode()).hexdigest()
