from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import Opening, Secrecy
from indexer.catalogue import CatalogueFile, CatalogueRow, Place, UnusableRow
from indexer.catalogue.grids import UnreadCell
from indexer.catalogue.profiles import NO_RULES, CodeRule, Rules, SheetNames
from indexer.catalogue.records_below import TableRow
from indexer.catalogue.rows import RowReader

if TYPE_CHECKING:
    from indexer.catalogue.records_below import Cells


def reader(rules: Rules = NO_RULES, sheet: str = "") -> RowReader:
    return RowReader(sheet, rules, set())


def read(cells: Cells, rules: Rules = NO_RULES, sheet: str = "") -> CatalogueRow:
    found = reader(rules, sheet).read(TableRow(number=2, cells=cells))
    assert isinstance(found, CatalogueRow), found
    return found


def refused(cells: Cells, *unused: object) -> UnusableRow:
    found = reader().read(TableRow(number=2, cells=cells, unused=unused))
    assert isinstance(found, UnusableRow), found
    return found


def test_several_columns_of_one_field_are_brought_together() -> None:
    row = read(
        {
            "title": ["甲"],
            "agency": ["区政府", "民政局", "区政府"],
            "summary": ["概述"],
            "remark": ["原件"],
            "files": ["a"],
            "extension": ["PDF"],
            "attachments": ["b.doc；c"],
        }
    )
    assert row.texts["agency"] == "区政府、民政局"
    assert row.texts["summary"] == "概述；原件"
    assert row.files == (
        CatalogueFile(path="a.PDF"),
        CatalogueFile(path="b.doc", is_attachment=True),
        CatalogueFile(path="c.PDF", is_attachment=True),
    )


def test_two_columns_that_decide_access_must_agree() -> None:
    assert read({"title": ["甲"], "opening": ["开放", "已开放"]}).opening is Opening.OPEN
    assert refused({"title": ["甲"], "opening": ["开放", "控制"]}).problem.problem == "bad_opening"
    assert (
        refused({"title": ["甲"], "secrecy": [UnreadCell("=A1")]}).problem.problem == "bad_secrecy"
    )


def test_a_cell_without_a_value_is_left_out_and_listed() -> None:
    each = reader()
    row = each.read(TableRow(number=2, cells={"title": ["甲"], "retention": [UnreadCell("#REF!")]}))
    assert isinstance(row, CatalogueRow)
    assert "retention" not in row.texts
    assert [(doubt.problem, doubt.value) for doubt in each.doubts] == [("unread_cell", "#REF!")]


def test_what_is_said_of_a_state_secret_is_not_told() -> None:
    each = reader()
    row = each.read(
        TableRow(number=2, cells={"title": ["甲"], "secrecy": ["机密"], "date": ["某日"]})
    )
    assert isinstance(row, CatalogueRow)
    assert [(doubt.problem, doubt.value) for doubt in each.doubts] == [("bad_date", "")]
    bad = refused({"title": ["甲"], "secrecy": ["机密"], "opening": ["内情"]})
    assert (bad.problem.value, bad.problem.secrecy) == ("", Secrecy.CONFIDENTIAL)


def test_a_marking_in_a_column_that_nobody_named_is_heard() -> None:
    bad = refused({"title": ["甲"]}, "秘密★长期")
    assert (bad.problem.problem, bad.problem.secrecy) == ("marking_elsewhere", Secrecy.SECRET)
    # A 密级 of its own is the row's word.
    assert isinstance(
        reader().read(
            TableRow(number=2, cells={"title": ["甲"], "secrecy": ["公开"]}, unused=("秘密",))
        ),
        CatalogueRow,
    )


def test_a_code_is_built_by_the_rule_alone_and_from_what_rules_add() -> None:
    cells: Cells = {"title": ["甲"], "item": ["7"], "organ": ["BGS"]}
    assert "archival_code" not in read(cells).texts
    rules = Rules(
        code=CodeRule.BY_ITEM, sheet_names=SheetNames.YEAR, fonds="Z109", retention="永久"
    )
    row = read(cells, rules, "2011年")
    assert row.texts["archival_code"] == "Z109-WS·2011-Y-BGS-0007"
    assert row.place == Place(fonds="Z109", year="2011", retention="永久", organ="BGS", item="7")
    by_name = read({"title": ["甲"]}, Rules(sheet_names=SheetNames.RETENTION), "文书30年")
    assert by_name.texts["retention"] == "30年"
    own = read({"title": ["甲"], "archival_code": ["X-1"], "item": ["7"]}, rules, "2011")
    assert own.texts["archival_code"] == "X-1"


def test_pages_may_stand_in_one_column_or_two() -> None:
    ways: tuple[dict[str, list[object]], ...] = (
        {"page_range": ["3-7"]},
        {"first_page": [3], "last_page": ["7"]},
    )
    for cells in ways:
        row = read({"title": ["甲"], **cells})
        assert row.pages is not None
        assert (row.pages.first, row.pages.last) == (3, 7)


def test_a_row_with_a_code_or_a_folder_alone_describes_something() -> None:
    assert read({"archival_code": ["Z109-WS·2011-Y-BGS-0007"]}).texts
    assert read({"folder": ["卷1"]}).folder == "卷1"
    assert refused({"retention": ["永久"]}).problem.problem == "nothing_described"
    assert refused({}).problem.problem == "nothing_described"
    broken = reader().read(TableRow(number=2, cells=None))
    assert isinstance(broken, UnusableRow)
    assert broken.problem.problem == "not_a_row"
