from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.importing.undo import undo_batch
from indexer.repositories import differences

if TYPE_CHECKING:
    from indexer.repositories.differences import Difference
    from tests.indexer.importing.shelf import Shelf

PAPER = (
    "青山区民政局文件\n青民发〔2008〕15号\n关于做好低保工作的通知\n各街道办事处：\n正文。\n"
    "青山区民政局\n2008年3月15日\n"
)


def known(shelf: Shelf) -> dict[str, Difference]:
    """Every difference of the archive, by field."""
    ids = [record.record_id for record in shelf.records().values()]
    with reading(shelf.engine) as connection:
        found = differences.of_records(connection, ids)
    return {each.field: each for each in sum(found.values(), ())}


def describe(shelf: Shelf, **row: str) -> None:
    shelf.rows.clear()
    shelf.describe(**{"id": "1", "file": "a.txt", "title": "关于做好低保工作的通知"} | row)


def settle(shelf: Shelf, field: str) -> bool:
    (record,) = shelf.records().values()
    with writing(shelf.engine) as connection:
        return differences.settle(connection, record.record_id, field, by="li", at=utc_now())


def test_what_differs_is_noted_and_what_agrees_is_not(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.txt", PAPER)
    describe(
        shelf,
        title="关于做好低保 工作的通知",
        agency="区民政局",
        document_number="青民发[2008]16号",
        date="2009",
    )
    shelf.run()
    found = known(shelf)
    assert {field: (each.catalogue, each.document) for field, each in found.items()} == {
        "document_number": ("青民发[2008]16号", "青民发〔2008〕15号"),
        "date": ("2009", "2008-03-15"),
    }
    (record,) = shelf.records().values()
    assert record.description.document_number == "青民发[2008]16号"


def test_a_decision_stands_until_one_of_the_two_says_something_else(shelf: Shelf) -> None:
    shelf.put("a.txt", PAPER)
    describe(shelf, date="2009")
    shelf.run()
    assert settle(shelf, "date")
    assert not settle(shelf, "date")
    shelf.run()
    assert known(shelf)["date"].settled_by == "li"
    assert known(shelf)["date"].batch_number == 1
    describe(shelf, date="2010")
    shelf.run()
    assert known(shelf)["date"].settled_by is None
    assert known(shelf)["date"].batch_number == 3
    describe(shelf, date="2008-03")
    shelf.run()
    assert known(shelf) == {}


def test_undoing_brings_back_what_was_known(shelf: Shelf) -> None:
    shelf.put("a.txt", PAPER)
    describe(shelf, date="2009")
    shelf.run()
    describe(shelf, date="2010", document_number="青民发〔2008〕1号")
    shelf.run()
    assert known(shelf).keys() == {"date", "document_number"}
    undo_batch(shelf.engine, shelf.settings, 2)
    assert {field: each.catalogue for field, each in known(shelf).items()} == {"date": "2009"}
    undo_batch(shelf.engine, shelf.settings, 1)
    with reading(shelf.engine) as connection:
        assert not differences.batches_with_some(connection)


def test_a_changed_file_without_its_catalogue(shelf: Shelf) -> None:
    shelf.put("a.txt", PAPER)
    describe(shelf, date="2009", document_number="青民发〔2008〕16号")
    shelf.run()
    shelf.put("a.txt", PAPER.replace("15号", "16号").replace("3月15日", "3月16日"))
    shelf.run(listed=False)
    assert {field: each.document for field, each in known(shelf).items()} == {"date": "2008-03-16"}


def test_what_is_taken_out_leaves_no_words_behind(shelf: Shelf) -> None:
    shelf.put("a.txt", PAPER)
    describe(shelf, date="2009")
    shelf.run()
    (record,) = shelf.records().values()
    shelf.put("a.txt", f"机密★10年\n{PAPER}")
    shelf.run()
    assert shelf.records() == {}
    with reading(shelf.engine) as connection:
        assert differences.of_records(connection, [record.record_id]) == {}
