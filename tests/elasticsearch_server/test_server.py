"""The server itself: what the product will ask of it, it does; ``tests/faults`` kills its nodes."""

from __future__ import annotations

import uuid

from tests.fixtures.elasticsearch import call

MAPPING = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "body": {"type": "text", "analyzer": "whitespace"},
            "code": {"type": "keyword"},
        },
    },
}


def found(index: str, run: str) -> list[str]:
    query = {"query": {"match_phrase": {"body": run}}, "sort": ["code"]}
    hits = call(f"{index}/_search", "POST", query)["hits"]["hits"]
    return [hit["_id"] for hit in hits]


def test_it_finds_runs_of_tokens_that_were_analyzed_elsewhere(elasticsearch_url: str) -> None:
    index = f"{elasticsearch_url}/server-{uuid.uuid4().hex}"
    call(index, "PUT", MAPPING)
    for key, body in {"1": "低 保 申 请", "2": "申 请 低 保", "3": "低 收 入 保 障"}.items():
        call(f"{index}/_doc/{key}?refresh=true", "PUT", {"body": body, "code": key})
    assert found(index, "低 保") == ["1", "2"]
    assert found(index, "保 申") == ["1"]
    call(index, "DELETE")
