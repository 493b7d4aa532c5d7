"""Is every literal run found? ``python -m benchmarks.literal_recall DIR [--engine E]``.

Random verbatim runs of 1 to 20 characters, each with a letter, digit or Han character in it, are
cut from the documents of ``DIR`` (line breaks and punctuation inside allowed; a straight quotation
mark would end the quotation and is left out) and searched for in quotes. A run is found if the
record it was cut from is anywhere in the answer, which is paged through to its end.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.archive import CONTEXT, imported
from benchmarks.engines import engine_options
from indexer.access import PUBLIC_VIEWER
from search_api.params import parse_question

if TYPE_CHECKING:
    from search_api.service import SearchService

PAGE = 100
QUOTES = frozenset('"＂“”「」『』')


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--runs", default=2_000, show_default=True)
@click.option("--seed", default=8, show_default=True)
@engine_options
def main(folder: Path, runs: int, seed: int, engine: str, url: str) -> None:
    """Import FOLDER, cut runs from its documents and search for each."""
    random.seed(seed)
    documents = [json.loads(line) for line in (folder / "manifest.jsonl").open(encoding="utf-8")]
    found = 0
    with imported(folder, engine, url) as (service, report):
        print(f"{report.found} files, {report.indexed} indexed, {report.quarantined} quarantined")
        for _ in range(runs):
            document, run = _cut(folder, documents)
            if _finds(service, run, document["id"]):
                found += 1
            else:
                print(f"miss: {run!r} of {document['id']}")
    print(json.dumps({"engine": engine, "runs": runs, "found": found, "recall": found / runs}))


def _cut(folder: Path, documents: list[dict[str, str]]) -> tuple[dict[str, str], str]:
    while True:
        document = random.choice(documents)
        text = (folder / document["file"]).read_text("utf-8")
        start = random.randrange(len(text))
        run = text[start : start + random.randint(1, 20)]
        if any(each.isalnum() for each in run) and QUOTES.isdisjoint(run):
            return document, run


def _finds(service: SearchService, run: str, wanted: str) -> bool:
    page = 1
    while True:
        arguments = {
            "q": [f'"{run}"'],
            "order": ["newest"],
            "size": [str(PAGE)],
            "page": [str(page)],
        }
        answer = service.search(parse_question(arguments), PUBLIC_VIEWER, CONTEXT)
        if any(hit.record.external_id == wanted for hit in answer.shown):
            return True
        if page * PAGE >= answer.total:
            return False
        page += 1


if __name__ == "__main__":
    main()
