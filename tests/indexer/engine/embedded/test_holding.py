from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.engine.embedded import holding
from indexer.engine.port import Held, Pair
from indexer.records import RecordId
from indexer.settings import IndexerSettings
from tests.contracts.generations import Generation
from tests.contracts.records import analyzed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_an_index_of_many_slices_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "_AT_ONCE", 3)
    settings = IndexerSettings(data=tmp_path, database_url="sqlite://", processes=1)
    index = Generation(settings, 1)
    index.put(*(analyzed(number, "名册", "一页", "二页") for number in range(40)))
    ids = [RecordId(f"r{number:012d}") for number in range(40)]
    assert sorted(index.searcher.record_ids(Pair.FULL)) == ids
    assert index.searcher.held(Pair.PUBLIC, ids) == dict.fromkeys(
        ids, Held(revisions=(1,), passages={1: 2})
    )
    index.writer.close()
