"""What is read of real and nasty files, and how fast? ``python -m benchmarks.extraction DIR``.

``DIR`` has a folder per format and ``expected.jsonl``: a line per file with ``contains`` (runs of
text that must be found, white space ignored), where known ``pages``, ``reason`` (what a refusal
must say) and ``ocr`` (only with character recognition). Files go through the product's own limited
processes, a folder at a time, so that CPU time and peak memory are each folder's own; a process
reads its libraries within that time, which weighs on folders of few files. Where recognition is
installed, pages that are pictures are recognised after that, and measured apart; files that take an
office program are converted after that where there is one, and not measured.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from indexer.conversion.pool import ConvertingPool, needs_office
from indexer.conversion.room import office_program
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined
from indexer.extraction.pool import ExtractionPool
from indexer.identity import FileHash
from indexer.recognition import RecognitionJob, RecognizedPage
from indexer.recognition.pool import PageReader
from indexer.recognition.rapid import is_installed
from indexer.settings import IndexerSettings
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Folder:
    """What came of one folder.

    Attributes:
        silent: Files of which no character was read, though nothing was refused.
        missed: Expected runs that were not found, with their file.
        wrong: Refusals and numbers of pages that are not as expected.
    """

    files: int = 0
    ok: int = 0
    pages: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    runs: int = 0
    found: int = 0
    ocr_runs: int = 0
    ocr_found: int = 0
    recognised: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--one", is_flag=True, hidden=True)
@click.option("--show", is_flag=True, help="Name every file that is not as expected.")
def main(folder: Path, *, one: bool, show: bool) -> None:
    """Read every file of every folder in FOLDER."""
    if one:
        print(json.dumps(_measured(folder)))
        return
    table = Table("format", "files", "ok", "failed", "pages / CPU s", "peak MB", "found")
    total: Counter[str] = Counter()
    peak = 0
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        # A program of its own: the system tells of peak memory once for all of a program's past.
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.extraction", "--one", str(each)],
            capture_output=True, check=True, text=True,
        )  # fmt: skip
        row: dict[str, Any] = json.loads(done.stdout)
        total.update(
            {
                name: row[name]
                for name in (
                    "runs",
                    "found",
                    "ocr_runs",
                    "ocr_found",
                    "recognised",
                    "recognition_cpu_s",
                )
            }
        )
        peak = max(peak, row["recognition_peak_mb"])
        why = ", ".join(f"{name} {count}" for name, count in sorted(row["reasons"].items()))
        table.add_row(
            each.name, str(row["files"]), str(row["ok"]), why,
            f"{row['pages'] / row['cpu_s']:.0f}", str(row["peak_mb"]),
            f"{row['found']}/{row['runs']}" if row["runs"] else "",
        )  # fmt: skip
        if show:
            for line in (*row["wrong"], *row["missed"], *(f"silent: {x}" for x in row["silent"])):
                print(line)
    Console(width=140).print(table)
    print(
        json.dumps(
            {
                "found": round(total["found"] / max(1, total["runs"]), 4),
                "runs": total["runs"],
                "found_by_recognition": total["ocr_found"],
                "runs_for_recognition": total["ocr_runs"],
                "recognised_pages": total["recognised"],
                "recognised_pages_per_cpu_s": round(
                    total["recognised"] / max(0.001, total["recognition_cpu_s"]), 3
                ),
                "recognition_peak_mb": peak,
            }
        )
    )


def _measured(folder: Path) -> dict[str, Any]:
    expected = _expected(folder)
    result = Folder()
    with tempfile.TemporaryDirectory() as data:
        settings = IndexerSettings.from_env({"QUERY_ROOM_DATA": data, "QUERY_ROOM_PROCESSES": "1"})
        store = FolderTextStore(Path(data) / "texts")
        jobs = list(_jobs(folder))
        with ExtractionPool(settings, Path(data) / "texts") as pool:
            read = list(pool.run(jobs))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        read = _with_converted(read, settings)
        converting = resource.getrusage(resource.RUSAGE_CHILDREN)
        with PageReader(settings, Path(data)) as reader:
            for job, outcome in read:
                pages: tuple[str, ...] = ()
                if isinstance(outcome, Extracted):
                    pages = store.pages(job.file_hash, outcome.extractor)
                recognised = _recognised(job, outcome, reader)
                result.recognised += len(recognised)
                _count(result, job.name, outcome, (*pages, *recognised), expected.get(job.name, {}))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        **{name: getattr(result, name) for name in Folder.__slots__},
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss // 1024,
        "recognition_cpu_s": after.ru_utime
        + after.ru_stime
        - converting.ru_utime
        - converting.ru_stime,
        "recognition_peak_mb": after.ru_maxrss // 1024,
    }


def _with_converted(
    read: list[tuple[ExtractionJob, Outcome]], settings: IndexerSettings
) -> list[tuple[ExtractionJob, Outcome]]:
    """The same, with what became of old files where an office program is installed."""
    program = office_program(settings)
    old = [job for job, outcome in read if needs_office(outcome)]
    if program is None or not old:
        return read
    with ExtractionPool(settings, settings.texts) as pool:
        found = ConvertingPool(pool, program, settings, settings.texts).run(old)
        converted = {job.name: outcome for job, outcome in found}
    return [(job, converted.get(job.name, outcome)) for job, outcome in read]


def _recognised(job: ExtractionJob, outcome: Outcome, reader: PageReader) -> tuple[str, ...]:
    """The texts of the pages that are pictures, if they can be recognised."""
    if isinstance(outcome, Quarantined) or not is_installed():
        return ()
    read = (
        reader.read(RecognitionJob(path=job.path, media_type=outcome.media_type, page=page))
        for page in outcome.unread_pages
    )
    return tuple(page.text for page in read if isinstance(page, RecognizedPage))


def _count(
    result: Folder, name: str, outcome: Outcome, pages: tuple[str, ...], wanted: dict[str, Any]
) -> None:
    result.files += 1
    result.pages += outcome.page_count if isinstance(outcome, Extracted) else 0
    reason = ""
    if isinstance(outcome, Extracted):
        result.ok += 1
        if not outcome.char_count:
            result.silent.append(name)
    else:
        reason = outcome.reason.value if isinstance(outcome, Failed) else "quarantined"
        result.reasons[reason] += 1
    text = _SPACE.sub("", "".join(pages))
    runs = [_SPACE.sub("", run) for run in wanted.get("contains", ())]
    missing = [run for run in runs if run not in text]
    if wanted.get("ocr"):
        result.ocr_runs += len(runs)
        result.ocr_found += len(runs) - len(missing)
    else:
        result.runs += len(runs)
        result.found += len(runs) - len(missing)
        result.missed += [f"{name}: {run}" for run in missing]
        if isinstance(outcome, Extracted) and wanted.get("pages", outcome.page_count) != (
            outcome.page_count
        ):
            result.wrong.append(f"{name}: {outcome.page_count} pages, not {wanted['pages']}")
    if "reason" in wanted and reason != wanted["reason"]:
        result.wrong.append(f"{name}: {reason or 'read'}, not {wanted['reason']}")


def _jobs(folder: Path) -> Iterable[ExtractionJob]:
    for number, path in enumerate(sorted(folder.iterdir())):
        if path.is_file():
            # No two files share a text here, even where they are equal.
            yield ExtractionJob(
                path=path, file_hash=FileHash(f"{number:064x}"), name=path.name, cleared=True
            )


def _expected(folder: Path) -> dict[str, dict[str, Any]]:
    listed = folder.parent / "expected.jsonl"
    if not listed.is_file():
        return {}
    rows = [json.loads(line) for line in listed.open(encoding="utf-8")]
    return {
        row["file"].partition("/")[2]: row
        for row in rows
        if row["file"].partition("/")[0] == folder.name
    }


if __name__ == "__main__":
    main()
