from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Column, LargeBinary

from query_room.backup import repository
from query_room.backup.values import (
    Kind,
    UnfitValueError,
    from_python,
    from_sqlite,
    kind_of,
    to_python,
    to_sqlite,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

WHOLE = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters(codec="utf-8"))
ANYTHING = st.none() | WHOLE | TEXT | st.binary() | st.floats(allow_nan=False)
VALUES: dict[Kind, SearchStrategy[Any]] = {
    Kind.INTEGER: WHOLE,
    Kind.TEXT: TEXT,
    Kind.JSON: TEXT,
    Kind.BOOLEAN: st.booleans(),
    Kind.INSTANT: st.datetimes(timezones=st.just(dt.UTC)),
    Kind.DAY: st.dates(),
}


@given(st.sampled_from(Kind), ANYTHING)
@example(Kind.BOOLEAN, 0.0)
@example(Kind.INTEGER, 1.0)
def test_whatever_sqlite_holds_comes_back(kind: Kind, value: Any) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        (stored,) = connection.execute("SELECT ?", (value,)).fetchone()
    back = to_sqlite(kind, from_sqlite(kind, stored))
    assert (back, type(back)) == (stored, type(stored))


@given(st.data(), st.sampled_from(Kind))
def test_a_value_is_the_same_on_every_database(data: st.DataObject, kind: Kind) -> None:
    value = data.draw(VALUES[kind])
    neutral = from_python(kind, value)
    assert to_python(kind, neutral) == value
    assert from_sqlite(kind, to_sqlite(kind, neutral)) == neutral


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.INTEGER, True),
        (Kind.INTEGER, 2**63),
        (Kind.INTEGER, "1"),
        (Kind.INTEGER, 1.5),
        (Kind.BOOLEAN, 1),
        (Kind.TEXT, 1),
        (Kind.TEXT, "\ud800"),
        (Kind.TEXT, ["text"]),
        (Kind.JSON, {"a": 1}),
        (Kind.INSTANT, "2026-03-02"),
        (Kind.INSTANT, "2026-13-02T00:00:00.000000Z"),
        (Kind.INSTANT, "2026-03-02T00:00:00.000000+08:00"),
        (Kind.DAY, "2026-02-30"),
        (Kind.DAY, {"raw": "soon"}),
    ],
    ids=repr,
)
def test_what_is_no_value_of_a_column_is_refused(kind: Kind, value: object) -> None:
    with pytest.raises(UnfitValueError):
        to_python(kind, value)
    if value != {"raw": "soon"}:
        with pytest.raises(UnfitValueError):
            to_sqlite(kind, value)


@pytest.mark.parametrize(
    "value", [{"hex": "0g"}, {"raw": [1]}, {"raw": 1, "more": 2}, {}], ids=repr
)
def test_what_only_looks_like_a_kept_value_is_refused(value: object) -> None:
    with pytest.raises(UnfitValueError):
        to_sqlite(Kind.TEXT, value)


def test_every_column_of_the_room_has_a_kind() -> None:
    kinds = {kind_of(column) for table in repository.TABLES.values() for column in table.columns}
    assert kinds == set(Kind)


def test_a_column_of_a_new_kind_is_noticed_before_it_is_lost() -> None:
    with pytest.raises(TypeError, match="do not know"):
        kind_of(Column("image", LargeBinary))
