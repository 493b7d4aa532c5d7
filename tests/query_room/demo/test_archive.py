from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from indexer.catalogue.manifest import read_catalogue
from query_room.demo.archive import CATALOGUE, write_sample_archive
from query_room.demo.manuscripts import load_manuscripts

if TYPE_CHECKING:
    from pathlib import Path


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_catalogue_reads_whole_and_names_every_file(sample_catalogue: Path) -> None:
    found = read_catalogue(sample_catalogue)
    rows = found.rows
    folder = sample_catalogue.parent
    named = {file.path for row in rows for file in row.files}
    assert found.unusable == ()
    assert found.doubts == ()
    assert len(rows) == len(load_manuscripts())
    assert named == set(fingerprint(folder)) - {CATALOGUE}
    assert all(row.date is not None for row in rows)


def test_two_machines_write_the_same_bytes(sample_catalogue: Path, tmp_path: Path) -> None:
    other = write_sample_archive(tmp_path)
    assert fingerprint(other.parent) == fingerprint(sample_catalogue.parent)


def test_writing_again_mends_what_is_missing_and_touches_nothing_else(tmp_path: Path) -> None:
    catalogue = write_sample_archive(tmp_path)
    before = fingerprint(tmp_path)
    kept, lost, *_ = sorted(path for path in tmp_path.rglob("*.txt"))
    age = kept.stat().st_mtime_ns
    lost.unlink()
    catalogue.unlink()
    write_sample_archive(tmp_path)
    assert fingerprint(tmp_path) == before
    assert kept.stat().st_mtime_ns == age


def test_the_kinds_of_files_that_an_archive_receives(sample_catalogue: Path) -> None:
    folder = sample_catalogue.parent
    suffixes = [path.suffix for path in folder.rglob("*") if path.is_file()]
    for suffix, least in ((".docx", 30), (".pdf", 15), (".txt", 25), (".html", 10)):
        assert suffixes.count(suffix) >= least
    texts = [path.read_bytes() for path in folder.rglob("*.txt")]
    assert any(text.decode("utf-8", "ignore").encode() == text for text in texts)
    assert any(text.decode("utf-8", "ignore").encode() != text for text in texts), "no GB18030"
