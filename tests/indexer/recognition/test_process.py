from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.extraction import Failed, Reason
from indexer.recognition import RecognitionJob
from indexer.recognition.process import reader

if TYPE_CHECKING:
    from pathlib import Path


def test_it_loads_its_models_and_answers_jobs(tmp_path: Path) -> None:
    read = reader()
    answer = read(RecognitionJob(path=tmp_path / "gone", media_type="image/png", page=1))
    assert isinstance(answer, Failed)
    assert answer.reason is Reason.UNREADABLE
