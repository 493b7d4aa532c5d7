from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import Audience
from indexer.records import FileRole, TextState

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def audience(shelf: Shelf, title: str) -> Audience | None:
    return shelf.records()[title].description.level.audience


def test_a_record_has_its_files_in_order_or_none(shelf: Shelf) -> None:
    shelf.put("正文.txt", "关于防汛的通知")
    shelf.put("附件.txt", "物资清单")
    shelf.describe(id="1", title="甲", file="正文.txt", 附件="附件.txt")
    shelf.describe(id="2", title="乙", 存放位置="3-2-1")
    report = shelf.run(level="public")
    assert (report.indexed, report.records_changed, report.unlisted) == (2, 2, ())
    described = shelf.records()
    assert [(file.name, file.role) for file in described["甲"].files] == [
        ("正文.txt", FileRole.TEXT),
        ("附件.txt", FileRole.ATTACHMENT),
    ]
    assert described["甲"].external_id == "1"
    assert described["乙"].text_state is TextState.PAPER


def test_two_records_may_share_a_file(shelf: Shelf) -> None:
    shelf.put("卷.txt", "防汛")
    shelf.describe(id="1", title="甲", file="卷.txt")
    shelf.describe(id="2", title="乙", file="卷.txt")
    report = shelf.run()
    assert (report.found, report.indexed, report.records_changed) == (1, 1, 2)
    assert shelf.run().records_unchanged == 2


def test_a_mended_catalogue_changes_only_what_it_says_anew(shelf: Shelf) -> None:
    for name in "甲乙丙":
        shelf.put(f"{name}.txt", name)
        shelf.describe(id=name, title=name, file=f"{name}.txt")
    shelf.run()
    before = len(shelf.changes())
    shelf.rows[1]["agency"] = "民政局"
    report = shelf.run()
    assert (report.records_changed, report.records_unchanged) == (1, 2)
    assert len(shelf.changes()) == before + 1
    assert shelf.records()["乙"].description.agency == "民政局"


def test_what_was_catalogued_stays_so_when_the_catalogue_is_left_out(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.put("b.txt", "二")
    shelf.put("c.txt", "三")
    shelf.describe(id="1", title="甲", 密级="内部", file=["a.txt", "b.txt"])
    shelf.describe(title="丙", 密级="内部", file="c.txt")
    shelf.run()
    report = shelf.run(level="public", listed=False)
    assert (report.records_changed, report.records_unchanged) == (0, 2)
    assert audience(shelf, "甲") is Audience.STAFF
    assert audience(shelf, "丙") is Audience.STAFF
    # A changed file is taken in under the old description.
    shelf.put("b.txt", "二之二")
    report = shelf.run(level="public", listed=False)
    assert (report.records_changed, len(shelf.records())) == (1, 2)
    assert shelf.text_of(shelf.records()["甲"]) == "一\n二之二"
    assert audience(shelf, "甲") is Audience.STAFF


def test_a_file_beside_a_secret_one_is_not_set_free_by_leaving_the_catalogue_out(
    shelf: Shelf,
) -> None:
    shelf.put("a.txt", "一")
    shelf.put("b.txt", "二")
    shelf.describe(id="1", title="甲", 密级="内部", file=["a.txt", "b.txt"])
    shelf.run()
    shelf.put("a.txt", "机密★10年\n\n一")
    report = shelf.run(level="public", listed=False)
    assert (report.quarantined, report.records_removed) == (1, 1)
    assert shelf.records() == {}
    assert shelf.run(level="public", listed=False).records_changed == 0
    assert shelf.records() == {}


def test_a_catalogue_that_comes_later_replaces_what_files_said_of_themselves(
    shelf: Shelf,
) -> None:
    shelf.put("a.txt", "一")
    shelf.run(level="public")
    (first,) = shelf.records().values()
    shelf.describe(id="1", title="甲", 密级="内部", file="a.txt")
    report = shelf.run(level="public")
    assert (report.records_changed, report.records_removed) == (1, 1)
    assert list(shelf.records()) == ["甲"]
    assert first.record_id in {change.record_id for change in shelf.changes()[-2:]}


def test_a_row_that_gets_another_id_does_not_leave_the_old_one_open(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.describe(id="1", title="甲", opening="open", file="a.txt")
    shelf.run()
    shelf.rows[0].update(id="2", title="乙", opening="controlled")
    report = shelf.run()
    assert (report.records_changed, report.records_removed) == (1, 1)
    assert list(shelf.records()) == ["乙"]


def test_a_preset_opens_only_what_the_guard_has_read(shelf: Shelf) -> None:
    shelf.put("读得出.txt", "防汛")
    shelf.put("读不出.pdf", b"%PDF-1.7 broken")
    shelf.put("附件读不出.txt", "防汛")
    shelf.put("附件.bin", bytes(range(256)))
    shelf.describe(id="1", title="附件", file="附件读不出.txt", 附件="附件.bin")
    report = shelf.run(level="public")
    assert report.held_back == 2
    assert audience(shelf, "读得出") is Audience.PUBLIC
    assert audience(shelf, "读不出") is Audience.STAFF
    assert audience(shelf, "附件") is Audience.STAFF
    shelf.rows[0]["opening"] = "open"
    shelf.run(level="public")
    assert audience(shelf, "附件") is Audience.PUBLIC


def test_without_a_level_what_is_there_keeps_its_own(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.run(level="public")
    shelf.put("b.txt", "二")
    shelf.run()
    assert audience(shelf, "a") is Audience.PUBLIC
    assert audience(shelf, "b") is Audience.STAFF
    shelf.put("a.txt", b"%PDF-1.7 broken")
    shelf.run()
    assert audience(shelf, "a") is Audience.STAFF


def test_a_paper_marked_internal_is_internal_whatever_the_batch_says(shelf: Shelf) -> None:
    shelf.put("a.txt", "内部\n\n关于防汛工作的通知\n\n各单位：\n请做好准备。")
    shelf.run(level="public")
    (record,) = shelf.records().values()
    assert record.description.level.is_internal
