"""What must hold in an annual report, and which requests are in the way where it does not.

Source: the checks that collecting offices run on 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from query_room.reports.layout import (
    ALL_DONE,
    CARRIED_IN,
    CARRIED_ON,
    CATEGORIES,
    MADE,
    OUTCOMES,
    RECEIVED,
    REPEALED,
    VALID,
    quotes,
    rows,
)
from query_room.reports.model import TOTAL, TableName
from query_room.statute.case_codes import CaseResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from query_room.reports.model import AnnualTables

_III: Final = TableName.REQUESTS
_COLUMNS: Final = (*CATEGORIES, TOTAL)
_BETWEEN: Final = r"[^\d，。；;,.、：（(]{0,16}?"
_NUMBER: Final = r"([0-9０-９][0-9０-９,，]*)\s*[件宗起]"


class CheckKey(StrEnum):
    """What is checked."""

    BALANCE = "balance"  # 1: N1+N2 = T+N4
    OUTCOMES = "outcomes"  # 2: T is the sum of the outcomes
    COLUMNS = "columns"  # 3: the total is the sum of the columns
    CARRIED = "carried"  # 4: N2 is last year's N4
    WHOLE_NUMBERS = "whole_numbers"  # 5: no number below zero
    QUOTED = "quoted"  # 6: numbers in part 一 are those of the tables
    REGISTER = "register"  # 7: each request counts once
    CASES = "cases"  # table IV: the total is the sum of the results
    VALID_RULES = "valid_rules"  # table II: valid = last year's + made - repealed


ADVISORY: Final = frozenset({CheckKey.VALID_RULES})
"""Only a warning: the form itself does not demand it."""

ACCEPTABLE: Final = frozenset({CheckKey.CARRIED, CheckKey.QUOTED, CheckKey.VALID_RULES})
"""May fail for reasons outside these tables; whoever issues the report can accept it, on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison.

    Attributes:
        key: Which of the checks.
        row, column: Where; empty where it is about no single one.
        left, right: The two numbers that should be equal; for numbers below zero, the number and 0.
        subjects: Requests or cases that cause the difference, where they can be named.
    """

    key: CheckKey
    row: str = ""
    column: str = ""
    left: int
    right: int
    holds: bool
    subjects: tuple[str, ...] = ()

    @property
    def is_failure(self) -> bool:
        """Whether it does not hold and is more than a warning."""
        return not self.holds and self.key not in ADVISORY


def checks(
    tables: AnnualTables, previous: AnnualTables | None = None, overview: str = ""
) -> tuple[Check, ...]:
    """Every comparison, those that hold too, in the order of the checks.

    Args:
        tables: To be checked.
        previous: The year before, as issued, or as the register has it.
        overview: Part 一 of the report.
    """
    return (
        *_balance(tables),
        *_outcomes(tables),
        *_columns(tables),
        *(_carried(tables, previous) if previous else ()),
        *_whole_numbers(tables),
        *_quoted(tables, overview),
        *_register(tables),
        *_cases(tables),
        *(_valid_rules(tables, previous) if previous else ()),
    )


def failures(found: Iterable[Check]) -> tuple[Check, ...]:
    """Those that do not hold and are more than warnings."""
    return tuple(each for each in found if each.is_failure)


def _balance(tables: AnnualTables) -> Iterator[Check]:
    for column in _COLUMNS:
        came = [*_subjects(tables, RECEIVED, column), *_subjects(tables, CARRIED_IN, column)]
        went = [*_subjects(tables, ALL_DONE, column), *_subjects(tables, CARRIED_ON, column)]
        yield _equal(
            CheckKey.BALANCE,
            _sum(tables, (RECEIVED, CARRIED_IN), column),
            _sum(tables, (ALL_DONE, CARRIED_ON), column),
            column=column,
            subjects=_odd_ones(came, went),
        )


def _outcomes(tables: AnnualTables) -> Iterator[Check]:
    for column in _COLUMNS:
        done = _subjects(tables, ALL_DONE, column)
        by_outcome = [each for row in OUTCOMES for each in _subjects(tables, row, column)]
        yield _equal(
            CheckKey.OUTCOMES,
            tables.count(_III, ALL_DONE, column),
            _sum(tables, OUTCOMES, column),
            column=column,
            subjects=_odd_ones(done, by_outcome),
        )


def _columns(tables: AnnualTables) -> Iterator[Check]:
    for row in rows(_III):
        apart = [each for column in CATEGORIES for each in _subjects(tables, row.row, column)]
        yield _equal(
            CheckKey.COLUMNS,
            tables.count(_III, row.row),
            sum(tables.count(_III, row.row, column) for column in CATEGORIES),
            row=row.row,
            subjects=_odd_ones(_subjects(tables, row.row, TOTAL), apart),
        )


def _carried(tables: AnnualTables, previous: AnnualTables) -> Iterator[Check]:
    for column in _COLUMNS:
        now = tables.cell(_III, CARRIED_IN, str(column))
        then = previous.cell(_III, CARRIED_ON, str(column))
        # A report made elsewhere names no requests: then only the numbers can be compared.
        is_named = now.unlisted == then.unlisted or now.count != then.count
        yield _equal(
            CheckKey.CARRIED,
            now.count,
            then.count,
            column=column,
            subjects=_odd_ones(now.subjects, then.subjects) if is_named else (),
        )


def _whole_numbers(tables: AnnualTables) -> Iterator[Check]:
    below = [(key, cell) for key, cell in tables.cells.items() if cell.count < 0]
    for key, cell in below:
        yield Check(
            key=CheckKey.WHOLE_NUMBERS,
            row=key.row,
            column=key.column,
            left=cell.count,
            right=0,
            holds=False,
        )
    if not below:
        yield Check(key=CheckKey.WHOLE_NUMBERS, left=0, right=0, holds=True)


def _quoted(tables: AnnualTables, overview: str) -> Iterator[Check]:
    is_quoted = False
    for quote in quotes():
        expected = sum(tables.cells[key].count for key in quote.keys)
        # At most a few characters between phrase and number, or it would be another sentence's.
        for found in re.finditer(quote.phrase + _BETWEEN + _NUMBER, overview):
            is_quoted = True
            yield _equal(
                CheckKey.QUOTED,
                int(re.sub(r"[,，]", "", found[1])),
                expected,
                row=quote.keys[0].row,
            )
    if not is_quoted:
        yield Check(key=CheckKey.QUOTED, left=0, right=0, holds=True)


def _register(tables: AnnualTables) -> Iterator[Check]:
    for column in _COLUMNS:
        ways = (*OUTCOMES, CARRIED_ON)
        standing = [each for row in ways for each in _subjects(tables, row, column)]
        twice = sorted(each for each, count in Counter(standing).items() if count > 1)
        yield _equal(
            CheckKey.REGISTER, len(standing), len(set(standing)), column=column, subjects=twice
        )


def _cases(tables: AnnualTables) -> Iterator[Check]:
    for row in rows(TableName.CASES):
        yield _equal(
            CheckKey.CASES,
            tables.count(TableName.CASES, row.row),
            sum(tables.count(TableName.CASES, row.row, result) for result in CaseResult),
            row=row.row,
        )


def _valid_rules(tables: AnnualTables, previous: AnnualTables) -> Iterator[Check]:
    for row in rows(TableName.PROACTIVE):
        if VALID in row.columns:
            before = previous.count(TableName.PROACTIVE, row.row, VALID)
            made = tables.count(TableName.PROACTIVE, row.row, MADE)
            repealed = tables.count(TableName.PROACTIVE, row.row, REPEALED)
            yield _equal(
                CheckKey.VALID_RULES,
                tables.count(TableName.PROACTIVE, row.row, VALID),
                before + made - repealed,
                row=row.row,
            )


def _equal(
    key: CheckKey,
    left: int,
    right: int,
    *,
    row: str = "",
    column: str = "",
    subjects: Iterable[str] = (),
) -> Check:
    # Two mistakes that cancel out in the numbers still show in the requests behind them.
    causes = tuple(subjects)
    return Check(
        key=key,
        row=row,
        column=str(column),
        left=left,
        right=right,
        holds=left == right and not causes,
        subjects=causes,
    )


def _subjects(tables: AnnualTables, row: str, column: str) -> tuple[str, ...]:
    return tables.cell(_III, str(row), str(column)).subjects


def _sum(tables: AnnualTables, wanted: Iterable[str], column: str) -> int:
    return sum(tables.count(_III, str(row), str(column)) for row in wanted)


def _odd_ones(left: Iterable[str], right: Iterable[str]) -> tuple[str, ...]:
    """Those that stand more often on one side than on the other."""
    one, other = Counter(left), Counter(right)
    return tuple(sorted({*(one - other), *(other - one)}))
