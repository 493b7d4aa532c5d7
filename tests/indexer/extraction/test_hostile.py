"""Processes that were broken into: they end, lie or speak in tongues, and the rest goes on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indexer.confinement import Confinement, Demand
from indexer.errors import ConfinementError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Reason, pool
from indexer.extraction.pool import ExtractionPool
from indexer.records import FileHash
from indexer.settings import IndexerSettings
from indexer.storage.text_store import FolderTextStore
from tests.indexer.extraction import hostile

ROOT = Path(__file__).parents[3]
SOUND = "thread"


@pytest.fixture(autouse=True)
def _hostile_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MODULE", hostile.MODULE)
    monkeypatch.syspath_prepend(ROOT)


def digest_of(what: str) -> FileHash:
    return FileHash(hashlib.sha256(what.encode()).hexdigest())


def tried(folder: Path, *attempts: str, **settings: float) -> list[Outcome]:
    """What becomes of files with these attempts, each followed by a sound one, in two processes."""
    jobs = []
    for number, what in enumerate(each for attempt in attempts for each in (attempt, SOUND)):
        path = folder / f"{number}.txt"
        path.write_text(what)
        jobs.append(ExtractionJob(path=path, file_hash=digest_of(path.name), name=path.name))
    limits: dict[str, float] = {"processes": 2, "extraction_timeout_s": 60, **settings}
    archive = IndexerSettings(data=folder, database_url="", **limits)  # type: ignore[arg-type]
    with ExtractionPool(archive, folder / "texts") as extraction:
        found = {job.name: outcome for job, outcome in extraction.run(jobs)}
    outcomes = [found[job.name] for job in jobs]
    assert all(isinstance(each, Extracted) for each in outcomes[1::2]), outcomes
    assert not list((folder / "texts" / "incoming").iterdir()), "no desk stays"
    return outcomes[::2]


def reason(outcome: Outcome) -> Reason:
    assert isinstance(outcome, Failed), outcome
    return outcome.reason


def test_one_killed_in_the_middle_of_a_file_is_replaced_and_the_file_read(tmp_path: Path) -> None:
    # The mark lies on the desk of the first process, so that the next one meets none either.
    deaths = tried(tmp_path, "killed", "crash", "leave: 0", "leave: 3")
    assert [reason(each) for each in deaths] == [
        Reason.MEMORY, Reason.INTERNAL, Reason.INTERNAL, Reason.INTERNAL,
    ]  # fmt: skip


def test_one_that_eats_memory_ends_in_its_reason(tmp_path: Path) -> None:
    (eater,) = tried(tmp_path, "memory", extraction_memory_mb=600)
    assert reason(eater) in {Reason.MEMORY, Reason.UNREADABLE}


def test_one_that_spins_outside_python_is_killed(tmp_path: Path) -> None:
    (spinner,) = tried(tmp_path, "spin", extraction_timeout_s=4)
    assert reason(spinner) is Reason.TIMEOUT


def test_one_that_forks_has_no_child(tmp_path: Path) -> None:
    (forker,) = tried(tmp_path, "fork")
    assert isinstance(forker, Extracted)


def test_nothing_that_it_says_is_run(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    ends = tried(
        tmp_path,
        f"answer with a call: touch {canary}",
        "answer with a word",
        "answer at length",
    )
    assert [reason(each) for each in ends] == [Reason.INTERNAL] * 3
    assert not canary.exists()


@pytest.mark.parametrize("name", ["text/1", "../../../../escape", "x" * 400, "\0", ""])
def test_a_text_that_it_only_claims_is_none(tmp_path: Path, name: str) -> None:
    (liar,) = tried(tmp_path, f"claim: {name}")
    assert reason(liar) is Reason.INTERNAL
    assert {each for _, each in FolderTextStore(tmp_path / "texts").entries()} == {"text/1"}


def test_where_confinement_is_required_and_not_whole_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND)
    job = ExtractionJob(path=path, file_hash=digest_of("a"), name="a.txt")
    archive = IndexerSettings(
        data=tmp_path, database_url="", processes=1, extraction_confinement=Demand.REQUIRED
    )
    monkeypatch.setattr(Confinement, "is_whole", property(lambda _: False))
    with (
        ExtractionPool(archive, tmp_path / "texts") as extraction,
        pytest.raises(ConfinementError),
    ):
        list(extraction.run([job]))
