from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from indexer.access import Secrecy
from indexer.catalogue import BadRow, CatalogueFile, CatalogueRow, UnusableRow
from indexer.catalogue.manifest import Catalogue
from indexer.importing.items import Joined, join
from indexer.importing.looking import Holdings
from indexer.importing.walk import FoundFile
from indexer.records import FileRole
from indexer.storage.names import key_of

FOLDER = Path("/archive/docs")
MANIFEST = Path("/archive/catalogue.csv")


def row(number: int, *paths: str, **fields: object) -> CatalogueRow:
    files = tuple(CatalogueFile(path=path) for path in paths)
    return CatalogueRow(number=number, files=files, **{"external_id": "", **fields})  # type: ignore[arg-type]


def joined(rows: list[CatalogueRow], paths: list[str], bad: list[BadRow] | None = None) -> Joined:
    return join(FOLDER, MANIFEST, catalogue_of(rows, bad or []), holding(paths))


def catalogue_of(rows: list[CatalogueRow], bad: list[BadRow]) -> Catalogue:
    unusable = tuple(
        UnusableRow(problem=each, row=row(each.number, *each.paths, secrecy=each.secrecy))
        for each in bad
    )
    return Catalogue(rows=tuple(rows), unusable=unusable)


def holding(paths: list[str]) -> Holdings:
    files = tuple(FoundFile(path=path, size=1, modified_ns=0) for path in paths)
    return Holdings(files=files)


def test_rows_come_first_and_files_that_no_row_names_follow() -> None:
    found = joined([row(2, "docs/b.txt", external_id="7")], ["a.txt", "b.txt"])
    assert [(item.key, item.paths) for item in found.items] == [
        ("id:7", ("b.txt",)),
        ("path:a.txt", ("a.txt",)),
    ]


def test_a_record_is_known_by_its_id_else_its_code_else_its_file() -> None:
    rows = [
        row(2, "docs/a.txt", external_id="7", texts={"archival_code": "Z1-WS·2011-Y-0001"}),
        row(3, "docs/b.txt", texts={"archival_code": "Z1-WS·2011-Y-0002"}),
        row(4, "docs/c.txt"),
        row(5, texts={"title": "旧卷"}),
    ]
    assert [item.key for item in joined(rows, ["a.txt", "b.txt", "c.txt"]).items] == [
        "id:7",
        "code:Z1-WS·2011-Y-0002",
        "file:c.txt",
        "row:旧卷|",
    ]


def test_files_keep_their_order_and_their_role() -> None:
    described = CatalogueRow(
        number=2,
        external_id="7",
        files=(
            CatalogueFile(path="docs\\b.txt"),
            CatalogueFile(path="docs/b.txt"),
            CatalogueFile(path="docs/a.txt", is_attachment=True),
        ),
    )
    (item,) = joined([described], ["a.txt", "b.txt"]).items
    assert item.files == (("b.txt", FileRole.TEXT), ("a.txt", FileRole.ATTACHMENT))


def test_a_row_with_a_missing_file_is_bad_as_a_whole_and_keeps_its_other_files() -> None:
    found = joined([row(2, "docs/a.txt", "docs/gone.txt")], ["a.txt", "b.txt"])
    assert [(bad.number, bad.problem, bad.value) for bad in found.bad_rows] == [
        (2, "file_missing", "docs/gone.txt")
    ]
    assert found.kept_back == {"a.txt": "2: file_missing"}
    assert [item.key for item in found.items] == ["path:b.txt"]


def test_no_path_leads_out_of_the_folder() -> None:
    for path in ("../secret.txt", "/etc/passwd", "docs/../../x", "docs/" + "x" * 5000, "."):
        found = joined([row(2, path)], ["a.txt"])
        assert [bad.problem for bad in found.bad_rows] in (["outside_folder"], ["file_missing"])
        assert [item.key for item in found.items] == ["path:a.txt"]
    assert joined([row(2, "/etc/passwd")], []).bad_rows[0].problem == "outside_folder"


def test_a_key_that_comes_twice_is_bad_the_second_time() -> None:
    rows = [
        row(2, texts={"archival_code": "X"}),
        row(3, "docs/a.txt", texts={"archival_code": "X"}),
    ]
    found = joined(rows, ["a.txt"])
    assert [(bad.number, bad.problem) for bad in found.bad_rows] == [(3, "duplicate_id")]
    assert found.kept_back == {"a.txt": "3: duplicate_id"}


def test_files_of_a_row_that_was_bad_already_are_not_set_free() -> None:
    bad = BadRow(number=2, problem="bad_secrecy", paths=("docs/a.txt", "docs/none.txt"))
    found = joined([], ["a.txt"], [bad])
    assert found.items == ()
    assert found.kept_back == {"a.txt": "2: bad_secrecy"}


def test_a_good_row_that_names_the_same_file_has_it() -> None:
    bad = BadRow(number=2, problem="bad_secrecy", paths=("docs/a.txt",))
    found = joined([row(3, "docs/a.txt")], ["a.txt"], [bad])
    assert [item.key for item in found.items] == ["file:a.txt"]
    assert found.kept_back == {}


def test_a_state_secret_is_known_from_good_rows_and_bad() -> None:
    rows = [row(2, "docs/a.txt", secrecy=Secrecy.SECRET), row(3, "docs/b.txt")]
    bad = [BadRow(number=4, problem="bad_secrecy", paths=("docs/c.txt",), secrecy=Secrecy.TOP)]
    found = joined(rows, ["a.txt", "b.txt", "c.txt"], bad)
    assert found.secret == {"a.txt": Secrecy.SECRET, "c.txt": Secrecy.TOP}


def test_one_name_in_two_spellings_is_one_file() -> None:
    gbk = key_of(Path(os.fsdecode("低保.txt".encode("gb18030"))))
    decomposed = unicodedata.normalize("NFD", "é.txt")
    found = joined([row(2, "docs/低保.txt"), row(3, "docs/é.txt")], [gbk, decomposed])
    assert [item.paths for item in found.items] == [(gbk,), (decomposed,)]
