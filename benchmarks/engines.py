"""Which engine a benchmark runs on, and what that engine takes of the machine."""

from __future__ import annotations

import os
import re
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from elasticsearch import Elasticsearch

from indexer.settings import ENGINES, IndexerSettings
from tests.fixtures.elasticsearch import running_cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_HEAP: Final = "2g"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningEngine:
    """An engine with an archive's settings on it.

    Attributes:
        processes: Of the servers that were started for it; of others nothing can be measured.
    """

    settings: IndexerSettings
    processes: tuple[int, ...] = ()

    def cpu_s(self) -> float:
        """Processor time so far: this process, its children that have ended, and the servers."""
        spent = os.times()
        own = spent.user + spent.system + spent.children_user + spent.children_system
        return own + sum(_cpu_s(process) for process in self.processes)

    def memory_mb(self) -> int | None:
        """Memory of the servers' own; ``None`` where there is none to be measured."""
        if not self.processes:
            return None
        return sum(memory_mb(process) for process in self.processes)

    def index_bytes(self, files: int, side: str) -> int:
        """What one side of a generation (``full`` or ``public``) takes, without its copies."""
        if self.settings.engine == "embedded":
            folder = self.settings.index / f"{files:06d}" / side
            return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        names = f"{self.settings.elasticsearch_prefix}-{files:06d}-{side}-*"
        with Elasticsearch(list(self.settings.elasticsearch_urls)) as client:
            sizes = client.indices.stats(index=names, metric="store")
        return int(sizes["_all"]["primaries"]["store"]["size_in_bytes"])


@contextmanager
def running(engine: str, url: str, data: Path) -> Iterator[RunningEngine]:
    """An engine with an empty archive on it.

    Args:
        engine: One of :data:`ENGINES`.
        url: Of a server that runs; without it one node is started, and ended.
        data: The archive's folder.
    """
    database_url = f"sqlite:///{data / 'query_room.db'}"
    if engine == "embedded":
        yield RunningEngine(settings=IndexerSettings(data=data, database_url=database_url))
        return
    with ExitStack() as stack:
        processes: tuple[int, ...] = ()
        if not url:
            # The tests' own are smaller: they hold next to nothing.
            os.environ.setdefault("QUERY_ROOM_TEST_ELASTICSEARCH_HEAP", _HEAP)
            (node,) = stack.enter_context(running_cluster()).nodes
            url, processes = node.url, (node.process.pid,)
        settings = IndexerSettings(
            data=data,
            database_url=database_url,
            engine=engine,
            elasticsearch_urls=(url,),
            elasticsearch_prefix=f"benchmark-{uuid.uuid4().hex[:12]}",
            elasticsearch_replicas=0,
        )
        stack.callback(_drop_all, settings)
        yield RunningEngine(settings=settings, processes=processes)


def engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options ``--engine`` and ``--url`` for a benchmark, given to it as ``engine`` and ``url``."""
    for option in (
        click.option("--url", default="", help="An Elasticsearch that runs; else one is started."),
        click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True),
    ):
        command = option(command)
    return command


def memory_mb(process: int) -> int:
    """Memory of a process's own; mapped index pages are the system's to keep or to drop."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    assert found is not None  # noqa: S101
    return int(found[1]) // 1024


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _drop_all(settings: IndexerSettings) -> None:
    """Leave nothing in a server that is not ours."""
    with Elasticsearch(list(settings.elasticsearch_urls)) as client:
        for name in client.indices.get(index=f"{settings.elasticsearch_prefix}-*"):
            client.indices.delete(index=name)
