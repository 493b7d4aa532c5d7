"""What the parser of official documents reads: ``python -m benchmarks.parsing DIR``.

``DIR`` holds ``docs/`` and ``manifest.jsonl`` (``file``, ``title``, ``agency``, ``doc_number``,
``date``). For each field it prints how often the text was read as the manifest has it, otherwise,
or not at all, and what the text says where the manifest is silent. Values are compared as the list
of differences compares them; the genre is that of the manifest's title. The last line is one JSON
object.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

import click

from indexer.official.comparing import say_the_same
from indexer.official.parse import parse_document
from indexer.official.titles import genre_of

FIELDS: Final = ("title", "agency", "document_number", "date", "genre")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--wrong", help="Print what was read otherwise than FIELD of the manifest.")
def main(folder: Path, wrong: str | None) -> None:
    """Parse every document of FOLDER and compare."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = 0.0
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (folder / row["file"]).read_text("utf-8")
        started = time.process_time()
        parsed = parse_document([text])
        seconds += time.process_time() - started
        said = {name: getattr(parsed, name) for name in FIELDS}
        said["date"] = parsed.date.isoformat() if parsed.date else ""
        for name, wanted in _wanted(row).items():
            outcome = _outcome(name, said[name], wanted)
            tally[name][outcome] += 1
            if name == wrong and outcome == "wrong":
                print(f"{row['id']}\t{said[name]}\t{wanted}")
    print(
        f"{'field':<16}{'right':>7}{'wrong':>7}{'silent':>8}{'extra':>7}{'precision':>11}{'recall':>8}"
    )
    figures = {name: _figures(tally[name]) for name in FIELDS}
    for name, each in figures.items():
        counts = "".join(f"{each[key]:>{width}}" for key, width in _WIDTHS.items())
        print(f"{name:<16}{counts}{each['precision']:>11.3f}{each['recall']:>8.3f}")
    print(json.dumps({"cpu_s": round(seconds, 2), **figures}))


_WIDTHS: Final = {"right": 7, "wrong": 7, "silent": 8, "extra": 7}


def _wanted(row: dict[str, Any]) -> dict[str, str]:
    return {
        "title": row["title"],
        "agency": row["agency"] or "",
        "document_number": row["doc_number"] or "",
        "date": row["date"] or "",
        "genre": genre_of(row["title"]),
    }


def _outcome(field: str, said: str, wanted: str) -> str:
    if not said or not wanted:
        return "silent" if wanted else "extra" if said else "nothing"
    return "right" if say_the_same(field, said, wanted) else "wrong"


def _figures(counts: Counter[str]) -> dict[str, float]:
    right, wrong, silent = (counts[name] for name in ("right", "wrong", "silent"))
    return {
        **{name: counts[name] for name in _WIDTHS},
        "precision": round(right / max(1, right + wrong), 3),
        "recall": round(right / max(1, right + wrong + silent), 3),
    }


if __name__ == "__main__":
    main()
