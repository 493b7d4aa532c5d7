from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.importing.scope import Scope
from indexer.importing.undo import undo_batch
from indexer.originals import locate
from indexer.repositories.files import PathState, contents

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def test_a_moved_file_keeps_its_record(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    path = shelf.put("收文/防汛.txt", "关于防汛的正文")
    shelf.put("供暖.txt", "供暖")
    shelf.run()
    before = shelf.records()["防汛"]
    (shelf.folder / "归档").mkdir()
    path.rename(shelf.folder / "归档" / "防汛通知.txt")
    report = shelf.run()
    assert (report.found, report.unchanged, report.missing, report.records_changed) == (2, 2, 0, 1)
    after = shelf.records()["防汛通知"]
    assert after.record_id == before.record_id
    assert set(shelf.paths()) == {"供暖.txt", "归档/防汛通知.txt"}
    # It goes on under its name: changed there, it is still the same record.
    shelf.put("归档/防汛通知.txt", "关于防汛的正文，改过的")
    assert shelf.run().indexed == 1
    assert shelf.records()["防汛通知"].record_id == before.record_id
    assert shelf.run().records_changed == 0


def test_a_renamed_folder_is_the_same_records_elsewhere(shelf: Shelf) -> None:
    for name in ("一", "二", "三"):
        shelf.put(f"旧/{name}.txt", "同样的正文" if name != "三" else "别的正文")
    shelf.run()
    before = {title: record.record_id for title, record in shelf.records().items()}
    (shelf.folder / "旧").rename(shelf.folder / "新")
    report = shelf.run(scope=Scope(frozenset({"旧", "新"})))
    assert (report.found, report.unchanged, report.missing) == (3, 3, 0)
    assert {title: record.record_id for title, record in shelf.records().items()} == before


def test_what_cannot_be_told_apart_is_not_guessed(shelf: Shelf) -> None:
    paths = [shelf.put(f"{name}.txt", "同样的正文") for name in ("一", "二")]
    shelf.run()
    for path, name in zip(paths, ("三", "四"), strict=True):
        path.rename(shelf.folder / f"{name}.txt")
    report = shelf.run()
    assert (report.duplicate, report.missing) == (2, 2)
    assert set(shelf.records()) == {"一", "二", "三", "四"}


def test_a_file_that_comes_back_elsewhere_brings_its_record_along(shelf: Shelf) -> None:
    path = shelf.put("一.txt", "正文")
    shelf.put("二.txt", "别的")
    shelf.run()
    record_id = shelf.records()["一"].record_id
    away = path.rename(shelf.folder.parent / "拿走的")
    assert shelf.run().missing == 1
    assert shelf.paths()["一.txt"].state is PathState.MISSING
    away.rename(shelf.folder / "放回.txt")
    assert shelf.run().missing == 0
    assert shelf.records()["放回"].record_id == record_id


def test_an_original_that_stays_in_place_is_found_where_it_went(shelf: Shelf) -> None:
    path = shelf.put("一.txt", "正文")
    shelf.run(in_place=True)
    path.rename(shelf.folder / "二.txt")
    shelf.run(in_place=True)
    file_hash = shelf.records()["二"].files[0].file_hash
    assert file_hash is not None
    with reading(shelf.engine) as connection:
        content = contents(connection, [file_hash])[file_hash]
        assert locate(connection, shelf.stores.originals, file_hash).read_text() == "正文"
    assert content.in_place == str(shelf.folder / "二.txt")


def test_what_the_catalogue_called_secret_stays_closed_wherever_it_is_moved(shelf: Shelf) -> None:
    shelf.describe(id="2", title="密件", file="密.txt", secrecy="机密")
    path = shelf.put("密.txt", "不得打开")
    shelf.put("一.txt", "正文")
    assert shelf.run().quarantined == 1
    path.rename(shelf.folder / "随便.txt")
    assert shelf.run(listed=False).quarantined == 1
    assert set(shelf.records()) == {"一"}
    assert shelf.run(listed=False).quarantined == 1


def test_a_catalogued_record_follows_its_file(shelf: Shelf) -> None:
    shelf.describe(id="1", title="目录题名", file="一.txt")
    path = shelf.put("一.txt", "正文")
    shelf.run()
    record_id = shelf.records()["目录题名"].record_id
    path.rename(shelf.folder / "改名.txt")
    report = shelf.run(listed=False)
    assert (report.unchanged, report.missing) == (1, 0)
    assert {title: each.record_id for title, each in shelf.records().items()} == {
        "目录题名": record_id
    }


def test_undoing_the_batch_of_a_move_leaves_the_record_as_it_was(shelf: Shelf) -> None:
    path = shelf.put("一.txt", "正文")
    shelf.run()
    record_id = shelf.records()["一"].record_id
    path.rename(shelf.folder / "二.txt")
    number = shelf.run().batch_number
    undo_batch(shelf.engine, shelf.settings, number)
    assert shelf.records()["一"].record_id == record_id
    shelf.run()
    assert shelf.records()["二"].record_id == record_id
