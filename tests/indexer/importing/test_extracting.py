from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.containers.unpacker import Unpacker
from indexer.copies.fingerprint import fingerprint_of
from indexer.database import reading, writing
from indexer.errors import StorageFullError
from indexer.extraction import Extracted, ExtractionJob, Outcome
from indexer.extraction.pool import ExtractionPool
from indexer.importing.bringing import Bringer
from indexer.importing.extracting import GroupReader
from indexer.importing.looking import Holdings
from indexer.importing.spool import Spool
from indexer.official import ParsedDocument
from indexer.repositories import batches, files
from indexer.repositories.files import PathOutcome, PathState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.repositories.files import PathRow
    from tests.indexer.importing.shelf import Shelf


def found(shelf: Shelf, *names: str) -> tuple[int, list[PathRow]]:
    with writing(shelf.engine) as connection:
        source_id = batches.source_named(connection, "papers", str(shelf.folder))
        number = batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level=None,
            in_place=False,
            started_by="",
        )
        files.note_new(connection, source_id, number, [(name, 1, 1) for name in names])
        return number, list(files.paths_of_group(connection, source_id, names).values())


def reader(shelf: Shelf, number: int, settled: list[int]) -> GroupReader:
    holdings, unpacker = Holdings(files=()), Unpacker(shelf.settings, shelf.folder)
    spool = Spool(shelf.folder, shelf.settings.spool, unpacker, holdings, 0)
    return GroupReader(
        shelf.engine,
        shelf.stores,
        Bringer(shelf.folder, shelf.stores, holdings, spool, in_place=False),
        batch_number=number,
        cleared=frozenset(),
        on_settled=settled.append,
    )


def test_every_file_of_a_group_is_settled(shelf: Shelf) -> None:
    names = [f"{number:02}.txt" for number in range(40)]
    for number, name in enumerate(names):
        shelf.put(name, f"第{number % 30}号")
    shelf.put("marked.txt", "机密★10年\n内容")
    batch_number, rows = found(shelf, *names, "marked.txt", "gone.txt")
    settled: list[int] = []
    with ExtractionPool(shelf.settings, shelf.settings.texts) as pool:
        reader(shelf, batch_number, settled).read(rows, pool)
    assert sum(settled) == 42
    outcomes = [row.outcome for row in shelf.paths().values()]
    assert {name: outcomes.count(name) for name in PathOutcome} == {
        PathOutcome.INDEXED: 30,
        PathOutcome.DUPLICATE: 10,
        PathOutcome.QUARANTINED: 1,
        PathOutcome.FAILED: 1,
        PathOutcome.UNCHANGED: 0,
        PathOutcome.OPENED: 0,
    }
    assert len(list(shelf.stores.texts.entries())) == 30


class FullPool:
    """Gives two outcomes, then has no space: a disk cannot be filled in a test."""

    def run(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        for number, job in enumerate(jobs):
            if number == 2:
                raise StorageFullError("no space left")
            yield (
                job,
                Extracted(
                    media_type="text/plain",
                    extractor="text/1",
                    page_count=1,
                    char_count=1,
                    parsed=ParsedDocument(),
                    fingerprint=fingerprint_of(["甲"]),
                ),
            )


def test_what_was_through_when_the_disk_filled_up_is_noted(shelf: Shelf) -> None:
    names = [f"{number:02}.txt" for number in range(40)]
    for number, name in enumerate(names):
        shelf.put(name, f"第{number}号")
    batch_number, rows = found(shelf, *names)
    with pytest.raises(StorageFullError):
        reader(shelf, batch_number, []).read(rows, FullPool())
    states = [row.state for row in shelf.paths().values()]
    assert (states.count(PathState.READ), states.count(PathState.FOUND)) == (2, 38)
    with reading(shelf.engine) as connection:
        assert files.left_unread(connection)
