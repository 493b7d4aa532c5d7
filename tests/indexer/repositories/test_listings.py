from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.database import reading, writing
from indexer.records import FileHash
from indexer.repositories import batches, files, listings
from indexer.repositories.files import PathOutcome, PathState, Settled
from indexer.repositories.listings import ListingRow

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROW = ListingRow(path="a.zip", size=5, modified_ns=7, reader=1, body={"entries": []})


def test_what_was_learnt_last_is_known(database: Engine) -> None:
    with writing(database) as connection:
        source_id = batches.source_named(connection, "papers", "/papers")
        listings.keep(connection, source_id, [ROW, replace(ROW, path="b.zip")])
        listings.keep(connection, source_id, [replace(ROW, size=6)])
        listings.keep(connection, source_id, [])
    with reading(database) as connection:
        known = listings.known(connection, "papers")
        assert listings.known(connection, "others") == {}
    assert known == {"a.zip": replace(ROW, size=6), "b.zip": replace(ROW, path="b.zip")}
    with writing(database) as connection:
        listings.forget(connection, source_id, ["a.zip", "c.zip"])
        assert set(listings.known(connection, "papers")) == {"b.zip"}


def test_the_kind_of_a_path_is_that_of_its_content(database: Engine) -> None:
    file_hash = FileHash("a" * 64)
    with writing(database) as connection:
        source_id = batches.source_named(connection, "papers", "/papers")
        number = batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level=None,
            in_place=False,
            started_by="",
        )
        files.note_new(connection, source_id, number, [("a.pdf", 5, 7), ("b.pdf", 5, 7)])
        rows = files.paths_of(connection, source_id)
        files.store_contents(connection, number, {file_hash: (5, None)})
        settled = Settled(
            source_file_id=rows["a.pdf"].source_file_id,
            file_hash=file_hash,
            state=PathState.READ,
            outcome=PathOutcome.INDEXED,
            size=5,
            modified_ns=7,
        )
        files.settle(connection, [settled])
        assert listings.kinds(connection, "papers") == {}
        files.note_outcomes(connection, {file_hash: {"media_type": "application/pdf"}})
        assert listings.kinds(connection, "papers") == {"a.pdf": (5, 7, "application/pdf")}
