from __future__ import annotations

import pytest

from indexer.catalogue.columns import field_of


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("题名", "title"),
        (" 文件 题名 ", "title"),
        ("*档号", "archival_code"),
        ("责任者：", "agency"),
        ("Doc_Number", "document_number"),
        ("ＩＤ", "external_id"),
        ("密级", "secrecy"),
        ("附件", "attachments"),
    ],
)
def test_a_column_is_known_by_the_names_offices_use(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["", "source_path", "页数", "题名备注"])
def test_other_columns_are_passed_over(heading: str) -> None:
    assert field_of(heading) is None
