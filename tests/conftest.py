"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, text

from indexer.database import migrate, open_database
from tests.fixtures import s3
from tests.fixtures.archive import SmallArchive, settings_in
from tests.fixtures.elasticsearch import require_elasticsearch, running_cluster
from tests.fixtures.postgresql import find_server, running_server
from tests.fixtures.shared_index import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.settings import Bucket

ROOMS = ("indexer", "search_api", "query_room")

# A busy machine is slow, and no example is wrong for it.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many promises of the engine's ports were held to each engine."""
    passed = [
        re.search(r"^tests/contracts/.*\[(embedded|elasticsearch)\b", report.nodeid)
        for report in terminalreporter.stats.get("passed", ())
    ]
    counts = Counter(found[1] for found in passed if found)
    for engine, count in sorted(counts.items()):
        terminalreporter.write_line(f"contracts of the ports on {engine}: {count} passed")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A running server's URL with ``{database}`` to fill in."""
    binaries = find_server()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI its tests may not be skipped")
        pytest.skip("PostgreSQL is not installed: its tests did not run")
    with running_server(binaries) as url:
        engine = create_engine(url.format(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE migrated"))
        engine.dispose()
        migrated = open_database(url.format(database="migrated"))
        migrate(migrated, *ROOMS)
        migrated.dispose()
        yield url


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """One node of Elasticsearch: the one that is named, or one of the tests' own."""
    if named := os.environ.get("QUERY_ROOM_TEST_ELASTICSEARCH_URL"):
        yield named
        return
    require_elasticsearch()
    with running_cluster() as cluster:
        yield cluster.urls[0]


@pytest.fixture(scope="session")
def s3_store() -> Iterator[Bucket]:
    """A bucket of a running S3-compatible store."""
    if url := os.environ.get("QUERY_ROOM_TEST_S3_URL"):
        yield s3.named_by(url)
        return
    if not s3.can_build():
        if os.environ.get("CI"):
            pytest.fail("Maven or Java is not installed, and in CI these tests may not be skipped")
        pytest.skip("Maven or Java is not installed: the tests of a shared store did not run")
    with s3.running_store() as bucket:
        yield bucket


@pytest.fixture
def bucket(s3_store: Bucket) -> Iterator[Bucket]:
    """An empty place in it."""
    place = replace(s3_store, prefix=f"test-{uuid.uuid4().hex}/")
    yield place
    s3.clear(place)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "query_room.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine, *ROOMS)
    engine.dispose()
    assert not path.with_name("query_room.db-wal").exists()
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of an empty, migrated SQLite file, where one kind of database is enough."""
    path = tmp_path / "query_room.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_database_url(postgresql_url: str) -> Iterator[str]:
    """The URL of an empty, migrated database of PostgreSQL, where only that will do."""
    name = f"test_{uuid.uuid4().hex}"
    server = create_engine(postgresql_url.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE migrated'))
    yield postgresql_url.format(database=name)
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated database of each kind."""
    kind = "sqlite" if request.param == "sqlite" else "postgresql_database"
    url: str = request.getfixturevalue(f"{kind}_url")
    return url


@pytest.fixture
def shared_archive(
    tmp_path: Path, postgresql_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallArchive]:
    """An empty archive whose index many processes write."""
    engine = open_database(postgresql_database_url)
    share(monkeypatch, engine)
    settings = settings_in(tmp_path, postgresql_database_url)
    yield SmallArchive(
        folder=tmp_path / "papers",
        engine=engine,
        settings=replace(settings, engine="elasticsearch"),
    )
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An empty, migrated database of each kind."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def archive(tmp_path: Path, database: Engine, database_url: str) -> SmallArchive:
    """An empty archive on each kind of database; a test adds records and runs the import."""
    return SmallArchive(
        folder=tmp_path / "papers", engine=database, settings=settings_in(tmp_path, database_url)
    )
