from __future__ import annotations

import hashlib

from indexer.records import RecordId
from search_api.digests import list_digest
from search_api.log import LoggedHit


def test_the_digest_is_that_of_three_columns_with_tabs_between() -> None:
    hits = (
        LoggedHit(rank=1, record_id=RecordId("raaaaaaaaaaaa"), content_hash="1" * 64),
        LoggedHit(rank=2, record_id=RecordId("rbbbbbbbbbbbb"), content_hash="2" * 64),
    )
    text = f"1\traaaaaaaaaaaa\t{'1' * 64}\n2\trbbbbbbbbbbbb\t{'2' * 64}\n"
    assert list_digest(hits) == hashlib.sha256(text.encode()).hexdigest()
    assert list_digest(reversed(hits)) != list_digest(hits)
