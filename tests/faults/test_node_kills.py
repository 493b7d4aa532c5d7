"""Nodes of a cluster die while it is written to and asked: nothing that was promised is lost.

Three nodes, each part of an index on two of them. What ``commit`` returned for is found with the
node dead and after it is back, and no answer in between lacks anything.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Self

import pytest

from indexer.engine.opening import drop_generation, open_searcher, open_writer
from indexer.engine.port import Held, Pair
from indexer.engine.query import SearchQuery
from indexer.errors import EngineUnavailableError
from indexer.settings import IndexerSettings
from tests.contracts.generations import ARCHIVIST
from tests.contracts.records import analyzed, asked
from tests.fixtures.elasticsearch import require_elasticsearch, running_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.engine.port import AnalyzedRecord, Searcher
    from indexer.records import RecordId
    from tests.fixtures.elasticsearch import Cluster, Node

pytestmark = pytest.mark.elastic

ROUNDS: Final = [1, pytest.param(10, marks=pytest.mark.soak)]
BATCH: Final = 20
"""Records between two commits."""

BEFORE, AFTER = 3, 5
"""Commits before a node dies, and while it is dead."""

RECORDS: Final = 60
QUIET: Final = 50
"""Answers to wait for before a node dies, while it is dead and when it is back."""

ASKERS: Final = 4
PATIENCE_S: Final = 120


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    require_elasticsearch()
    with running_cluster(3) as three:
        yield three


@pytest.fixture
def settings(cluster: Cluster, tmp_path: Path) -> IndexerSettings:
    return IndexerSettings(
        data=tmp_path,
        database_url="sqlite://",
        engine="elasticsearch",
        elasticsearch_urls=tuple(node.url for node in cluster.nodes),
        elasticsearch_prefix=f"kills-{uuid.uuid4().hex}",
        processes=1,
    )


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_was_committed_is_there_whichever_node_dies_while_it_is_written(
    cluster: Cluster, settings: IndexerSettings, capsys: pytest.CaptureFixture[str], rounds: int
) -> None:
    committed: dict[RecordId, Held] = {}
    for node in victims(cluster, rounds):
        written = write_while_it_dies(settings, node, committed)
        assert held(settings) == committed
        node.start_again()
        cluster.wait_until_green()
        assert held(settings) == committed
        only = replace(settings, elasticsearch_urls=(node.url,))
        assert open_searcher(only, 1).position == len(committed)
        tell(capsys, f"{node.folder.name} died: {written} written, {len(committed)} there")
    drop_generation(settings, 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_search_fails_or_lacks_anything_whichever_node_dies(
    cluster: Cluster, settings: IndexerSettings, capsys: pytest.CaptureFixture[str], rounds: int
) -> None:
    writer = open_writer(settings, 1)
    writer.put(made(1, RECORDS))
    writer.commit(RECORDS)
    writer.close()
    cluster.wait_until_green()
    with Askers(open_searcher(settings, 1)) as askers:
        for turn, node in enumerate(victims(cluster, rounds), start=1):
            askers.wait_for(QUIET)
            node.kill()
            askers.wait_for(QUIET)
            answers, slowest = len(askers.totals), max(askers.took_s)
            tell(capsys, f"{node.folder.name} died: {answers} answers, the slowest {slowest:.1f} s")
            if turn < rounds:
                node.start_again()
                cluster.wait_until_green()
    assert askers.failures == []
    assert set(askers.totals) == {RECORDS}
    drop_generation(settings, 1)


def victims(cluster: Cluster, rounds: int) -> Iterator[Node]:
    """A node for each round, each in turn; which one is the master, chance decides."""
    for turn in range(rounds):
        yield cluster.nodes[turn % len(cluster.nodes)]


@cache
def question() -> SearchQuery:
    """What every record made here has."""
    return SearchQuery(viewer=ARCHIVIST, query=asked("低保 审批"))


def made(first: int, count: int) -> list[AnalyzedRecord]:
    return [
        analyzed(number, f"第{number}件", "低保名册，审批通知。" * 20, revision=number)
        for number in range(first, first + count)
    ]


def write_while_it_dies(
    settings: IndexerSettings, node: Node, committed: dict[RecordId, Held]
) -> int:
    """Commit batch after batch, before, while and after the node dies; how many records."""
    writer = open_writer(settings, 1)
    death = threading.Timer(random.uniform(0, 0.2), node.kill)
    written = commits = 0
    while commits < BEFORE + AFTER or death.is_alive():
        if commits == BEFORE:
            death.start()
        records = made(len(committed) + 1, BATCH)
        writer.put(records)
        writer.commit(records[-1].revision)
        for each in records:
            passages = {each.revision: len(each.passages)}
            committed[each.access.record_id] = Held(revisions=(each.revision,), passages=passages)
        commits += 1
        written += BATCH
    writer.close()
    return written


def held(settings: IndexerSettings) -> dict[RecordId, Held]:
    """Everything that can be found; both pairs hold the same, for all here is public."""
    searcher = open_searcher(settings, 1)
    ids = sorted(searcher.record_ids(Pair.FULL))
    assert sorted(searcher.record_ids(Pair.PUBLIC)) == ids
    found = dict(searcher.held(Pair.FULL, ids))
    assert dict(searcher.held(Pair.PUBLIC, ids)) == found
    assert searcher.search(question()).total == len(ids)
    return found


class Askers:
    """Some who ask one after the other without a pause; a context, in which they ask."""

    def __init__(self, searcher: Searcher) -> None:
        self.totals: list[int] = []
        self.took_s: list[float] = []
        self.failures: list[str] = []
        self._searcher = searcher
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(ASKERS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """Return when so many more were answered."""
        goal = len(self.totals) + more
        until = time.monotonic() + PATIENCE_S
        while len(self.totals) < goal and not self.failures:
            assert time.monotonic() < until, "nobody is answered"
            time.sleep(0.01)

    def _ask(self) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                total = self._searcher.search(question()).total
            except EngineUnavailableError as error:
                self.failures.append(str(error))
                return
            self.took_s.append(time.monotonic() - started)
            self.totals.append(total)


def tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        print(f"\n{words}")  # noqa: T201
