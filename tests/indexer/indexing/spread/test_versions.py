from __future__ import annotations

import pytest

from indexer.indexing.spread.versions import Version


def version(analyzer: str = "zh/3", schema: int = 4, engine: str = "elasticsearch") -> Version:
    return Version(engine=engine, schema_version=schema, analyzer=analyzer)


def test_each_version_has_a_queue_and_a_place_of_its_own() -> None:
    versions = [version(), version("zh/4"), version(schema=5), version(engine="embedded")]
    assert len({each.name for each in versions}) == len(versions)
    assert len({each.place for each in versions}) == len(versions)
    assert all(0 <= each.place < 2**31 for each in versions)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (version("zh/10"), version("zh/9")),
        (version("zh/1", schema=5), version("zh/9", schema=4)),
        (version("zh/1"), version("zh")),
    ],
)
def test_a_later_version_is_newer(one: Version, other: Version) -> None:
    assert one.is_newer_than(other)
    assert not other.is_newer_than(one)
    assert not one.is_newer_than(one)
