from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from indexer.database.types import UtcDateTime, utc_now

if TYPE_CHECKING:
    from sqlalchemy import Engine

METADATA = MetaData()
MOMENTS = Table(
    "moment", METADATA, Column("id", Integer, primary_key=True), Column("at", UtcDateTime)
)
CHINA = dt.timezone(dt.timedelta(hours=8))


def stored(engine: Engine, moment: dt.datetime | None) -> dt.datetime | None:
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(MOMENTS).values(id=1, at=moment))
        found: dt.datetime | None = connection.execute(select(MOMENTS.c.at)).scalar_one()
    return found


def test_an_instant_comes_back_in_utc(database: Engine) -> None:
    moment = dt.datetime(2008, 5, 1, 7, 59, 59, 123456, tzinfo=CHINA)
    found = stored(database, moment)
    assert found == moment
    assert found.tzinfo is dt.UTC


def test_no_instant_stays_none(database: Engine) -> None:
    assert stored(database, None) is None


def test_a_time_without_a_zone_is_refused(database: Engine) -> None:
    with pytest.raises(StatementError, match="zone"):
        stored(database, dt.datetime(2008, 5, 1))  # noqa: DTZ001 - that is the point


def test_now_is_aware() -> None:
    assert utc_now().tzinfo is dt.UTC
