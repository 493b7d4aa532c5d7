"""Files of old formats, from their bytes to the text store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.conversion.pool import ConvertingPool, needs_office
from indexer.extraction import Extracted, Failed, Quarantined, Reason
from indexer.extraction.pool import ExtractionPool
from tests.indexer.conversion.programs import office, open_text, word_2, writes
from tests.indexer.extraction.test_pool import job, outcomes, settings, text_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.extraction import ExtractionJob

TITLE = "关于知青档案的通知"


def taken_for_western(text: str) -> str:
    return text.encode("gbk").decode("latin-1")


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[ConvertingPool]:
    """One whose program does with a file what its word says."""
    program = office(
        tmp_path,
        'case $(cat "$in") in',
        f"*sound) {writes(open_text('办公室', TITLE))} ;;",
        f"*marked) {writes(open_text('机密★10年', TITLE))} ;;",
        f"*garbled) {writes(open_text(taken_for_western('机　密'), taken_for_western(TITLE)))} ;;",
        f"*foreign) {writes(b'%PDF-1.4')} ;;",
        "*) kill -SEGV $$ ;;",
        "esac",
    )
    kept = settings(tmp_path / "data", processes=2)
    with ExtractionPool(kept, kept.texts) as extraction:
        yield ConvertingPool(extraction, program, kept, kept.texts)


def old(tmp_path: Path, word: str) -> ExtractionJob:
    path = tmp_path / f"{word}.doc"
    path.write_bytes(word_2(word))
    return job(path)


def test_each_file_has_its_outcome_whatever_becomes_of_the_others(
    tmp_path: Path, pool: ConvertingPool
) -> None:
    words = ("sound", "marked", "garbled", "foreign", "crash")
    jobs = [old(tmp_path, word) for word in words]
    found = outcomes(pool.run([*jobs, text_job(tmp_path, "a.txt")]))
    assert len(found) == len(words) + 1
    assert next(iter(found)) == "a.txt"  # nobody waits for a conversion
    assert isinstance(found["a.txt"], Extracted)
    sound = found["sound.doc"]
    assert isinstance(sound, Extracted)
    assert (sound.extractor, sound.media_type) == ("office/1", "application/x-msword-2")
    # A marking is a marking, also where the program took it for Western letters.
    assert found["marked.doc"] == Quarantined(
        media_type="application/x-msword-2", marking="机密★10年"
    )
    assert isinstance(found["garbled.doc"], Quarantined)
    foreign, crash = found["foreign.doc"], found["crash.doc"]
    assert isinstance(foreign, Failed)
    assert isinstance(crash, Failed)
    assert (foreign.reason, crash.reason) == (Reason.DAMAGED, Reason.DAMAGED)
    # Nothing of what it left lies about.
    assert not list((tmp_path / "data").rglob("profile-*"))


@pytest.mark.parametrize(
    ("reason", "detail", "is_needed"),
    [
        (Reason.NEEDS_TOOL, "LibreOffice", True),
        (Reason.NEEDS_TOOL, "unar", False),
        (Reason.UNSUPPORTED, "LibreOffice", False),
    ],
)
def test_what_the_program_is_asked_for(reason: Reason, detail: str, is_needed: object) -> None:
    outcome = Failed(media_type="", reason=reason, detail=detail)
    assert needs_office(outcome) is is_needed
