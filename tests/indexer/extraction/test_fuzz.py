"""Files of every kind, spoilt in every way, through the product's own processes.

What comes back is text or a reason that speaks of the file. ``make soak`` goes on for minutes with
new damage each time; ``FUZZ_SEED``, ``FUZZ_MINUTES`` and ``FUZZ_SAMPLES`` (a folder of real files)
say with what.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from indexer.extraction import ExtractionJob, Failed, Reason
from indexer.extraction.pool import ExtractionPool
from indexer.extraction.registry import EXTRACTORS
from indexer.records import FileHash
from indexer.settings import IndexerSettings
from tests.indexer.extraction.samples import SAMPLES, sample
from tests.indexer.extraction.spoiling import spoilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.extraction import Outcome

ROUNDS: Final = 40
SEED: Final = 20_261_126
LIMITS: Final = {"extraction_timeout_s": 30.0, "extraction_memory_mb": 2048}
_LARGEST: Final = 4 << 20


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A file of every kind, by a name with the usual ending."""
    folder = tmp_path_factory.mktemp("sound")
    made = {media_type: sample(folder, media_type) for media_type in SAMPLES}
    return {path.name: path.read_bytes() for path in made.values()}


def test_every_kind_that_is_read_is_spoilt() -> None:
    assert set(EXTRACTORS) == set(SAMPLES), "a new extractor needs a sample of its kind"


def test_every_sample_is_sound(tmp_path: Path, sound: Mapping[str, bytes]) -> None:
    ends = _ends(tmp_path, iter(sound.items()))
    # Pictures wait for recognition, which is another pool's.
    refused = [(name, end.reason) for name, end in ends if isinstance(end, Failed)]
    assert [name for name, why in refused if why is not Reason.NEEDS_OCR] == []


@pytest.mark.parametrize("media_type", SAMPLES)
def test_spoilt_files_are_text_or_a_reason(
    tmp_path: Path, sound: Mapping[str, bytes], media_type: str
) -> None:
    suffix, _ = SAMPLES[media_type]
    name = f"sample.{suffix}"
    others = [content for each, content in sound.items() if each != name]
    random = Random(f"{SEED} {media_type}")
    files = (
        (f"{number}.{suffix}", spoilt(sound[name], others, random)) for number in range(ROUNDS)
    )
    assert _bugs(_ends(tmp_path, files)) == []


@pytest.mark.soak
def test_files_are_spoilt_for_minutes(
    tmp_path: Path, sound: Mapping[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    seed = os.environ.get("FUZZ_SEED") or secrets.token_hex(4)
    end = time.monotonic() + 60 * float(os.environ.get("FUZZ_MINUTES", "5"))
    bases = [*sound.items(), *_real(os.environ.get("FUZZ_SAMPLES"))]
    kept = Path(os.environ.get("FUZZ_KEEP") or tmp_path / "kept")

    def files() -> Iterator[tuple[str, bytes]]:
        number = 0
        while time.monotonic() < end:
            random = Random(f"{seed} {number}")
            name, content = random.choice(bases)
            others = [each for _, each in random.choices(bases, k=5)]
            yield f"{number}-{name}", spoilt(content, others, random)
            number += 1

    found: Counter[str] = Counter()
    bugs: list[str] = []
    for name, outcome in _ends(tmp_path, files(), kept):
        found[outcome.reason if isinstance(outcome, Failed) else type(outcome).__name__] += 1
        bugs += _bugs([(name, outcome)])
    with capsys.disabled():
        print(f"\nseed {seed}: {found.total()} files, {dict(found)}, kept in {kept}")  # noqa: T201
    assert bugs == [], f"seed {seed}"


def _real(folder: str | None) -> list[tuple[str, bytes]]:
    paths = sorted(Path(folder).rglob("*")) if folder else []
    sizes = [path for path in paths if path.is_file() and 0 < path.stat().st_size < _LARGEST]
    return [(path.name, path.read_bytes()) for path in sizes]


def _ends(
    folder: Path, files: Iterator[tuple[str, bytes]], kept: Path | None = None
) -> Iterator[tuple[str, Outcome]]:
    """What became of each; files with a bug are kept, the others are not."""
    settings = IndexerSettings(data=folder, database_url="", processes=2, **LIMITS)  # type: ignore[arg-type]

    def jobs() -> Iterator[ExtractionJob]:
        for name, content in files:
            path = folder / name
            path.write_bytes(content)
            yield ExtractionJob(
                path=path, file_hash=FileHash(hashlib.sha256(content).hexdigest()), name=name
            )

    with ExtractionPool(settings, folder / "texts") as pool:
        for job, outcome in pool.run(jobs()):
            if kept is not None and (_bugs([(job.name, outcome)]) or _is_late(outcome)):
                kept.mkdir(parents=True, exist_ok=True)
                (kept / job.name).write_bytes(job.path.read_bytes())
            job.path.unlink()
            yield job.name, outcome


def _is_late(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.reason in {Reason.TIMEOUT, Reason.MEMORY}


def _bugs(ends: Iterator[tuple[str, Outcome]] | list[tuple[str, Outcome]]) -> list[str]:
    return [
        f"{name}: {outcome.media_type} {outcome.detail}"
        for name, outcome in ends
        if isinstance(outcome, Failed) and outcome.reason is Reason.INTERNAL
    ]
