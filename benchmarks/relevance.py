"""Ranking quality on a judged set: ``python -m benchmarks.relevance DIR``.

``DIR`` holds ``corpus.jsonl`` or ``corpus.jsonl.gz`` (``id``, ``title``, ``text``),
``queries.jsonl`` (``id``, ``text``) and ``qrels.tsv`` (a header, then query, document, grade).
Every document becomes a public record of one page and goes through the product's own analysis,
index and ranking. nDCG uses the gain ``2^grade - 1``; what was never judged counts as irrelevant;
a query without a relevant document is left out.
"""

from __future__ import annotations

import gzip
import json
import math
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.analysis.analyzer import PageSource, analyzer_for
from indexer.analysis.question import QueryPart
from indexer.engine.opening import open_searcher, open_writer
from indexer.engine.query import SearchQuery
from indexer.records import Description, Record, RecordId
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 100
CUT = 10


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--limit", type=int, default=None, help="Only this many queries.")
def main(folder: Path, limit: int | None) -> None:
    """Index the corpus of FOLDER, ask its queries, print the measures as one JSON line."""
    judged = _judgements(folder / "qrels.tsv")
    queries = [query for query in _lines(folder / "queries.jsonl") if query["id"] in judged][:limit]
    with tempfile.TemporaryDirectory() as data:
        settings = IndexerSettings(data=Path(data), database_url="sqlite://")
        started = time.perf_counter()
        documents = _index(folder, settings)
        print(f"{documents} documents indexed in {time.perf_counter() - started:.1f} s")
        measures = _ask(settings, queries, judged)
    print(json.dumps({"set": folder.name, "documents": documents, **measures}))


def _index(folder: Path, settings: IndexerSettings) -> int:
    analyzer = analyzer_for()
    writer = open_writer(settings, 1)
    count = 0
    for document in _lines(_corpus(folder)):
        record = Record(
            record_id=RecordId(document["id"]),
            external_id=document["id"],
            description=Description(title=document["title"], level=LEVEL_PRESETS["public"]),
            files=(),
            content_hash="",
            revision=1,
        )
        pages = [PageSource(0, 1, document["text"])] if document["text"] else []
        writer.put([analyzer.record(record, pages)])
        count += 1
    writer.commit(1)
    writer.close()
    return count


def _ask(
    settings: IndexerSettings, queries: list[dict[str, Any]], judged: dict[str, dict[str, int]]
) -> dict[str, float]:
    searcher = open_searcher(settings, 1)
    analyzer = analyzer_for()
    sums = dict.fromkeys(("ndcg@10", "mrr@10", "recall@10", "recall@100"), 0.0)
    for query in queries:
        analyzed = analyzer.query([QueryPart(query["text"])])
        page = searcher.search(SearchQuery(viewer=PUBLIC_VIEWER, query=analyzed, limit=DEPTH))
        ranked = [str(hit.record_id) for hit in page.hits]
        for name, value in measure(ranked, judged[query["id"]]).items():
            sums[name] += value
    means = {name: round(total / len(queries), 4) for name, total in sums.items()}
    return {"queries": len(queries), **means}


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
