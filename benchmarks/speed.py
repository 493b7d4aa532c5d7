"""How fast is it? ``python -m benchmarks.speed [--passages N]``.

Writes a made-up archive of about N passages, imports and indexes it through the product, and asks
seven classes of question through the bare engine, the service and HTTP (a server of its own, with
its worker), interleaved in one run so that a change in the machine's speed touches all three alike.
The last line is one JSON object. ``--keep FOLDER`` leaves the archive there to be asked again.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.archive import CONTEXT
from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.lexicon import characters_sounding
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.engine.opening import open_searcher
from indexer.engine.query import FacetField, SearchQuery
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation
from indexer.passages import MAX_PASSAGE
from indexer.repositories import generations
from indexer.settings import IndexerSettings
from query_room.opening import ROOMS
from search_api.opening import open_service
from search_api.params import parse_question
from search_api.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

PASSAGES_PER_RECORD = 10
AGENCIES = tuple(
    f"示例区{name}局" for name in ("民政", "教育", "住建", "人社", "交通", "农业", "卫健")
)
CATEGORIES = ("文书", "会计", "专业", "照片")
WARM_UP = 30
ROUNDS = 150
COMMON = 2_000
VOCABULARY = 30_000
"""Words of the made-up texts; drawn by Zipf's law, so that a few are everywhere."""


@click.command()
@click.option("--passages", default=100_000, show_default=True)
@click.option("--rounds", default=ROUNDS, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder of an archive to ask again.")
def main(passages: int, rounds: int, keep: Path | None) -> None:
    """Make an archive, build its index, ask it."""
    with tempfile.TemporaryDirectory() as made:
        folder = keep or Path(made)
        data = folder / "data"
        settings = IndexerSettings(data=data, database_url=f"sqlite:///{data / 'query_room.db'}")
        words = _words()
        figures = _built(folder, settings, passages, words)
        figures |= _ask(settings, words, rounds)
    print(json.dumps(figures, ensure_ascii=False))


def _built(
    folder: Path, settings: IndexerSettings, passages: int, words: list[str]
) -> dict[str, Any]:
    """Figures of building the archive; read back where it was built before."""
    kept = folder / "figures.json"
    if kept.exists():
        figures: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        return figures
    random.seed(8)
    engine = open_database(settings.database_url)
    migrate(engine, *ROOMS)
    papers = _write_papers(folder / "papers", passages, words)
    figures = {"passages_wanted": passages, **_build(engine, settings, papers)}
    figures |= _sizes(settings, papers)
    engine.dispose()
    kept.write_text(json.dumps(figures), "utf-8")
    return figures


def _words() -> list[str]:
    """Real words, so that segmentation has real work: the commonest of jieba's dictionary."""
    from importlib.util import find_spec  # noqa: PLC0415

    spec = find_spec("jieba")
    assert spec is not None  # noqa: S101
    assert spec.origin is not None  # noqa: S101
    rows = [
        line.split(" ")
        for line in Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    ]
    known = [(int(row[1]), row[0]) for row in rows if len(row[0]) > 1]
    return [word for _, word in sorted(known, reverse=True)[:VOCABULARY]]


def _write_papers(folder: Path, passages: int, words: list[str]) -> Path:
    weights = [1 / (rank + 10) for rank in range(len(words))]
    records = max(1, passages // PASSAGES_PER_RECORD)
    folder.mkdir(parents=True)
    with (folder / "catalogue.jsonl").open("w", encoding="utf-8") as catalogue:
        for number in range(records):
            text = _text(words, weights)
            name = f"{number // 1000:04d}/{number:07d}.txt"
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8")
            row = {
                "id": f"{number:07d}",
                "title": "关于" + "".join(random.choices(words, weights, k=4)) + "的通知",
                "agency": random.choice(AGENCIES),
                "category": random.choice(CATEGORIES),
                "date": f"{random.randint(1960, 2025)}-{random.randint(1, 12):02d}",
                "doc_number": f"示政发〔{random.randint(1990, 2025)}〕{number}号",
                "file": name,
            }
            catalogue.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def _text(words: list[str], weights: list[float]) -> str:
    """About ten passages of sentences."""
    drawn = random.choices(words, weights, k=int(PASSAGES_PER_RECORD * MAX_PASSAGE * 0.36))
    sentences = ("".join(drawn[at : at + 14]) for at in range(0, len(drawn), 14))
    return "。\n".join(sentences) + "。"


def _build(engine: Engine, settings: IndexerSettings, papers: Path) -> dict[str, Any]:
    request = BatchRequest(
        folder=papers,
        manifest=papers / "catalogue.jsonl",
        level=LEVEL_PRESETS["public"],
        level_name="public",
        started_by="benchmark",
    )
    started = time.perf_counter()
    report = run_batch(engine, settings, request)
    imported = time.perf_counter()
    catch_up(engine, settings)
    indexed = time.perf_counter()
    with writing(engine) as connection:
        begin_generation(connection, settings, at=utc_now())
    catch_up(engine, settings)
    rebuilt = time.perf_counter()
    with reading(engine) as connection:
        serving = generations.serving(connection)
    assert serving is not None  # noqa: S101
    passages = serving.passage_count
    return {
        "records": report.indexed,
        "passages": passages,
        "import": _rate(report.indexed, passages, imported - started),
        "index": _rate(report.indexed, passages, indexed - imported),
        "rebuild": _rate(report.indexed, passages, rebuilt - indexed),
    }


def _rate(records: int, passages: int, seconds: float) -> dict[str, float]:
    return {
        "seconds": round(seconds, 1),
        "records_per_s": round(records / seconds, 1),
        "passages_per_s": round(passages / seconds, 1),
    }


def _sizes(settings: IndexerSettings, papers: Path) -> dict[str, Any]:
    newest = max(path for path in settings.index.iterdir() if path.is_dir())
    text = sum(path.stat().st_size for path in papers.rglob("*.txt"))
    full = _size(newest / "full")
    both = full + _size(newest / "public")
    return {
        "text_mb": round(text / 1e6, 1),
        "index_over_text": round(both / text, 2),
        "full_pair_over_text": round(full / text, 2),
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _questions(words: list[str]) -> dict[str, Callable[[], dict[str, list[str]]]]:
    common = words[:COMMON]
    return {
        "rare word": lambda: {"q": [random.choice(words[-5000:])]},
        "common words": lambda: {"q": [" ".join(random.sample(common, 2))]},
        "question": lambda: {"q": ["".join(random.choices(common, k=9)) + "怎么办"]},
        "phrase": lambda: {"q": [f'"{"".join(random.choices(common[:300], k=2))}"']},
        "filter": lambda: {
            "q": [random.choice(common)],
            "agency": [random.choice(AGENCIES)],
            "year": [str(random.randint(1960, 2025))],
        },
        "facets": lambda: {"q": [random.choice(common[:50])]},
        "wrong character": lambda: {"q": [_misspelt(random.choice(common))]},
    }


def _misspelt(word: str) -> str:
    """A word with one character for another of its sound."""
    at = random.randrange(len(word))
    others = characters_sounding(word[at]) or word[at]
    return word[:at] + random.choice(others) + word[at + 1 :]


@contextmanager
def _server(settings: IndexerSettings) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The product's own server on the archive, with the worker it supervises."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "QUERY_ROOM_DATA": str(settings.data),
        "QUERY_ROOM_PORT": str(port),
        # The limit is for strangers; here one address asks for everybody.
        "QUERY_ROOM_SEARCHES_PER_MINUTE": "1000000",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "query_room", "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/", timeout=5).close()  # noqa: S310 - loopback
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _memory_mb(process: subprocess.Popen[bytes]) -> int:
    """Memory of its own; mapped index pages are the system's to keep or to drop."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    assert found is not None  # noqa: S101
    return int(found[1]) // 1024


def _ask(settings: IndexerSettings, words: list[str], rounds: int) -> dict[str, Any]:
    random.seed(9)
    engine = open_database(settings.database_url)
    try:
        with _server(settings) as (address, process):
            latency = _asked(engine, settings, words, rounds, f"{address}/api/v1/search?")
            suggested = _suggested(words, rounds, f"{address}/api/v1/suggest?")
            return {
                "latency_ms": latency,
                "suggestions_ms": suggested,
                "server_memory_mb": _memory_mb(process),
            }
    finally:
        engine.dispose()


def _asked(
    engine: Engine, settings: IndexerSettings, words: list[str], rounds: int, address: str
) -> dict[str, dict[str, dict[str, float]]]:
    service = open_service(engine, settings)
    with reading(engine) as connection:
        serving = generations.serving(connection)
    assert serving is not None  # noqa: S101
    searcher = open_searcher(settings, serving.files)
    analyzer = analyzer_for()

    def by_engine(arguments: dict[str, list[str]]) -> None:
        question = parse_question(arguments)
        searcher.search(
            SearchQuery(
                viewer=PUBLIC_VIEWER,
                query=analyzer.query(parse(question.text).parts),
                filters=question.filters,
                facets=tuple(FacetField),
            )
        )

    def by_service(arguments: dict[str, list[str]]) -> None:
        service.search(parse_question(arguments), PUBLIC_VIEWER, CONTEXT)

    def by_http(arguments: dict[str, list[str]]) -> None:
        query = urllib.parse.urlencode(arguments, doseq=True)
        with urllib.request.urlopen(address + query, timeout=60) as answer:  # noqa: S310 - loopback
            answer.read()

    ways = {"engine": by_engine, "service": by_service, "http": by_http}
    questions = _questions(words)
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(WARM_UP + rounds):
        for name, make in questions.items():
            arguments = make()
            for way, ask in ways.items():
                started = time.perf_counter()
                ask(arguments)
                if turn >= WARM_UP:
                    took.setdefault((name, way), []).append(time.perf_counter() - started)
    every = {way: [t for (_, each), ts in took.items() if each == way for t in ts] for way in ways}
    table = {name: {way: _percentiles(took[name, way]) for way in ways} for name in questions}
    return {**table, "all": {way: _percentiles(times) for way, times in every.items()}}


def _suggested(words: list[str], rounds: int, address: str) -> dict[str, dict[str, float]]:
    """Suggestions through HTTP for what people type: a word, pinyin unfinished, first letters."""
    analyzer = analyzer_for()

    def pinyin(length: int) -> str:
        word = "".join(random.choices(words[:COMMON], k=2))
        return "".join(analyzer.syllables(word))[:length]

    typed: dict[str, Callable[[], str]] = {
        "characters": lambda: random.choice(words[:COMMON]),
        "pinyin": lambda: pinyin(random.randint(4, 10)),
        "initials": lambda: "".join(
            each[0] for each in analyzer.syllables("".join(random.choices(words[:COMMON], k=2)))
        ),
    }
    took: dict[str, list[float]] = {}
    for turn in range(WARM_UP + rounds):
        for name, make in typed.items():
            query = urllib.parse.urlencode({"q": make()})
            started = time.perf_counter()
            with urllib.request.urlopen(address + query, timeout=60) as answer:  # noqa: S310 - loopback
                answer.read()
            if turn >= WARM_UP:
                took.setdefault(name, []).append(time.perf_counter() - started)
    every = [each for times in took.values() for each in times]
    return {
        **{name: _percentiles(times) for name, times in took.items()},
        "all": _percentiles(every),
    }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20)
    return {"p50": round(cuts[9] * 1000, 1), "p95": round(cuts[18] * 1000, 1)}


if __name__ == "__main__":
    main()
