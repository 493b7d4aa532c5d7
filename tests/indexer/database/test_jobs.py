from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect, text

from indexer.database import migrate, open_database
from indexer.database.jobs import JOBS_SCHEMA, with_search_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

pytestmark = pytest.mark.postgresql

SCRIPTS = text(f"SELECT name FROM {JOBS_SCHEMA}.script ORDER BY name")
TRIGGER = "procrastinate_trigger_status_events_update_v1"
"""Made by the last of the scripts."""


@pytest.fixture
def engine(postgresql_database_url: str) -> Iterator[Engine]:
    engine = open_database(postgresql_database_url)
    yield engine
    engine.dispose()


def test_the_queue_has_a_schema_of_its_own_and_is_made_once(engine: Engine) -> None:
    assert "procrastinate_jobs" in inspect(engine).get_table_names(schema=JOBS_SCHEMA)
    assert not any(name.startswith("procrastinate") for name in inspect(engine).get_table_names())
    with engine.begin() as connection:
        names = connection.execute(SCRIPTS).scalars().all()
        with_search_path(connection)
        connection.execute(
            text(
                f"INSERT INTO {JOBS_SCHEMA}.procrastinate_jobs (queue_name, task_name) "
                "VALUES ('q', 't')"
            )
        )
    migrate(engine, "indexer")
    with engine.connect() as connection:
        assert connection.execute(SCRIPTS).scalars().all() == names
        statement = text(f"SELECT count(*) FROM {JOBS_SCHEMA}.procrastinate_jobs")
        assert connection.execute(statement).scalar() == 1


def test_scripts_of_a_newer_version_are_run_once(engine: Engine) -> None:
    last = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
    with engine.begin() as connection:
        # As if the version before had made it.
        connection.execute(
            text(f"DELETE FROM {JOBS_SCHEMA}.script WHERE name = :name"), {"name": last}
        )
        connection.execute(text(f"DROP TRIGGER {TRIGGER} ON {JOBS_SCHEMA}.procrastinate_jobs"))
    migrate(engine, "indexer")
    with engine.connect() as connection:
        assert last in connection.execute(SCRIPTS).scalars().all()
        statement = text("SELECT count(*) FROM pg_trigger WHERE tgname = :name")
        assert connection.execute(statement, {"name": TRIGGER}).scalar() == 1


def test_a_schema_that_was_dropped_is_made_again(
    engine: Engine, postgresql_database_url: str
) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {JOBS_SCHEMA} CASCADE"))
    # Whatever else the operator has set stays in force.
    narrow = create_engine(
        postgresql_database_url, connect_args={"options": "-c search_path=public"}
    )
    migrate(narrow, "indexer")
    with narrow.connect() as connection:
        assert connection.execute(text("SHOW search_path")).scalar() == "public"
        assert connection.execute(SCRIPTS).scalars().all()
    narrow.dispose()
