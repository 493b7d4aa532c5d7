from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from indexer.database import reading, writing
from query_room.visits import repository
from query_room.visits.repository import VisitRow

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
ROW = VisitRow(
    visit_id="20260302-001",
    purpose="work",
    standing="own",
    terminal="一号窗口",
    opened_by="wang",
    opened_at=AT,
    closed_by=None,
    closed_at=None,
    person_event_id=1,
    identity_digest="d" * 64,
    phone_digest=None,
    erased_at=None,
)


def test_a_visit_comes_back_and_is_closed_once(database: Engine) -> None:
    with writing(database) as connection:
        repository.add(connection, ROW)
        assert repository.lock(connection, ROW.visit_id) == ROW
        assert repository.open_visit_of(connection, "wang") == ROW
        assert repository.close(connection, ROW.visit_id, by="li", at=AT)
        assert not repository.close(connection, ROW.visit_id, by="wang", at=AT)
        assert repository.open_visit_of(connection, "wang") is None
        assert repository.lock(connection, "x") is None
    with reading(database) as connection:
        assert repository.find(connection, ROW.visit_id) == replace(
            ROW, closed_by="li", closed_at=AT
        )


def test_the_database_itself_lets_an_account_have_one_open_visit(database: Engine) -> None:
    second = replace(ROW, visit_id="20260302-002")
    with writing(database) as connection:
        repository.add(connection, ROW)
    with pytest.raises(IntegrityError), writing(database) as connection:
        repository.add(connection, second)
    with writing(database) as connection:
        repository.close(connection, ROW.visit_id, by="wang", at=AT)
        repository.add(connection, second)


def test_numbers_begin_anew_each_day(database: Engine) -> None:
    day = dt.date(2026, 3, 2)
    with writing(database) as connection:
        assert [repository.next_number(connection, day) for _ in range(3)] == [1, 2, 3]
        assert repository.next_number(connection, day + dt.timedelta(days=1)) == 1


def test_a_forgotten_person_is_found_by_no_number(database: Engine) -> None:
    with writing(database) as connection:
        repository.add(connection, ROW)
        assert repository.of_identity(connection, "d" * 64) == [ROW]
        repository.forget_person(connection, ROW.visit_id, AT)
        assert repository.of_identity(connection, "d" * 64) == []
        assert len(repository.between(connection, AT, AT + dt.timedelta(seconds=1))) == 1
        assert repository.between(connection, AT - dt.timedelta(seconds=1), AT) == []
