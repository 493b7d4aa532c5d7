from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import text

from indexer.database import open_database, reading, utc_now
from indexer.errors import ElectionLostError
from indexer.indexing.spread import election
from indexer.indexing.spread.election import coordinator, elected, last_sign_of_life
from indexer.indexing.spread.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

pytestmark = pytest.mark.postgresql

VERSION = Version(engine="elasticsearch", schema_version=4, analyzer="zh/3")


@pytest.fixture
def here(postgresql_database_url: str) -> Iterator[Engine]:
    engine = open_database(postgresql_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def there(postgresql_database_url: str) -> Iterator[Engine]:
    engine = open_database(postgresql_database_url)
    yield engine
    engine.dispose()


def end_other_sessions(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )


def test_one_coordinates_and_the_next_follows_when_it_ends(here: Engine, there: Engine) -> None:
    with elected(here, VERSION) as term:
        assert term is not None
        with elected(there, VERSION) as other:
            assert other is None
        term.confirm()
    with elected(there, VERSION) as other:
        assert other is not None
        assert other.number == term.number + 1


def test_two_versions_have_a_coordinator_each_and_one_of_them_does_the_chores(
    here: Engine, there: Engine
) -> None:
    newer = replace(VERSION, schema_version=5)
    with elected(there, newer) as other:
        assert other is not None
        with elected(here, VERSION) as term:
            assert term is not None
            term.confirm()
            other.confirm()
            assert (term.does_chores, other.does_chores) == (True, False)
        other._said_at = -election.SIGN_OF_LIFE_S
        other.confirm()
        assert other.does_chores


def test_who_coordinates_can_be_asked(here: Engine) -> None:
    with reading(here) as connection:
        assert coordinator(connection) is None
        assert last_sign_of_life(connection) is None
    with elected(here, VERSION), reading(here) as connection:
        who = coordinator(connection)
        assert who is not None
        assert who.host
        seen = last_sign_of_life(connection)
        assert seen is not None
        assert (utc_now() - seen).total_seconds() < 60
    with (
        time_machine.travel(utc_now() + dt.timedelta(minutes=5)),
        reading(here) as connection,
    ):
        assert coordinator(connection) is None


def test_one_that_lost_its_session_is_told_and_writes_nothing_more(
    here: Engine, there: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(election, "SIGN_OF_LIFE_S", 0.0)
    with elected(here, VERSION) as term:
        assert term is not None
        end_other_sessions(there)
        with elected(there, VERSION) as other:
            assert other is not None
            # Its own transactions have sessions that still live.
            with pytest.raises(ElectionLostError), term.writing(here):
                pytest.fail("it wrote")
            with other.writing(there):
                pass
            with pytest.raises(ElectionLostError):
                term.confirm()
            other.confirm()


def test_a_term_that_another_followed_is_over(
    here: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(election, "SIGN_OF_LIFE_S", 0.0)
    with elected(here, VERSION) as term:
        assert term is not None
        with here.begin() as connection:
            connection.execute(text("UPDATE index_coordinator SET term = term + 1"))
        with pytest.raises(ElectionLostError):
            term.confirm()
