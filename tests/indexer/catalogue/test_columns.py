from __future__ import annotations

import pytest

from indexer.catalogue.columns import (
    ACCESS,
    FIELDS,
    FILLED_DOWN,
    NUMBERED,
    SYNONYMS,
    field_of,
    normal,
)


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
        ("题　名", "title"),
        ("文 件\n题 名", "title"),
        ("檔號", "archival_code"),
        ("題名①", "title"),
        ("密级[2]", "secrecy"),
        ("页数（页）", "page_count"),
        ("机构（问题）", "organ"),
        ("起止页号", "page_range"),
        ("成文时间", "date"),
        ("开放审核意见", "opening"),
        ("电子文件名", "files"),
        ("序号", "serial"),
    ],
)
def test_a_column_is_known_by_the_names_offices_use(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["", "source_path", "题名备注", "①", "2011"])
def test_other_columns_are_passed_over(heading: str) -> None:
    assert field_of(heading) is None


def test_no_name_means_two_fields_and_every_field_is_found_by_its_names() -> None:
    names = [normal(name) for each in SYNONYMS.values() for name in each]
    assert len(names) == len(set(names))
    assert all(field_of(name) == field for field, each in SYNONYMS.items() for name in each)


def test_titles_are_never_filled_down_and_what_decides_access_always_is() -> None:
    assert "title" not in FILLED_DOWN
    assert ACCESS < FILLED_DOWN
    assert set(FIELDS) >= FILLED_DOWN | NUMBERED
