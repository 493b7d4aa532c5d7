"""Does each question find its document? ``python -m benchmarks.known_items DIR [--engine E]``.

``DIR`` holds ``docs/``, ``manifest.jsonl`` and ``known_items.jsonl`` (``type``, ``query``,
``expected``: ids of the catalogue). It is imported and asked through the product's own import and
search service. The last line is one JSON object: how many questions find an expected document at
rank 1 and among the first 10, in all and by class.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from benchmarks.archive import ask, imported
from benchmarks.engines import engine_options


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--queries", type=click.Path(exists=True, path_type=Path), help="Other questions.")
@click.option("--misses", is_flag=True, help="Print every question that misses rank 1.")
@engine_options
def main(folder: Path, queries: Path | None, engine: str, url: str, *, misses: bool) -> None:
    """Import FOLDER and ask its known items."""
    lines = (queries or folder / "known_items.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    asked: Counter[str] = Counter()
    first: Counter[str] = Counter()
    tenth: Counter[str] = Counter()
    with imported(folder, engine, url) as (service, report):
        print(f"{report.found} files, {report.indexed} indexed, {report.quarantined} quarantined")
        for item in items:
            found = [hit.record.external_id for hit in ask(service, item["query"]).shown]
            asked[item["type"]] += 1
            first[item["type"]] += bool(found) and found[0] in item["expected"]
            tenth[item["type"]] += not set(found).isdisjoint(item["expected"])
            if misses and (not found or found[0] not in item["expected"]):
                print(f"miss: {item['query']} wants {item['expected']}, got {found[:3]}")
    classes = {
        name: {"queries": asked[name], "hit@1": first[name], "hit@10": tenth[name]}
        for name in sorted(asked)
    }
    total = {"queries": asked.total(), "hit@1": first.total(), "hit@10": tenth.total()}
    print(json.dumps({"engine": engine, **total, "classes": classes}, ensure_ascii=False))


if __name__ == "__main__":
    main()
