from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.settings import Bucket, IndexerSettings


def test_without_variables_everything_is_in_one_folder_here() -> None:
    settings = IndexerSettings.from_env({})
    assert settings.data == Path("data").resolve()
    assert settings.database_url == f"sqlite:///{settings.data / 'query_room.db'}"
    folders = (
        settings.originals,
        settings.texts,
        settings.words,
        settings.pictures,
        settings.index,
    )
    assert {each.parent for each in folders} == {settings.data}


def test_variables_are_read(tmp_path: Path) -> None:
    settings = IndexerSettings.from_env(
        {
            "QUERY_ROOM_DATA": str(tmp_path),
            "QUERY_ROOM_DATABASE_URL": "postgresql://localhost/room",
            "QUERY_ROOM_PROCESSES": "3",
            "QUERY_ROOM_EXTRACTION_TIMEOUT_S": "2.5",
            "QUERY_ROOM_EXTRACTION_MEMORY_MB": "512",
            "QUERY_ROOM_PICTURE_TIMEOUT_S": "1.5",
            "QUERY_ROOM_PICTURE_MEMORY_MB": "700",
            "QUERY_ROOM_PICTURE_CACHE_MB": "0",
        }
    )
    assert (settings.data, settings.process_count) == (tmp_path, 3)
    assert settings.database_url == "postgresql://localhost/room"
    assert (settings.extraction_timeout_s, settings.extraction_memory_mb) == (2.5, 512)
    assert (settings.picture_timeout_s, settings.picture_memory_mb) == (1.5, 700)
    assert settings.picture_cache_mb == 0


def test_no_number_of_processes_is_one_for_each_core() -> None:
    assert IndexerSettings.from_env({"QUERY_ROOM_PROCESSES": "0"}).process_count >= 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUERY_ROOM_ENGINE", "xapian"),
        ("QUERY_ROOM_PROCESSES", "many"),
        ("QUERY_ROOM_PROCESSES", "-1"),
        ("QUERY_ROOM_PROCESSES", "inf"),
        ("QUERY_ROOM_PROCESSES", "nan"),
        ("QUERY_ROOM_EXTRACTION_MEMORY_MB", "1e999"),
        ("QUERY_ROOM_EXTRACTION_TIMEOUT_S", "inf"),
        ("QUERY_ROOM_EXTRACTION_TIMEOUT_S", "一分钟"),
        ("QUERY_ROOM_ELASTICSEARCH_URL", "es1:9200"),
        ("QUERY_ROOM_ELASTICSEARCH_URL", "https://es1:9200,ftp://es2"),
        ("QUERY_ROOM_ELASTICSEARCH_PREFIX", "Archive_*"),
        ("QUERY_ROOM_ELASTICSEARCH_CA", "/nowhere/ca.pem"),
        ("QUERY_ROOM_ELASTICSEARCH_API_KEY_FILE", "/nowhere/key"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        IndexerSettings.from_env({name: value})


def test_a_cluster_is_named_with_its_key_and_the_key_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("id:secret\n")
    (tmp_path / "ca.pem").touch()
    given = {
        "QUERY_ROOM_ENGINE": "elasticsearch",
        "QUERY_ROOM_ELASTICSEARCH_URL": "https://es1:9200, https://es2:9200/search",
        "QUERY_ROOM_ELASTICSEARCH_API_KEY_FILE": str(tmp_path / "key"),
        "QUERY_ROOM_ELASTICSEARCH_CA": str(tmp_path / "ca.pem"),
        "QUERY_ROOM_ELASTICSEARCH_SHARDS": "3",
        "QUERY_ROOM_ELASTICSEARCH_REPLICAS": "2",
    }
    settings = IndexerSettings.from_env(given)
    assert settings.elasticsearch_urls == ("https://es1:9200", "https://es2:9200/search")
    assert (settings.elasticsearch_api_key, "secret" in repr(settings)) == ("id:secret", False)
    assert (settings.elasticsearch_shards, settings.elasticsearch_replicas) == (3, 2)
    with pytest.raises(SettingsError, match="QUERY_ROOM_ELASTICSEARCH_URL"):
        IndexerSettings.from_env({"QUERY_ROOM_ENGINE": "elasticsearch"})


def test_the_office_program_is_found_by_name_unless_it_is_named_or_not_wanted() -> None:
    assert IndexerSettings.from_env({}).office == "soffice"
    for value in ("", "/opt/office/program/soffice"):
        assert IndexerSettings.from_env({"QUERY_ROOM_OFFICE": value}).office == value


def test_confinement_is_what_the_kernel_has_unless_it_is_required() -> None:
    assert IndexerSettings.from_env({}).extraction_confinement == "auto"
    name = "QUERY_ROOM_EXTRACTION_CONFINEMENT"
    assert IndexerSettings.from_env({name: "required"}).extraction_confinement == "required"
    with pytest.raises(SettingsError, match=name):
        IndexerSettings.from_env({name: "none"})


def test_a_shared_store_is_named_by_its_bucket(tmp_path: Path) -> None:
    assert IndexerSettings.from_env({}).store is None
    keys = tmp_path / "keys"
    keys.write_text("room\nsecret\n", "utf-8")
    named = {
        "QUERY_ROOM_STORE": "s3://archive/city/room/",
        "QUERY_ROOM_S3_ENDPOINT": "https://store.example:9000",
        "QUERY_ROOM_S3_REGION": "cn-north-1",
        "QUERY_ROOM_STORE_SCRATCH_MB": "100",
    }
    by_file = IndexerSettings.from_env(named | {"QUERY_ROOM_S3_KEY_FILE": str(keys)})
    assert by_file.store == Bucket(
        name="archive",
        prefix="city/room/",
        endpoint="https://store.example:9000",
        region="cn-north-1",
        access_key="room",
        secret_key="secret",
    )
    assert by_file.store_scratch_mb == 100
    given = {"QUERY_ROOM_S3_ACCESS_KEY": "room", "QUERY_ROOM_S3_SECRET_KEY": "secret"}
    assert IndexerSettings.from_env(named | given).store == by_file.store
    assert "secret" not in repr(by_file)
    machine = IndexerSettings.from_env({"QUERY_ROOM_STORE": "s3://archive"}).store
    assert machine == Bucket(name="archive")


@pytest.mark.parametrize(
    "wrong",
    [
        {"QUERY_ROOM_STORE": "/mnt/archive"},
        {"QUERY_ROOM_STORE": "s3://Archive"},
        {"QUERY_ROOM_STORE": "s3://archive", "QUERY_ROOM_S3_ENDPOINT": "store:9000"},
        {"QUERY_ROOM_STORE": "s3://archive", "QUERY_ROOM_S3_ACCESS_KEY": "half"},
        {"QUERY_ROOM_STORE": "s3://archive", "QUERY_ROOM_S3_KEY_FILE": "/nowhere/keys"},
    ],
)
def test_a_shared_store_that_cannot_be_named_so_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_S"):
        IndexerSettings.from_env(wrong)
