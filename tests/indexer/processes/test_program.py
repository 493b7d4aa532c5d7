"""A limited program, from outside: a real one, that of the extractors."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from indexer.catalogue.manifest import read_catalogue
from indexer.confinement import Confinement, Demand
from indexer.containers.unpacker import Unpacker
from indexer.conversion.room import ConversionRoom
from indexer.errors import ConfinementError, ManifestError
from indexer.extraction.desk import Desk
from indexer.processes.program import LimitedProgram, described
from indexer.processes.serving import READY
from indexer.recognition import RecognitionJob
from indexer.recognition.pool import PageReader
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODULE = "indexer.extraction.process"


def test_it_says_when_it_is_ready_and_ends_when_told(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "2048", "5", demand=Demand.AUTO)
    assert program.receive() == READY
    program.end()
    assert program.receive() is None


def test_one_that_was_killed_says_by_what(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "2048", "5", demand=Demand.AUTO)
    assert program.receive() == READY
    os.kill(program.pid, signal.SIGTERM)
    assert program.receive() is None
    assert described(program.ended_with()) == "was ended by SIGTERM"


def test_one_that_cannot_start_ends_with_its_code(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "no number", "5", demand=Demand.AUTO)
    assert program.receive() is None
    assert described(program.ended_with()) == "ended with code 1"


def test_one_that_is_held_by_less_than_is_demanded_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confinement, "is_whole", property(lambda _: False))
    program = LimitedProgram(MODULE, str(tmp_path), "2048", "5", demand=Demand.REQUIRED)
    with pytest.raises(ConfinementError):
        program.is_ready()
    with pytest.raises(ProcessLookupError):
        os.kill(program.pid, 0)


def opens_a_container(settings: IndexerSettings, path: Path) -> None:
    with Unpacker(settings, path.parent) as unpacker:
        unpacker.list_members(path, path.name)


def recognises_a_page(settings: IndexerSettings, path: Path) -> None:
    with PageReader(settings, settings.data) as reader:
        reader.read(RecognitionJob(path=path, media_type="image/png", page=1))


def converts_an_old_file(settings: IndexerSettings, path: Path) -> None:
    room = ConversionRoom("/bin/true", settings)
    room.convert(path, path.name, Desk.made_in(settings.data))


def reads_a_catalogue(settings: IndexerSettings, path: Path) -> None:
    read_catalogue(path, demand=settings.extraction_confinement)


@pytest.mark.parametrize(
    "work", [opens_a_container, recognises_a_page, converts_an_old_file, reads_a_catalogue]
)
def test_every_pool_demands_what_is_set(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[IndexerSettings, Path], None],
) -> None:
    monkeypatch.setattr(Confinement, "is_whole", property(lambda _: False))
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    settings = IndexerSettings(
        data=tmp_path / "data", database_url="", extraction_confinement=Demand.REQUIRED
    )
    with pytest.raises((ConfinementError, ManifestError), match="this machine keeps"):
        work(settings, path)
