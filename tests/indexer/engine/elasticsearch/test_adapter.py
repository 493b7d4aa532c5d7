"""What those see who look into the cluster."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.engine.elasticsearch.client import connected
from indexer.engine.opening import (
    drop_generation,
    name_serving,
    remnants,
    settle_generation,
)
from tests.contracts.generations import Generation
from tests.contracts.records import analyzed

if TYPE_CHECKING:
    from indexer.settings import IndexerSettings

pytestmark = pytest.mark.elastic


def named(settings: IndexerSettings) -> dict[str, list[str]]:
    found = connected(settings).indices.get_alias(index=f"{settings.elasticsearch_prefix}-0*")
    return {
        index[len(settings.elasticsearch_prefix) :]: sorted(
            alias[len(settings.elasticsearch_prefix) :] for alias in each["aliases"]
        )
        for index, each in found.items()
    }


def test_aliases_name_the_generation_that_answers_and_move_together(
    settings: IndexerSettings,
) -> None:
    parts = [f"-{pair}-{what}" for pair in ("full", "public") for what in ("passages", "records")]
    for number in (1, 2):
        Generation(settings, number).writer.close()
    name_serving(settings, 1)
    name_serving(settings, 2)
    assert named(settings) == {
        **{f"-000001{part}": [] for part in parts},
        **{f"-000002{part}": [part] for part in parts},
    }
    name_serving(settings, 1)
    assert {index for index, aliases in named(settings).items() if aliases} == {
        f"-000001{part}" for part in parts
    }


def test_a_generation_that_is_built_is_merged_in_time(settings: IndexerSettings) -> None:
    made = Generation(settings, 1)
    for number in range(1, 9):
        # One to a shard and commit, and so a segment each.
        made.put(*(analyzed(number * 20 + n, "题", revision=number) for n in range(8)))
    made.writer.close()
    assert most_segments(settings) > 5
    settle_generation(settings, 1)
    until = time.monotonic() + 60
    while most_segments(settings) > 5 and time.monotonic() < until:
        time.sleep(0.1)
    assert most_segments(settings) <= 5
    assert made.search("题").total == 64


def most_segments(settings: IndexerSettings) -> int:
    index = f"{settings.elasticsearch_prefix}-000001-full-records"
    shards = connected(settings).indices.segments(index=index)["indices"][index]["shards"]
    return max(
        sum(1 for each in copy["segments"].values() if each["search"])
        for copies in shards.values()
        for copy in copies
    )


def test_a_generation_is_dropped_whole_and_once_more_without_complaint(
    settings: IndexerSettings,
) -> None:
    made = Generation(settings, 2)
    made.writer.commit(9)
    made.writer.close()
    drop_generation(settings, 2)
    drop_generation(settings, 2)
    assert named(settings) == {}
    again = Generation(settings, 2)
    assert again.writer.position == 0
    again.writer.close()


def test_what_a_database_of_before_left_is_named_and_nothing_of_another_archive(
    settings: IndexerSettings,
) -> None:
    assert remnants(settings) == []
    Generation(settings, 2).writer.close()
    other = replace(settings, elasticsearch_prefix=f"{settings.elasticsearch_prefix}-0")
    assert remnants(other) == []
    assert remnants(settings) == [
        f"{settings.elasticsearch_prefix}-000002-{pair}-{what}"
        for pair in ("full", "public")
        for what in ("passages", "records")
    ]
    Generation(other, 1).writer.close()
    assert len(remnants(settings)) == len(remnants(other)) == 4
    drop_generation(other, 1)
