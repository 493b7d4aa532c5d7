"""The server itself: what the product will ask of it, it does; and it survives a node's death."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fixtures.elasticsearch import call, require_elasticsearch, running_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.elasticsearch import Cluster

MAPPING = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 1},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "body": {"type": "text", "analyzer": "whitespace"},
            "code": {"type": "keyword"},
        },
    },
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    require_elasticsearch()
    with running_cluster(3) as three:
        call(three.urls[0] + "/records", "PUT", MAPPING)
        yield three


def found(url: str, run: str) -> list[str]:
    query = {"query": {"match_phrase": {"body": run}}, "sort": ["code"]}
    hits = call(f"{url}/records/_search", "POST", query)["hits"]["hits"]
    return [hit["_id"] for hit in hits]


def test_it_finds_runs_of_tokens_that_were_analyzed_elsewhere(cluster: Cluster) -> None:
    url = cluster.urls[0]
    for key, body in {"1": "低 保 申 请", "2": "申 请 低 保", "3": "低 收 入 保 障"}.items():
        document = {"body": body, "code": key}
        call(f"{url}/records/_doc/{key}?refresh=true", "PUT", document)
    assert found(url, "低 保") == ["1", "2"]
    assert found(url, "保 申") == ["1"]


def test_a_killed_node_takes_nothing_with_it(cluster: Cluster) -> None:
    health = "/_cluster/health?wait_for_status=green&timeout=60s"
    assert call(cluster.urls[0] + health)["status"] == "green"
    cluster.nodes[2].kill()
    call(cluster.urls[0] + "/_cluster/health?wait_for_nodes=2&timeout=60s")
    call(f"{cluster.urls[1]}/records/_doc/4?refresh=true", "PUT", {"body": "低 保", "code": "4"})
    assert [found(url, "低 保") for url in cluster.urls] == [["1", "2", "4"]] * 2
