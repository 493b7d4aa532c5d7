from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.settings import IndexerSettings
from query_room.backup.settings_in_force import settings_in_force

SETTINGS = IndexerSettings(data=Path("/srv/room"), database_url="sqlite:////srv/room/query_room.db")


def test_what_is_set_is_kept_and_secrets_are_not() -> None:
    environ = {
        "QUERY_ROOM_ORGAN": "青山区人民政府",
        "QUERY_ROOM_PORT": "8080",
        "QUERY_ROOM_METRICS_TOKEN": "hidden-token",
        "QUERY_ROOM_ELASTICSEARCH_URL": "https://a:hidden@one.example:9200,https://b:hidden@two",
        "QUERY_ROOM_ELASTICSEARCH_API_KEY": "hidden",
        "PATH": "/bin",
        "PGPASSWORD": "hidden",
    }
    found = settings_in_force(SETTINGS, environ)
    assert found == {
        "QUERY_ROOM_DATA": "/srv/room",
        "QUERY_ROOM_DATABASE_URL": "sqlite:////srv/room/query_room.db",
        "QUERY_ROOM_ELASTICSEARCH_URL": "https://one.example:9200,https://two",
        "QUERY_ROOM_ORGAN": "青山区人民政府",
        "QUERY_ROOM_PORT": "8080",
    }


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://room:hidden@db.example/room",
        "postgresql+psycopg://room:hid%40den@db.example/room",
        "postgresql://room@/room?host=/run/postgresql&password=hidden",
    ],
)
def test_no_password_of_the_database_is_kept(url: str) -> None:
    settings = replace(SETTINGS, database_url=url)
    found = settings_in_force(settings, {"QUERY_ROOM_DATABASE_URL": url})
    assert "hid" not in str(found)
    assert "/room" in found["QUERY_ROOM_DATABASE_URL"]
