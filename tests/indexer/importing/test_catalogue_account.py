from __future__ import annotations

import json
from pathlib import Path

from indexer.access import Secrecy
from indexer.catalogue import BadRow, CatalogueFile, CatalogueRow, Doubt, Place, UnusableRow
from indexer.catalogue.manifest import NO_CATALOGUE, Catalogue, ColumnRead, SheetRead
from indexer.catalogue.profiles import Profile, Rules
from indexer.catalogue.records_below import Passed
from indexer.importing.catalogue_account import CatalogueAccount, RowWithoutFile, account_of
from indexer.importing.items import join
from tests.indexer.importing.holdings import holdings_of

SHEET = SheetRead(
    name="2011",
    header_row=3,
    header_rows=2,
    row_count=4,
    passed=Passed(headers=1, totals=2, notes=3, blanks=4, hidden=5),
    columns=(
        ColumnRead(column=0, text="题名", name="题名", field="title", samples=()),
        ColumnRead(column=1, text="随便", name="随便", field=None, samples=()),
    ),
    hidden_columns=("题名",),
)


def row(number: int, code: str, **fields: object) -> CatalogueRow:
    texts = {"title": f"甲{number}", "archival_code": code}
    return CatalogueRow(number=number, sheet="2011", external_id="", texts=texts, **fields)  # type: ignore[arg-type]


CODE = "Z109-WS·2011-Y-BGS-000"
CATALOGUE = Catalogue(
    rows=(
        row(5, f"{CODE}1", files=(CatalogueFile(path="a.txt"),)),
        row(6, f"{CODE}2", secrecy=Secrecy.SECRET),
        row(7, f"{CODE}5"),
    ),
    unusable=(
        UnusableRow(
            problem=BadRow(number=8, sheet="2011", problem="bad_opening"), row=row(8, f"{CODE}6")
        ),
    ),
    doubts=(Doubt(sheet="2011", number=7, problem="bad_date", value="?"),),
    sheets=(SHEET,),
    unread_sheets=("封面",),
    profile=Profile(name="区政府办目录", signature=frozenset({"题名"}), version=2),
)


def account(rules: Rules | None = None) -> CatalogueAccount:
    catalogue = CATALOGUE
    if rules is not None:
        catalogue = Catalogue(
            rows=CATALOGUE.rows, unusable=CATALOGUE.unusable, sheets=CATALOGUE.sheets, rules=rules
        )
    found = account_of(
        catalogue, join(Path("/archive"), None, catalogue, holdings_of(["a.txt", "b.txt"]))
    )
    assert found is not None
    return found


def test_every_row_is_counted_once_and_leftovers_are_named_without_titles() -> None:
    found = account()
    assert found.profile == "区政府办目录 2"
    assert (found.rows, found.joined_by, found.paper) == (4, {"path": 1}, 0)
    assert found.without_file == (
        RowWithoutFile(sheet="2011", number=6, code=""),
        RowWithoutFile(sheet="2011", number=7, code=f"{CODE}5"),
    )
    (sheet,) = found.sheets
    assert (sheet.header_row, sheet.rows, sheet.passed_over, sheet.hidden_rows) == (3, 4, 10, 5)
    assert sheet.unused == ("随便",)
    assert "甲" not in json.dumps(found.to_json(), ensure_ascii=False)


def test_missing_items_are_counted_over_usable_and_unusable_rows() -> None:
    (numbering,) = account().numberings
    assert numbering.missing == ((3, 4),)
    assert numbering.place == Place(
        fonds="Z109", category="WS", year="2011", retention="永久", organ="BGS"
    )
    assert account().missing_items == 2


def test_rows_on_paper_are_counted_and_not_listed_where_that_is_expected() -> None:
    found = account(Rules(paper_without_file=True))
    assert (found.paper, found.without_file) == (2, ())


def test_it_comes_back_from_its_json_and_a_batch_without_a_catalogue_has_none() -> None:
    found = account()
    assert CatalogueAccount.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert (
        account_of(NO_CATALOGUE, join(Path("/archive"), None, NO_CATALOGUE, holdings_of([])))
        is None
    )
