"""The process of the extractors; limits and the pipe are shown with the programs they belong to."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path

from indexer.confinement import Confinement
from indexer.errors import StorageError
from indexer.extraction import Extracted, ExtractionJob, Failed
from indexer.extraction.process import extractor_into
from indexer.processes.serving import READY
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore

ROOT = Path(__file__).parents[3]


def job_on(path: Path, text: str) -> ExtractionJob:
    path.write_text(text)
    digest = FileHash(hashlib.sha256(path.read_bytes()).hexdigest())
    return ExtractionJob(path=path, file_hash=digest, name=path.name)


def test_a_job_is_answered_and_its_text_is_in_the_store(tmp_path: Path) -> None:
    job = job_on(tmp_path / "a.txt", "关于低保的通知")
    outcome = extractor_into(tmp_path / "texts")(job)
    assert isinstance(outcome, Extracted)
    text = FolderTextStore(tmp_path / "texts").page(job.file_hash, "text/1", 1)
    assert text == "关于低保的通知"


def test_a_store_that_refuses_is_an_answer_too(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("no folder")
    answer = extractor_into(tmp_path / "texts")(job_on(tmp_path / "a.txt", "低保"))
    assert isinstance(answer, StorageError)


def test_as_a_program_it_takes_jobs(tmp_path: Path) -> None:
    ours, theirs = Pipe()
    with theirs:
        program = subprocess.Popen(
            [
                sys.executable, "-m", "indexer.extraction.process",
                str(theirs.fileno()), str(tmp_path), "2048", "5",
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
        )  # fmt: skip
    with program, ours:
        assert ours.poll(60)
        assert isinstance(ours.recv(), Confinement)
        assert ours.recv() == READY
        ours.send(ExtractionJob(path=tmp_path / "gone", file_hash=FileHash("0" * 64), name="gone"))
        assert isinstance(ours.recv(), Failed)
        ours.close()
        assert program.wait(60) == 0
