from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from indexer.database import reading, writing
from indexer.importing.reparsing import AT_ONCE, reparse_all
from indexer.official.as_json import is_current
from indexer.tables import document_relation, record, stored_file

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf

PAPER = "关于低保的通知\n青民发〔2008〕15号\n各街道：\n《青山区旧办法》同时废止。\n"
OLDER = {"title": "旧的题名", "date": ""}


def grow_old(shelf: Shelf) -> None:
    """Make everything as a former version left it."""
    with writing(shelf.engine) as connection:
        connection.execute(document_relation.delete())
        connection.execute(update(stored_file).values(parsed=OLDER))
        connection.execute(update(record).values(title_key=None, number_key=None))


def test_the_next_import_reads_again_what_an_older_version_read(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.txt", PAPER)
    shelf.run()
    grow_old(shelf)
    report = shelf.run()
    assert (report.unchanged, report.indexed, report.records_unchanged) == (1, 0, 1)
    with reading(shelf.engine) as connection:
        assert is_current(connection.execute(select(stored_file.c.parsed)).scalar_one())
        assert connection.execute(select(document_relation.c.title_key)).scalar_one()
        keys = connection.execute(select(record.c.title_key, record.c.number_key)).one()
    assert tuple(keys) == ("关于低保的通知", "青民发|2008|15")


def test_the_command_reads_all_of_them_without_their_folder(shelf: Shelf) -> None:
    for number in range(AT_ONCE + 1):
        shelf.put(f"{number}.txt", f"{PAPER}{number}")
    shelf.run()
    grow_old(shelf)
    lost = shelf.paths()["0.txt"].file_hash
    assert lost is not None
    shelf.stores.texts.remove(lost)
    seen: list[int] = []
    assert reparse_all(shelf.engine, shelf.settings, seen.append) == AT_ONCE
    assert seen[-1] == AT_ONCE
    with reading(shelf.engine) as connection:
        rows = connection.execute(select(stored_file.c.file_hash, stored_file.c.parsed)).all()
        assert len(connection.execute(select(document_relation)).all()) == AT_ONCE
    assert [row.file_hash for row in rows if not is_current(row.parsed)] == [lost]
