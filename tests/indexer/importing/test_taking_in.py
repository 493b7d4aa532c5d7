"""Files that a program of others must convert first, in a batch with others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.extraction import Reason
from indexer.importing.retrying import retry
from indexer.importing.undo import undo_batch
from indexer.storage.originals import hash_file
from tests.indexer.containers.archives import zipped
from tests.indexer.conversion.programs import office, open_text, word_2, writes
from tests.indexer.importing.test_holders import mail, states

if TYPE_CHECKING:
    from pathlib import Path

    from tests.indexer.importing.shelf import Shelf


@pytest.fixture
def program(tmp_path: Path) -> str:
    """An office program: what is written after the head of a file says what it makes of it."""
    return office(
        tmp_path,
        'case $(cat "$in") in',
        f"*marked) {writes(open_text('机密★10年', '名单'))} ;;",
        "*broken) exit 0 ;;",
        f"*) {writes(open_text('关于知青档案的通知'))} ;;",
        "esac",
    )


def with_office(shelf: Shelf, program: str) -> None:
    shelf.settings = replace(shelf.settings, office=program)


def test_without_the_program_they_wait_and_with_it_the_next_import_reads_them(
    shelf: Shelf, program: str
) -> None:
    with_office(shelf, "")
    shelf.put("a.doc", word_2())
    shelf.put("b.txt", "防汛通知")
    report = shelf.run()
    assert (report.indexed, report.by_reason) == (1, {Reason.NEEDS_TOOL: 1})
    assert [each.detail for each in report.problems] == ["LibreOffice"]
    assert retry(shelf.engine, shelf.settings, Reason.NEEDS_TOOL) == 1
    assert shelf.run().by_reason == {Reason.NEEDS_TOOL: 1}
    with_office(shelf, program)
    report = shelf.run()
    assert (report.indexed, report.unchanged, report.failed) == (1, 1, 0)
    assert report.records_changed == 1
    record = shelf.records()["关于知青档案的通知"]
    assert shelf.text_of(record) == "关于知青档案的通知"
    assert record.files[0].extractor == "office/1"
    # Where the program is gone again, what it has read stays.
    with_office(shelf, "")
    assert shelf.run().unchanged == 2


def test_what_was_born_digital_is_saved_before_anything_is_converted(
    shelf_anywhere: Shelf, program: str
) -> None:
    shelf = shelf_anywhere
    with_office(shelf, program)
    shelf.put("a.doc", word_2())
    shelf.put("b.txt", "防汛通知")
    shelf.put("c/a.doc", word_2())
    shelf.put("d.doc", word_2("broken"))
    shelf.put("e/f.txt", "供暖通知")
    report = shelf.run()
    assert (report.found, report.indexed, report.duplicate, report.failed) == (5, 3, 1, 1)
    assert report.by_reason == {Reason.DAMAGED: 1}
    assert report.records_changed == 5
    order = [each.record_id for each in shelf.changes()]
    found = shelf.records()
    first, last = found["供暖通知"], found["关于知青档案的通知"]
    assert order.index(first.record_id) < order.index(last.record_id)
    assert shelf.run().records_changed == 0
    undo_batch(shelf.engine, shelf.settings, report.batch_number)
    assert shelf.records() == {}


def test_what_holds_one_is_kept_only_when_it_is_through_the_guard(
    shelf: Shelf, program: str
) -> None:
    with_office(shelf, program)
    message = shelf.put("a.eml", mail(("名单.doc", word_2("marked"))))
    other = shelf.put("b.eml", mail(("通知.doc", word_2()), subject="来函"))
    archive = shelf.put("c.zip", zipped({"名单.doc": word_2("marked"), "d.txt": b"D"}))
    report = shelf.run()
    assert states(shelf)["a.eml/名单.doc"] == Reason.QUARANTINED
    assert states(shelf)["b.eml"] == states(shelf)["b.eml/通知.doc"] == "read"
    assert report.quarantined == 4  # the list and what holds it, twice
    assert not shelf.stores.originals.has(hash_file(message))
    assert not shelf.stores.originals.has(hash_file(archive))
    assert shelf.stores.originals.has(hash_file(other))
    (record,) = (each for each in shelf.records().values() if len(each.files) == 2)
    assert "关于知青档案的通知" in shelf.text_of(record)
