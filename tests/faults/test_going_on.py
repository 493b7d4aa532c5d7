"""Importer, worker and server die again and again; what they leave is what nobody disturbed leaves.

The product's own commands are killed with SIGKILL at random moments and started again. In the end
records, terms, totals and hits are those of a folder that was imported once, and the log is whole.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tantivy import Query

from indexer.analysis.analyzer import analyzer_for
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.engine.embedded.adapter import generation_folder
from indexer.engine.embedded.schema import open_index, passages_schema, records_schema
from indexer.engine.layout import PAIRS
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation
from indexer.indexing.verification import verify_index
from indexer.repositories import generations, records
from indexer.settings import IndexerSettings
from query_room.opening import ROOMS
from search_api.log import load_search, seal, verify
from search_api.opening import open_service
from search_api.params import parse_question
from tests.fixtures.archive import ARCHIVIST, context

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

WORDS = (
    *("低保", "土地", "承包", "学校", "征收", "补偿", "名册", "通知"),
    *("标准", "办法", "知青", "公社", "安置", "申请", "复议"),
)
QUERIES = tuple(f"{first} {second}" for first, second in product(WORDS, WORDS))[:200]
PER_KILL = 60
"""Files that come in between two kills of the importer, so that there is always work to lose."""


@dataclass
class House:
    """A data folder and the commands that run on it."""

    data: Path
    papers: Path
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = IndexerSettings(
            data=self.data, database_url=f"sqlite:///{self.data / 'query_room.db'}", processes=1
        )
        self.engine: Engine = open_database(self.settings.database_url)
        migrate(self.engine, *ROOMS)

    def start(self, *words: str, port: int = 0) -> subprocess.Popen[bytes]:
        """One of the product's commands."""
        return subprocess.Popen(
            [sys.executable, "-m", "query_room", *words],
            env={
                **os.environ,
                "QUERY_ROOM_DATA": str(self.data),
                "QUERY_ROOM_PROCESSES": "1",
                "QUERY_ROOM_PORT": str(port or 8000),
                "QUERY_ROOM_SEARCHES_PER_MINUTE": "100000",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def start_import(self) -> subprocess.Popen[bytes]:
        """The import of the folder as it is now."""
        manifest = str(self.papers / "catalogue.jsonl")
        return self.start("index", str(self.papers), "--manifest", manifest, "--level", "public")

    def settle(self) -> None:
        """Import and index to the end, undisturbed."""
        for _ in range(5):
            process = self.start_import()
            _, said = process.communicate(timeout=300)
            if process.returncode == 0:
                break
            # The worker of a killed server lets go of the index within a second or two.
            assert b"process" in said, said.decode()
            time.sleep(1)
        else:
            pytest.fail("the index was never let go of")
        catch_up(self.engine, self.settings)

    def record_rows(self) -> dict[str, tuple[str, str]]:
        """Every record with its title and content."""
        with reading(self.engine) as connection:
            found = records.load_records(connection, list(records.iter_record_ids(connection)))
        return {
            record.external_id: (record.description.title, record.content_hash)
            for record in found.values()
        }

    def answers(self) -> list[tuple[int, tuple[str, ...]]]:
        """Total and hits of every query."""
        service = open_service(self.engine, self.settings)
        found = []
        for query in QUERIES:
            answer = service.search(parse_question({"q": [query]}), ARCHIVIST, context())
            hits = tuple(hit.record.external_id for hit in answer.hits)
            found.append((answer.total, hits))
        assert all(total for total, _ in found)
        return found

    def terms(self) -> dict[tuple[str, str, str], int]:
        """In how many documents of each index a token of the texts stands."""
        with reading(self.engine) as connection:
            serving = generations.serving(connection)
        assert serving is not None
        folder = generation_folder(self.settings, serving.number)
        views = analyzer_for().views("，".join(WORDS) + "第0123456789件")
        found = {}
        for pair in PAIRS:
            for name, schema, fields in (
                ("records", records_schema(), ("body_words", "body_bigrams", "body_chars")),
                ("passages", passages_schema(), ("words", "chars")),
            ):
                searcher = open_index(folder / pair / name, schema).searcher()
                for column in fields:
                    view = column.rpartition("_")[2]
                    for token in set(getattr(views, view).split()):
                        query = Query.term_query(schema, column, token)
                        hits = searcher.search(query, 1, count=True)
                        found[f"{pair}/{name}", column, token] = int(hits.count)  # type: ignore[attr-defined] # the stub forgets it
        assert any(found.values())
        return found


def _bring(papers: Path, first: int, count: int) -> None:
    """Files and catalogue rows that come in."""
    papers.mkdir(parents=True, exist_ok=True)
    with (papers / "catalogue.jsonl").open("a", encoding="utf-8") as catalogue:
        for number in range(first, first + count):
            words = random.choices(WORDS, k=8)
            name = f"{number:05d}.txt"
            text = "，".join(words) * random.randint(1, 30)
            (papers / name).write_text(text, "utf-8")
            row = {"id": f"{number:05d}", "title": f"第{number}件{words[0]}", "file": name}
            catalogue.write(json.dumps(row, ensure_ascii=False) + "\n")


def _kill_importer(house: House, kills: int) -> None:
    for kill in range(kills):
        _bring(house.papers, kill * PER_KILL, PER_KILL)
        process = house.start_import()
        time.sleep(random.uniform(1.0, 4.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()


def _kill_worker(house: House, kills: int) -> None:
    for _ in range(kills):
        with writing(house.engine) as connection:
            begin_generation(connection, house.settings, at=utc_now())
        process = house.start("worker")
        time.sleep(random.uniform(0.8, 4.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()


def _kill_server(house: House, kills: int) -> None:
    for _ in range(kills):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = house.start("serve", port=port)
        _wait_until_up(process, port)
        end = time.monotonic() + random.uniform(0.1, 1.5)
        while time.monotonic() < end:
            house.given += _asked(port, random.choice(QUERIES))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seal(house.engine)


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not come up")


def _asked(port: int, query: str) -> list[str]:
    address = f"http://127.0.0.1:{port}/api/v1/search?{urllib.parse.urlencode({'q': query})}"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return [json.loads(answer.read())["search_id"]]
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return []  # between two generations, or already dead


@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_killed_at_random_moments_and_going_on_leaves_what_an_undisturbed_run_leaves(
    tmp_path: Path, kills: int
) -> None:
    random.seed(kills)
    disturbed = House(data=tmp_path / "disturbed", papers=tmp_path / "papers")
    _bring(disturbed.papers, 90_000, 240)
    _kill_importer(disturbed, kills)
    disturbed.settle()
    _kill_worker(disturbed, kills)
    _kill_server(disturbed, kills)
    disturbed.settle()

    undisturbed = House(data=tmp_path / "undisturbed", papers=disturbed.papers)
    undisturbed.settle()

    assert len(undisturbed.record_rows()) == 240 + kills * PER_KILL
    assert disturbed.record_rows() == undisturbed.record_rows()
    assert disturbed.terms() == undisturbed.terms()
    assert disturbed.answers() == undisturbed.answers()
    for house in (disturbed, undisturbed):
        index = verify_index(house.engine, house.settings)
        assert index.is_sound, index.findings
        log = verify(house.engine)
        assert log.is_whole, log.findings
    with reading(disturbed.engine) as connection:
        for search_id in disturbed.given:
            assert load_search(connection, search_id).search_id == search_id
    assert disturbed.given
    shutil.rmtree(tmp_path)
