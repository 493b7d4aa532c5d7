"""How fast is it? ``python -m benchmarks.speed [--passages N] [--engine E]...``.

Writes a made-up archive of about N passages, imports and indexes it through the product, and asks
seven classes of question through the bare engine, the service and HTTP (a server of its own, with
its worker), interleaved in one run so that a change in the machine's speed touches all alike. With
several engines each gets the same archive, and each question goes to all of them in turn. The last
lines are one JSON object an engine. ``--keep FOLDER`` leaves the archive there to be asked again.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from benchmarks.archive import CONTEXT
from benchmarks.building import AGENCIES, build, serving, write_papers
from benchmarks.engines import memory_mb, running
from indexer.access import PUBLIC_VIEWER
from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.lexicon import characters_sounding
from indexer.database import open_database
from indexer.engine.opening import open_searcher
from indexer.engine.query import FacetField, SearchQuery
from indexer.settings import ENGINES
from search_api.opening import open_service
from search_api.params import parse_question
from search_api.parsing import parse
from tests.fixtures.made_up import made_up
from tests.fixtures.serving import environment_of, serve_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from benchmarks.engines import RunningEngine
    from indexer.engine.port import Searcher
    from search_api.service import SearchService

    Arguments = dict[str, list[str]]

WARM_UP: Final = 30
ROUNDS: Final = 150
COMMON: Final = 2_000
_SEED: Final = 9


@click.command()
@click.option("--passages", default=100_000, show_default=True)
@click.option("--rounds", default=ROUNDS, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder of an archive to ask again.")
@click.option("--engine", "engines", type=click.Choice(ENGINES), multiple=True, default=ENGINES[:1])
@click.option("--url", default="", help="An Elasticsearch that runs; else one is started.")
def main(passages: int, rounds: int, keep: Path | None, engines: tuple[str, ...], url: str) -> None:
    """Make an archive, build its index, ask it."""
    if keep is not None and "elasticsearch" in engines and not url:
        raise click.UsageError("--keep: an Elasticsearch that is started here is gone afterwards")
    source = made_up()
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = keep or Path(made)
        papers = folder / "papers"
        if not papers.exists():
            write_papers(papers, passages, source)
        figures: dict[str, dict[str, Any]] = {}
        asked: dict[str, Target] = {}
        for engine in dict.fromkeys(engines):
            at = stack.enter_context(running(engine, url, folder / engine))
            figures[engine] = {"engine": engine, **_built(folder / f"{engine}.json", at, papers)}
            address, server = stack.enter_context(serve_command(environment_of(at.settings)))
            asked[engine] = Target.at(at, address, server.pid)
        random.seed(_SEED)
        latencies = _asked(asked, source.words, rounds)
        suggestions = _suggested(asked, source.words, rounds)
        for engine, target in asked.items():
            figures[engine] |= {
                "latency_ms": latencies[engine],
                "suggestions_ms": suggestions[engine],
                "server_memory_mb": memory_mb(target.server),
                "engine_memory_mb": target.at_engine.memory_mb(),
            }
            print(json.dumps(figures[engine], ensure_ascii=False))


def _built(kept: Path, at: RunningEngine, papers: Path) -> dict[str, Any]:
    """Figures of building the archive; read back where it was built before."""
    if kept.exists():
        figures: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        return figures
    figures = build(at, papers)
    kept.write_text(json.dumps(figures), "utf-8")
    return figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An archive on one engine, and the three ways of asking it.

    Attributes:
        server: The process that answers at ``address``.
    """

    at_engine: RunningEngine
    searcher: Searcher
    service: SearchService
    address: str
    server: int

    @classmethod
    def at(cls, at: RunningEngine, address: str, server: int) -> Target:
        """The archive that was built there, served at an address."""
        database = open_database(at.settings.database_url)
        return cls(
            at_engine=at,
            searcher=open_searcher(at.settings, serving(database).files),
            service=open_service(database, at.settings),
            address=address,
            server=server,
        )

    def by_engine(self, arguments: Arguments) -> None:
        """Ask the bare engine."""
        question = parse_question(arguments)
        self.searcher.search(
            SearchQuery(
                viewer=PUBLIC_VIEWER,
                query=analyzer_for().query(parse(question.text).parts),
                filters=question.filters,
                facets=tuple(FacetField),
            )
        )

    def by_service(self, arguments: Arguments) -> None:
        """Ask the service."""
        self.service.search(parse_question(arguments), PUBLIC_VIEWER, CONTEXT)

    def by_http(self, arguments: Arguments, path: str = "search") -> None:
        """Ask as a program would."""
        query = urllib.parse.urlencode(arguments, doseq=True)
        url = f"{self.address}/api/v1/{path}?{query}"
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - loopback
            answer.read()

    def suggest(self, arguments: Arguments) -> None:
        """Ask for suggestions as a page would."""
        self.by_http(arguments, "suggest")


def _questions(words: list[str]) -> dict[str, Callable[[], Arguments]]:
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


def _asked(
    targets: Mapping[str, Target], words: list[str], rounds: int
) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Percentiles by engine, class of question and way."""
    questions = _questions(words)
    ways = {"engine": Target.by_engine, "service": Target.by_service, "http": Target.by_http}
    took: dict[tuple[str, str, str], list[float]] = {}
    for turn in range(WARM_UP + rounds):
        for name, make in questions.items():
            arguments = make()
            for engine, target in targets.items():
                for way, ask in ways.items():
                    seconds = _timed(partial(ask, target, arguments))
                    if turn >= WARM_UP:
                        took.setdefault((engine, name, way), []).append(seconds)
    return {
        engine: {
            name: {
                way: _percentiles(
                    seconds
                    for (at, of, by), times in took.items()
                    for seconds in times
                    if at == engine and by == way and name in (of, "all")
                )
                for way in ways
            }
            for name in (*questions, "all")
        }
        for engine in targets
    }


def _suggested(
    targets: Mapping[str, Target], words: list[str], rounds: int
) -> dict[str, dict[str, dict[str, float]]]:
    """Suggestions through HTTP for what people type: a word, pinyin unfinished, first letters."""
    typed = _typed(words)
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(WARM_UP + rounds):
        for name, make in typed.items():
            arguments = {"q": [make()]}
            for engine, target in targets.items():
                seconds = _timed(partial(target.suggest, arguments))
                if turn >= WARM_UP:
                    took.setdefault((engine, name), []).append(seconds)
    return {
        engine: {
            name: _percentiles(
                seconds
                for (at, of), times in took.items()
                for seconds in times
                if at == engine and name in (of, "all")
            )
            for name in (*typed, "all")
        }
        for engine in targets
    }


def _typed(words: list[str]) -> dict[str, Callable[[], str]]:
    analyzer = analyzer_for()

    def pinyin(length: int) -> str:
        word = "".join(random.choices(words[:COMMON], k=2))
        return "".join(analyzer.syllables(word))[:length]

    return {
        "characters": lambda: random.choice(words[:COMMON]),
        "pinyin": lambda: pinyin(random.randint(4, 10)),
        "initials": lambda: "".join(
            each[0] for each in analyzer.syllables("".join(random.choices(words[:COMMON], k=2)))
        ),
    }


def _timed(ask: Callable[[], None]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def _percentiles(seconds: Iterable[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20)
    return {"p50": round(cuts[9] * 1000, 1), "p95": round(cuts[18] * 1000, 1)}


if __name__ == "__main__":
    main()
