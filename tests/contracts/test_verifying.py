"""An archive on each engine, broken behind the product's back, verified and mended."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.engine.elasticsearch.schema import Names
from indexer.engine.opening import drop_generation
from indexer.engine.port import Pair
from indexer.importing.mending import Deed, Mender
from indexer.indexing.verification import Verification, verify_index
from tests.fixtures.archive import ARCHIVIST
from tests.fixtures.elasticsearch import call
from tests.indexer.damage import (
    as_indexed,
    drop_documents,
    filled,
    found,
    index_of,
    named,
    publish,
    put_stranger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.records import RecordId
    from tests.contracts.generations import TestedEngine
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def house(engine: TestedEngine, migrated_sqlite: Path, tmp_path: Path) -> Iterator[SmallArchive]:
    """Three records, indexed by each engine."""
    archive = filled(
        migrated_sqlite,
        tmp_path,
        engine=engine.settings.engine,
        elasticsearch_urls=engine.settings.elasticsearch_urls,
        elasticsearch_prefix=f"verified-{uuid.uuid4().hex[:12]}",
        elasticsearch_replicas=0,
    )
    yield archive
    drop_generation(archive.settings, 1)
    archive.engine.dispose()


def lose_passages(house: SmallArchive, record_id: RecordId) -> None:
    """Delete the passages of a record from the public index, past the product."""
    if house.settings.engine == "embedded":
        drop_documents(house, record_id, Pair.PUBLIC, "passages")
        return
    names = Names(house.settings.elasticsearch_prefix, 1)
    index = f"{house.settings.elasticsearch_urls[0]}/{names.passages(Pair.PUBLIC)}"
    hits = call(f"{index}/_search?size=100")["hits"]["hits"]
    mine = [each["_id"] for each in hits if each["_id"].startswith(record_id)]
    assert mine
    for each in mine:
        call(f"{index}/_doc/{each}?refresh=true", "DELETE")


def test_what_is_broken_is_named_and_mended(house: SmallArchive) -> None:
    assert found(house) == []
    open_, staff, paper = (named(house, title) for title in ("open", "staff", "只有纸质"))
    stranger = put_stranger(house)
    publish(house, staff)
    with index_of(house) as writer:
        writer.delete({paper.record_id: writer.position})
        writer.put([replace(as_indexed(house, paper), revision=paper.revision - 1)])
    lose_passages(house, open_.record_id)
    assert found(house) == sorted(
        [
            ("breach", staff.record_id, "public"),
            ("breach", stranger, "public"),
            ("orphaned", stranger, "full"),
            ("passages", open_.record_id, "public"),
            *(("stale", paper.record_id, pair) for pair in Pair),
        ]
    )
    mender = Mender(house.engine, house.settings)
    findings = list(Verification(house.engine, house.settings).findings())
    done = [*mender.mend(findings), *mender.finish()]
    assert {each.deed for each in done} == {Deed.QUEUED, Deed.REMOVED}
    # Before the index has caught up nobody is answered with what must not be there.
    assert house.ask("审批", PUBLIC_VIEWER).total == 0
    house.index()
    assert found(house) == []
    assert house.titles("审批", ARCHIVIST) == ["staff"]
    assert house.titles("提高低保", PUBLIC_VIEWER) == ["open"]


def test_what_is_deleted_is_missing_and_comes_back(house: SmallArchive) -> None:
    gone = named(house, "open").record_id
    with index_of(house) as writer:
        writer.delete({gone: writer.position})
    assert found(house) == [("not_indexed", gone, "full"), ("not_indexed", gone, "public")]
    mender = Mender(house.engine, house.settings)
    list(mender.mend(list(Verification(house.engine, house.settings).findings())))
    house.index()
    report = verify_index(house.engine, house.settings)
    assert (report.is_sound, report.indexed) == (True, 3)
