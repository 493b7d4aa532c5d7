"""A made-up archive of any size, imported and indexed by the product, and what that took."""

from __future__ import annotations

import json
import random
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from indexer.access import LEVEL_PRESETS
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation
from indexer.repositories import generations
from query_room.opening import ROOMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from benchmarks.engines import RunningEngine
    from indexer.repositories.generations import GenerationRow
    from tests.fixtures.made_up import MadeUp

PASSAGES_PER_RECORD: Final = 10
AGENCIES: Final = tuple(
    f"示例区{name}局" for name in ("民政", "教育", "住建", "人社", "交通", "农业", "卫健")
)
_CATEGORIES: Final = ("文书", "会计", "专业", "照片")
_SEED: Final = 8


def write_papers(folder: Path, passages: int, source: MadeUp) -> None:
    """Write texts of about so many passages, and their catalogue; the same texts each time."""
    random.seed(_SEED)
    folder.mkdir(parents=True)
    with (folder / "catalogue.jsonl").open("w", encoding="utf-8") as catalogue:
        for number in range(max(1, passages // PASSAGES_PER_RECORD)):
            name = f"{number // 1000:04d}/{number:07d}.txt"
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(source.text(PASSAGES_PER_RECORD), "utf-8")
            row = {
                "id": f"{number:07d}",
                "title": source.title(),
                "agency": random.choice(AGENCIES),
                "category": random.choice(_CATEGORIES),
                "date": f"{random.randint(1960, 2025)}-{random.randint(1, 12):02d}",
                "doc_number": f"示政发〔{random.randint(1990, 2025)}〕{number}号",
                "file": name,
            }
            catalogue.write(json.dumps(row, ensure_ascii=False) + "\n")


def build(at: RunningEngine, papers: Path) -> dict[str, Any]:
    """Import and index the papers, then build a second generation; the figures of each."""
    engine = open_database(at.settings.database_url)
    migrate(engine, *ROOMS)
    request = BatchRequest(
        folder=papers,
        manifest=papers / "catalogue.jsonl",
        level=LEVEL_PRESETS["public"],
        level_name="public",
        started_by="benchmark",
    )
    with _measured(at) as importing:
        report = run_batch(engine, at.settings, request)
    with _measured(at) as indexing:
        catch_up(engine, at.settings)
    with writing(engine) as connection:
        begin_generation(connection, at.settings, at=utc_now())
    with _measured(at) as rebuilding:
        catch_up(engine, at.settings)
    row = serving(engine)
    engine.dispose()
    text = sum(path.stat().st_size for path in papers.rglob("*.txt"))
    full, public = (at.index_bytes(row.files, side) for side in ("full", "public"))
    return {
        "records": report.indexed,
        "passages": row.passage_count,
        "import": importing.rates(report.indexed, row.passage_count),
        "index": indexing.rates(report.indexed, row.passage_count),
        "rebuild": rebuilding.rates(report.indexed, row.passage_count),
        "text_mb": round(text / 1e6, 1),
        "index_bytes_per_passage": round((full + public) / row.passage_count),
        "index_over_text": round((full + public) / text, 2),
        "full_pair_over_text": round(full / text, 2),
    }


def serving(engine: Engine) -> GenerationRow:
    """The generation that answers."""
    with reading(engine) as connection:
        row = generations.serving(connection)
    assert row is not None  # noqa: S101
    return row


@dataclass
class _Measured:
    """Seconds by the clock, and of a core by all that took part."""

    wall_s: float = 0.0
    cpu_s: float = 0.0

    def rates(self, records: int, passages: int) -> dict[str, float]:
        return {
            "seconds": round(self.wall_s, 1),
            "records_per_s": round(records / self.wall_s, 1),
            "passages_per_s": round(passages / self.wall_s, 1),
            "passages_per_cpu_s": round(passages / self.cpu_s, 1),
        }


@contextmanager
def _measured(at: RunningEngine) -> Iterator[_Measured]:
    measured = _Measured()
    wall, cpu = time.perf_counter(), at.cpu_s()
    yield measured
    measured.wall_s, measured.cpu_s = time.perf_counter() - wall, at.cpu_s() - cpu
