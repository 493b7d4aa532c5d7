"""A catalogue file to its grids, whatever its format; workbooks in a process with limits.

A workbook is whatever somebody was given: a few kilobytes of it may ask for all of the memory.
"""

from __future__ import annotations

import zipfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from indexer.catalogue.delimited import read_delimited, read_json_lines
from indexer.catalogue.reading_job import LIMITS, ReadingJob, Refused
from indexer.confinement import Demand
from indexer.errors import ManifestError
from indexer.processes.program import LimitedProgram

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.catalogue.grids import Grid

_TEXT: Final = frozenset({".csv", ".tsv", ".txt"})
_JSON: Final = ".jsonl"
_APART: Final = {
    ".xlsx": ".xlsx",
    ".xlsm": ".xlsx",
    ".xls": ".xls",
    ".et": ".xls",
    ".xlsb": ".xlsb",
    ".ods": ".ods",
    ".docx": ".docx",
    ".htm": ".html",
    ".html": ".html",
}
SUFFIXES: Final = (*sorted(_TEXT), _JSON, *_APART)
"""What a catalogue's name may end in."""

TABLES: Final = (".csv", _JSON, ".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods")
"""Those of files that are tables and little else: catalogues, more likely than papers."""

_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_PAGE: Final = (b"<html", b"<table", b"<!doctype html", b"<?xml")


def read_grids(path: Path, demand: Demand = Demand.AUTO) -> list[Grid]:
    """The sheets of a catalogue.

    Args:
        path: The file.
        demand: What must hold the process that reads a workbook.

    Raises:
        ManifestError: It cannot be read, and why.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ManifestError(f"{suffix or 'no suffix'}: use {', '.join(SUFFIXES)}")
    if suffix == _JSON:
        return [read_json_lines(path)]
    if suffix in _TEXT:
        return [read_delimited(path)]
    is_page = _APART[suffix] == ".html"
    return _read_apart(path, ".html" if is_page else _told_from_content(path, suffix), demand)


def _told_from_content(path: Path, suffix: str) -> str:
    """The suffix that a workbook should have: many are saved or sent under another.

    Raises:
        ManifestError: It is no workbook at all.
    """
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(_COMPOUND):
        return ".xls"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
        if "content.xml" in names:
            return ".ods"
        if "word/document.xml" in names:
            return ".docx"
        return ".xlsb" if "xl/workbook.bin" in names else ".xlsx"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGE):
        return ".html"  # what many systems export as .xls
    raise ManifestError(f"{path.name} is no sound {suffix} file")


def _read_apart(path: Path, suffix: str, demand: Demand) -> list[Grid]:
    """The sheets as a limited program reads them.

    Raises:
        ManifestError: It refuses the file, or did not come back.
    """
    with TemporaryDirectory(prefix="catalogue-") as desk:
        answer = _answer(path.resolve(), suffix, desk, demand)
    if answer is None:
        raise ManifestError(f"{path.name} takes more memory or time than any catalogue")
    if isinstance(answer, Refused):
        raise ManifestError(f"{path.name}: {answer.why}")
    return list(answer)


def _answer(
    path: Path, suffix: str, desk: str, demand: Demand
) -> tuple[Grid, ...] | Refused | None:
    program = LimitedProgram("indexer.catalogue.reading_process", str(path), desk, demand=demand)
    try:
        if not program.is_ready():
            raise ManifestError("the program that reads workbooks does not start")
        program.pipe.send(ReadingJob(path=path, suffix=suffix))
        if not program.pipe.poll(2 * LIMITS.timeout_s):
            return None
        answer: tuple[Grid, ...] | Refused | None = program.receive(tuple, Refused)
        return answer
    finally:
        program.end()
