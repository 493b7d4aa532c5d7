from __future__ import annotations

from pathlib import Path

from indexer.access import Secrecy
from indexer.catalogue import BadRow, CatalogueFile, CatalogueRow, PageRange, Place, UnusableRow
from indexer.catalogue.manifest import Catalogue
from indexer.catalogue.profiles import NO_RULES, Rules
from indexer.importing.items import Joined, join
from indexer.importing.joining import Ambiguity, Ground, UnevenFolder
from indexer.records import FileRole
from tests.indexer.importing.holdings import holdings_of

FOLDER = Path("/archive")


def row(number: int, title: str = "", code: str = "", **fields: object) -> CatalogueRow:
    texts = {"title": title or f"第{number}行", "archival_code": code}
    return CatalogueRow(number=number, external_id="", texts=texts, **fields)  # type: ignore[arg-type]


def bad(each: CatalogueRow) -> UnusableRow:
    problem = BadRow(number=each.number, problem="bad_secrecy", value="?")
    return UnusableRow(problem=problem, row=each)


def joined(
    rows: list[CatalogueRow], paths: list[str], *unusable: CatalogueRow, rules: Rules = NO_RULES
) -> Joined:
    catalogue = Catalogue(rows=tuple(rows), unusable=tuple(map(bad, unusable)), rules=rules)
    return join(FOLDER, None, catalogue, holdings_of(paths))


def grounds(found: Joined) -> list[tuple[int, Ground, tuple[str, ...]]]:
    return [(each.number, each.ground, each.paths) for each in found.matches]


A = "Z109-WS·2011-Y-BGS-0001"


def test_each_ground_comes_after_the_surer_one() -> None:
    rows = [
        row(2, files=(CatalogueFile(path="x.pdf"),)),
        row(3, code=A),
        row(4, title="关于防汛的通知"),
        row(5, title="无关"),
    ]
    found = joined(rows, ["x.pdf", f"{A}.pdf", "关于“防汛”的 通知.docx", "余.txt"])
    assert grounds(found) == [
        (2, Ground.PATH, ("x.pdf",)),
        (3, Ground.CODE, (f"{A}.pdf",)),
        (4, Ground.NAME, ("关于“防汛”的 通知.docx",)),
    ]
    assert [each.number for each in found.without_file] == [5]
    assert [item.paths for item in found.items if item.row is None] == [("余.txt",)]


def test_images_of_a_code_are_its_pages_in_their_order_and_attachments_come_last() -> None:
    paths = [f"{A}-{page}.tif" for page in (10, 2, 1)] + [f"{A}附件.pdf", f"{A}.pdf"]
    (item,) = joined([row(2, code=A)], paths).items
    assert item.files == (
        (f"{A}.pdf", FileRole.TEXT),
        (f"{A}-1.tif", FileRole.PAGE_IMAGE),
        (f"{A}-2.tif", FileRole.PAGE_IMAGE),
        (f"{A}-10.tif", FileRole.PAGE_IMAGE),
        (f"{A}附件.pdf", FileRole.ATTACHMENT),
    )


def test_a_folder_named_by_a_row_or_by_its_code_gives_all_its_files() -> None:
    rows = [row(2, code=A), row(3, folder="扫描/卷3")]
    found = joined(rows, [f"{A}/1.tif", f"{A}/2.tif", "扫描/卷3/x.tif", "扫描/卷3/y.tif"])
    assert [len(item.files) for item in found.items] == [2, 2]
    missing = joined([row(2, folder="卷9")], ["a.txt"])
    assert [each.problem for each in missing.bad_rows] == ["file_missing"]


def test_two_rows_of_one_code_leave_its_file_apart_and_nobody_reads_it() -> None:
    found = joined([row(2, code=A), row(3, code=A)], [f"{A}.pdf"])
    assert found.matches == ()
    assert found.ambiguous == (
        Ambiguity(ground=Ground.CODE, rows=(("", 2), ("", 3)), paths=(f"{A}.pdf",)),
    )
    assert [each.problem for each in found.bad_rows] == ["duplicate_id"]
    assert found.kept_back == {f"{A}.pdf": "3: duplicate_id"}


def test_one_title_of_two_rows_or_two_files_is_left_apart() -> None:
    rows = [
        row(2, title="会议纪要", place=Place(item="1")),
        row(3, title="会议纪要", place=Place(item="2")),
    ]
    found = joined(rows, ["会议纪要.pdf"])
    assert found.matches == ()
    assert [each.ground for each in found.ambiguous] == [Ground.NAME]
    assert len({item.key for item in found.items}) == 3
    several = joined([row(2, title="会议纪要")], ["会议纪要.pdf", "甲/会议纪要.doc"])
    assert several.matches == ()
    assert several.ambiguous[0].paths == ("会议纪要.pdf", "甲/会议纪要.doc")


def test_a_name_with_several_files_makes_a_row_bad_and_keeps_all_of_them_back() -> None:
    named = row(2, files=(CatalogueFile(path="a.pdf"),))
    found = joined([named], ["1/a.pdf", "2/a.pdf", "b.txt"])
    assert [(each.problem, each.value) for each in found.bad_rows] == [("file_ambiguous", "a.pdf")]
    assert set(found.kept_back) == {"1/a.pdf", "2/a.pdf"}


def test_files_of_a_row_that_cannot_be_used_are_kept_back_on_every_ground() -> None:
    found = joined([], [f"{A}.pdf", "防汛.doc", "余.txt"], row(2, code=A), row(3, title="防汛"))
    assert found.kept_back == {f"{A}.pdf": "2: bad_secrecy", "防汛.doc": "3: bad_secrecy"}
    assert [item.paths for item in found.items] == [("余.txt",)]


def test_a_state_secret_is_not_opened_on_whichever_ground_it_may_be_meant() -> None:
    rows = [
        row(2, code=A, secrecy=Secrecy.SECRET),
        row(3, title="防汛", secrecy=Secrecy.TOP, place=Place(item="3")),
        row(4, title="防汛", place=Place(item="4")),
    ]
    found = joined(rows, [f"{A}.pdf", "防汛.doc"])
    assert found.secret == {f"{A}.pdf": Secrecy.SECRET, "防汛.doc": Secrecy.TOP}


def test_order_joins_only_where_a_profile_says_so_and_the_numbers_agree() -> None:
    rows = [row(number) for number in (2, 3, 4)]
    paths = ["扫描/10.pdf", "扫描/9.pdf", "扫描/8.pdf"]
    assert joined(rows, paths).matches == ()
    by_order = Rules(join_by_order=True)
    assert grounds(joined(rows, paths, rules=by_order)) == [
        (2, Ground.ORDER, ("扫描/8.pdf",)),
        (3, Ground.ORDER, ("扫描/9.pdf",)),
        (4, Ground.ORDER, ("扫描/10.pdf",)),
    ]
    uneven = joined(rows, paths[:2], rules=by_order)
    assert uneven.matches == ()
    assert uneven.uneven == (UnevenFolder(folder="扫描", rows=3, files=2),)


def test_a_bad_row_has_its_place_in_the_order_too() -> None:
    paths = ["扫描/1.pdf", "扫描/2.pdf"]
    found = joined([row(3)], paths, row(2), rules=Rules(join_by_order=True))
    assert found.kept_back == {"扫描/1.pdf": "2: bad_secrecy"}
    assert [item.paths for item in found.items] == [("扫描/2.pdf",)]


def test_order_goes_by_the_folder_of_a_volume() -> None:
    rows = [
        row(number, place=Place(volume=volume, item=str(number)))
        for number, volume in ((2, "001"), (3, "001"), (4, "002"))
    ]
    paths = ["001/a.pdf", "001/b.pdf", "002/a.pdf"]
    found = joined(rows, paths, rules=Rules(join_by_order=True))
    assert [paths for _, _, paths in grounds(found)] == [(path,) for path in paths]


def test_rows_that_share_a_scan_get_their_pages_of_it() -> None:
    scan = (CatalogueFile(path="卷1.pdf"),)
    rows = [
        row(2, files=scan, pages=PageRange(first=1)),
        row(3, files=scan, pages=PageRange(first=4)),
        row(4, files=scan, pages=PageRange(first=9, last=12)),
    ]
    found = joined(rows, ["卷1.pdf"], rules=Rules(pages_before=2))
    assert [item.pages for item in found.items] == [
        PageRange(first=3, last=5),
        PageRange(first=6, last=10),
        PageRange(first=11, last=14),
    ]
    assert len({item.key for item in found.items}) == 3
    alone = joined(rows[1:2], ["卷1.pdf"])
    assert [item.pages for item in alone.items] == [None]


def test_leftover_files_are_unclear_while_a_row_that_restricts_is_without_its_file() -> None:
    def unclear(*rows: CatalogueRow) -> list[bool]:
        return [item.is_unclear for item in joined(list(rows), ["余.txt"]).items if not item.row]

    assert unclear(row(2)) == [False]
    assert unclear(row(2, secrecy=Secrecy.PUBLIC)) == [False]
    assert unclear(row(2, secrecy=Secrecy.INTERNAL)) == [True]
    assert [each.is_unclear for each in joined([], ["余.txt"], row(2)).items] == [True]


def test_rows_of_one_title_are_told_apart_by_their_place() -> None:
    rows = [row(n, title="会议纪要", place=Place(item=str(n))) for n in (1, 2, 3)]
    found = joined(rows, [])
    assert len({item.key for item in found.items}) == 3
    again = joined([row(1, title="会议纪要"), row(2, title="会议纪要")], [])
    assert [each.problem for each in again.bad_rows] == ["duplicate_id"]
