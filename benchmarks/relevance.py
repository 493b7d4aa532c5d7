"""Ranking quality on a judged set: ``python -m benchmarks.relevance DIR [--engine E]``.

``DIR`` holds ``corpus.jsonl`` or ``corpus.jsonl.gz`` (``id``, ``title``, ``text``),
``queries.jsonl`` (``id``, ``text``) and ``qrels.tsv`` (a header, then query, document, grade).
Every document becomes a public record of one page and goes through the product's own analysis,
index and ranking; what is ranked is what a person is shown: hits, then what comes nearest. Weights
are tuned on one half of the queries (by a hash of their ids) and both halves are shown apart.
``--ablate`` asks again with each part of the ranking switched off. nDCG uses the gain
``2^grade - 1``; what was never judged counts as irrelevant; a query without a relevant document is
left out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import tempfile
import time
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.engines import engine_options, running
from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.analysis.analyzer import Analyzer, PageSource, analyzer_for
from indexer.analysis.question import QueryPart
from indexer.engine.opening import open_searcher, open_writer
from indexer.engine.query import SearchQuery
from indexer.engine.weights import DEFAULT_WEIGHTS, Weights
from indexer.records import Description, Record, RecordId
from indexer.vocabulary import packaged_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.engine.port import AnalyzedRecord, Searcher
    from indexer.settings import IndexerSettings

DEPTH = 100
CUT = 10


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--limit", type=int, default=None, help="Only this many queries.")
@click.option("--ablate", is_flag=True, help="Ask again with each part switched off.")
@engine_options
def main(folder: Path, limit: int | None, engine: str, url: str, *, ablate: bool) -> None:
    """Index the corpus of FOLDER, ask its queries, print the measures, a JSON line a ranking."""
    judged = _judgements(folder / "qrels.tsv")
    queries = [query for query in _lines(folder / "queries.jsonl") if query["id"] in judged][:limit]
    with tempfile.TemporaryDirectory() as data, running(engine, url, Path(data)) as at:
        started = time.perf_counter()
        documents = _index(folder, at.settings)
        print(f"{documents} documents indexed in {time.perf_counter() - started:.1f} s")
        about = {"set": folder.name, "documents": documents, "engine": engine}
        for ranking in rankings() if ablate else rankings()[:1]:
            measures = _ask(at.settings, ranking, queries, judged)
            print(json.dumps({**about, "ranking": ranking.name, **measures}), flush=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The product's ranking, or one with a part of it switched off."""

    name: str
    weights: Weights = DEFAULT_WEIGHTS
    with_nearby: bool = True
    with_vocabulary: bool = True
    relaxed: bool = True


def rankings() -> list[Ranking]:
    """The product first, then the product without each of its parts."""
    return [
        Ranking(name="product"),
        *(
            Ranking(name=f"without {part.name}", weights=replace(DEFAULT_WEIGHTS, **{part.name: 0}))
            for part in fields(Weights)
        ),
        Ranking(name="without nearby", with_nearby=False),
        Ranking(name="without the packaged vocabulary", with_vocabulary=False),
        Ranking(name="all parts required of sentences too", relaxed=False),
    ]


def _index(folder: Path, settings: IndexerSettings) -> int:
    analyzer = analyzer_for()
    writer = open_writer(settings, 1)
    writer.put(_analyzed(analyzer, document) for document in _lines(_corpus(folder)))
    writer.commit(1)
    documents = writer.counts().records
    writer.close()
    return documents


def _analyzed(analyzer: Analyzer, document: dict[str, Any]) -> AnalyzedRecord:
    record = Record(
        record_id=RecordId(document["id"]),
        external_id=document["id"],
        description=Description(title=document["title"], level=LEVEL_PRESETS["public"]),
        files=(),
        content_hash="",
        revision=1,
    )
    pages = [PageSource(0, 1, document["text"])] if document["text"] else []
    return analyzer.record(record, pages)


def _ask(
    settings: IndexerSettings,
    ranking: Ranking,
    queries: list[dict[str, Any]],
    judged: dict[str, dict[str, int]],
) -> dict[str, float]:
    """The means over all queries, and nDCG@10 over either half of them."""
    searcher = open_searcher(settings, 1, ranking.weights)
    measured = [
        measure(_ranked(searcher, ranking, query["text"]), judged[query["id"]]) for query in queries
    ]
    of_tuning = [is_for_tuning(query["id"]) for query in queries]
    tuned = [each["ndcg@10"] for each, own in zip(measured, of_tuning, strict=True) if own]
    untuned = [each["ndcg@10"] for each, own in zip(measured, of_tuning, strict=True) if not own]
    return {
        "queries": len(queries),
        **{name: _mean([each[name] for each in measured]) for name in measured[0]},
        "ndcg@10 tuned half": _mean(tuned),
        "ndcg@10 untuned half": _mean(untuned),
    }


def _ranked(searcher: Searcher, ranking: Ranking, text: str) -> list[str]:
    """What a person is shown for a question, as the service asks for it."""
    analyzer = _questions_analyzer() if ranking.with_vocabulary else analyzer_for()
    query = analyzer.query([QueryPart(text)])
    if not ranking.relaxed:
        query = replace(query, minimum_match=len(query.clauses))
    page = searcher.search(SearchQuery(viewer=PUBLIC_VIEWER, query=query, limit=DEPTH))
    if not page.total and (looser := analyzer.loosened(query)):
        page = searcher.search(SearchQuery(viewer=PUBLIC_VIEWER, query=looser, limit=DEPTH))
    shown = (*page.hits, *page.nearby) if ranking.with_nearby else page.hits
    return [str(hit.record_id) for hit in shown]


@cache
def _questions_analyzer() -> Analyzer:
    """What a new archive reads questions with."""
    return Analyzer((), packaged_vocabulary().thesaurus())


def is_for_tuning(query_id: str) -> bool:
    """Whether a query belongs to the half that weights are chosen on."""
    return hashlib.sha256(query_id.encode()).digest()[0] % 2 == 0


def _mean(values: list[float]) -> float:
    return round(math.fsum(values) / len(values), 4) if values else 0.0


def measure(ranked: list[str], grades: dict[str, int]) -> dict[str, float]:
    """The four measures of one ranking."""
    ideal = _dcg(sorted(grades.values(), reverse=True)[:CUT])
    relevant = {document for document, grade in grades.items() if grade > 0}
    first = next((place for place, each in enumerate(ranked[:CUT], 1) if each in relevant), 0)
    return {
        "ndcg@10": _dcg([grades.get(each, 0) for each in ranked[:CUT]]) / ideal if ideal else 0.0,
        "mrr@10": 1 / first if first else 0.0,
        "recall@10": len(relevant.intersection(ranked[:CUT])) / len(relevant),
        "recall@100": len(relevant.intersection(ranked[:DEPTH])) / len(relevant),
    }


def _dcg(grades: list[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(at + 1) for at, grade in enumerate(grades, 1))


def _corpus(folder: Path) -> Path:
    plain = folder / "corpus.jsonl"
    return plain if plain.exists() else folder / "corpus.jsonl.gz"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        lines = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        judged.setdefault(query, {})[document] = int(grade)
    return {query: grades for query, grades in judged.items() if any(grades.values())}


if __name__ == "__main__":
    main()
