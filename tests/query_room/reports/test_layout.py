from __future__ import annotations

import pytest

from query_room.reports import TableName
from query_room.reports.layout import all_keys, columns, quotes, rows
from query_room.statute.case_codes import CaseBlock, CaseResult
from query_room.statute.codes import ApplicantCategory, Disposition
from query_room.statute.dispositions import disposition_row


def test_table_three_has_a_row_for_every_disposition_and_a_column_for_every_applicant() -> None:
    names = [row.row for row in rows(TableName.REQUESTS)]
    assert names == ["N1", "N2", *Disposition, "T", "N4"]
    assert [each.column for each in columns(TableName.REQUESTS)] == [*ApplicantCategory, "tot"]


def test_table_four_has_the_words_of_cases() -> None:
    assert [row.row for row in rows(TableName.CASES)] == list(CaseBlock)
    assert [each.column for each in columns(TableName.CASES)] == [*CaseResult, "tot"]


@pytest.mark.parametrize("table", TableName)
def test_every_column_of_a_row_is_one_of_its_table(table: TableName) -> None:
    known = {each.column for each in columns(table)}
    assert {column for row in rows(table) for column in row.columns} == known


@pytest.mark.parametrize("disposition", Disposition)
def test_a_row_is_worded_as_its_disposition(disposition: Disposition) -> None:
    row = next(each for each in rows(TableName.REQUESTS) if each.row == disposition)
    assert disposition_row(disposition).text in row.text


def test_what_part_one_quotes_is_in_the_tables() -> None:
    assert {key for quote in quotes() for key in quote.keys} <= set(all_keys())
