from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.errors import SettingsError
from indexer.extraction import Failed, Reason
from indexer.recognition import RecognitionJob, RecognizedPage
from indexer.recognition.pool import PageReader
from indexer.settings import IndexerSettings
from tests.indexer.recognition.scans import encoded, scan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> IndexerSettings:
    return IndexerSettings(data=tmp_path / "data", database_url="")


@pytest.fixture
def job(tmp_path: Path) -> RecognitionJob:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(scan(["青山区档案馆"], size=(600, 160))))
    return RecognitionJob(path=path, media_type="image/png", page=1)


def test_a_page_is_read_in_a_process_that_leaves_nothing_behind(
    settings: IndexerSettings, job: RecognitionJob
) -> None:
    with PageReader(settings, settings.data) as reader:
        read = reader.read(job)
        gone = reader.read(replace(job, path=job.path.with_name("gone.png")))
    assert isinstance(read, RecognizedPage)
    assert read.text == "青山区档案馆"
    assert isinstance(gone, Failed)
    assert gone.reason is Reason.UNREADABLE
    assert not [path for path in settings.data.rglob("*") if path.is_file()]


def test_one_that_dies_once_costs_no_page_and_one_that_is_late_its_own(
    settings: IndexerSettings, job: RecognitionJob
) -> None:
    with PageReader(settings, settings.data) as reader:
        reader.read(job)
        os.kill(_pid(reader), signal.SIGKILL)
        assert isinstance(reader.read(job), RecognizedPage)
        os.kill(_pid(reader), signal.SIGSTOP)
        reader._timeout_s = 0.5
        late = reader.read(job)
        assert isinstance(late, Failed)
        assert (late.reason, late.detail) == (Reason.TIMEOUT, "0.5 s")


def test_a_page_that_its_process_never_survives_has_a_reason(
    settings: IndexerSettings, job: RecognitionJob
) -> None:
    with PageReader(settings, settings.data) as reader:
        reader.read(job)
        over = threading.Event()

        def kill_all() -> None:
            while not over.wait(0.01):
                process = reader._process
                if process is not None and process.pages:
                    os.kill(process._program.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_all)
        killer.start()
        try:
            read = reader.read(job)
        finally:
            over.set()
            killer.join()
    assert isinstance(read, Failed)
    assert read.reason is Reason.MEMORY


def test_a_process_that_cannot_start_says_which_setting_may_be_wrong(
    settings: IndexerSettings, job: RecognitionJob
) -> None:
    with (
        PageReader(replace(settings, recognition_memory_mb=64), settings.data) as reader,
        pytest.raises(SettingsError, match="QUERY_ROOM_RECOGNITION_MEMORY_MB"),
    ):
        reader.read(job)


def _pid(reader: PageReader) -> int:
    assert reader._process is not None
    return reader._process._program.pid
