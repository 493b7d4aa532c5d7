"""What is deployed is what there is, of the versions tested, and may do no more than it must."""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped] # its types are a package of their own

from query_room.settings import RoomSettings
from tests.test_docs import settings_read

ROOT: Final = Path(__file__).parent.parent
COMPOSE: Final = (ROOT / "compose.yaml").read_text("utf-8")
BUCKET: Final = (ROOT / "deploy" / "bucket.yaml").read_text("utf-8")
SERVICES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(COMPOSE)["services"]
ONCE: Final = {"certificates", "access"}
DOCKERFILE: Final = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
_VARIABLE: Final = re.compile(r"\$\{([A-Z_0-9]+):([-?])([^}]*)\}")


def filled(text: str) -> str:
    """A value of the file as it is with ``.env.example``."""
    return _VARIABLE.sub(lambda found: examples()[found[1]], text)


def examples() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment(service: str) -> dict[str, str]:
    given = SERVICES[service].get("environment", {})
    return {name: filled(str(value)) for name, value in given.items()}


def test_every_setting_is_one_that_the_product_reads() -> None:
    named = {name for service in SERVICES for name in environment(service)}
    assert {name for name in named if name.startswith("QUERY_ROOM_")} <= settings_read()


@pytest.mark.parametrize("service", ["web", "worker"])
def test_the_product_takes_the_settings_as_they_are(service: str, tmp_path: Path) -> None:
    given = environment(service) | {"QUERY_ROOM_DATA": str(tmp_path)}
    for name in ("QUERY_ROOM_ELASTICSEARCH_API_KEY_FILE", "QUERY_ROOM_ELASTICSEARCH_CA"):
        file = tmp_path / Path(given[name]).name
        file.write_text("made by a service before", "utf-8")
        given[name] = str(file)
    settings = RoomSettings.from_env(given)
    assert settings.indexer.engine == "elasticsearch"
    assert settings.indexer.database_url.startswith("postgresql")
    assert settings.host == "0.0.0.0"  # noqa: S104 - of a container


@pytest.mark.parametrize("service", ["web", "worker"])
def test_originals_and_texts_may_lie_in_a_bucket(service: str, tmp_path: Path) -> None:
    added = yaml.safe_load(BUCKET)
    told = added["services"][service]
    given = {name: filled(str(value)) for name, value in told["environment"].items()}
    assert set(told["networks"]) == {"inside", "outside"}
    assert set(told["secrets"]) == {*SERVICES[service]["secrets"], *added["secrets"]}
    (tmp_path / "keys").write_text("access\nsecret\n", "utf-8")
    assert given["QUERY_ROOM_S3_KEY_FILE"] == "/run/secrets/bucket_keys"
    given["QUERY_ROOM_S3_KEY_FILE"] = str(tmp_path / "keys")
    bucket = RoomSettings.from_env(given).indexer.store
    assert bucket is not None
    assert (bucket.name, bucket.prefix) == ("archive", "room/")


def test_what_may_be_set_stands_in_the_example_with_its_default() -> None:
    named = _VARIABLE.findall(COMPOSE + BUCKET)
    defaults = {name: value for name, kind, value in named if kind == "-"}
    required = {name for name, kind, _ in named if kind == "?"}
    shown = examples()
    assert set(shown) == set(defaults) | required
    assert {name: shown[name] for name in defaults} == defaults
    assert all(shown[name] for name in required)


def test_every_image_is_pinned_and_of_the_version_that_was_tested() -> None:
    foreign = {each["image"] for each in SERVICES.values() if "build" not in each}
    assert all(re.fullmatch(r"[a-z./]+:\d+\.\d+[-.\w]*", image) for image in foreign), foreign
    pom = (ROOT / "tests" / "elasticsearch_server" / "pom.xml").read_text("utf-8")
    tested = re.search(r"<elasticsearch\.version>([\d.]+)<", pom)
    assert tested is not None
    servers = {image for image in foreign if "elasticsearch" in image}
    assert servers == {f"docker.elastic.co/elasticsearch/elasticsearch:{tested[1]}"}
    bases = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", bases.pop())


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_may_do_more_than_it_must(service: str) -> None:
    told = SERVICES[service]
    assert told["cap_drop"] == ["ALL"]
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in told
    root = service in ONCE
    assert (told.get("user") == "0") is root
    if root:
        assert told["restart"] == "no"
    else:
        limits = told["deploy"]["resources"]["limits"]
        assert {"cpus", "memory", "pids"} <= set(limits)
        assert told.get("healthcheck") or service == "worker"
    if "build" in told or service == "postgres":
        assert told["read_only"] is True
    ports = told.get("ports", [])
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert bool(ports) is (service == "web")


def test_the_product_gets_one_key_to_its_own_indexes_and_no_other_secret_of_the_cluster() -> None:
    for service in ("web", "worker"):
        assert SERVICES[service]["secrets"] == ["postgres_password"]
        sources = {volume.partition(":")[0] for volume in SERVICES[service]["volumes"]}
        assert not sources & {"authority", "certificates"}
    script = (ROOT / "deploy" / "access.sh").read_text("utf-8")
    body = re.search(r'api_key "(\{\n.*?\n\})"', script, re.DOTALL)
    assert body is not None
    asked = json.loads(body[1].replace('\\"', '"'))
    assert asked["role_descriptors"] == {
        "$name": {
            "cluster": ["monitor"],
            "indices": [
                {
                    "names": ["$prefix-*"],
                    "privileges": [
                        *("create_index", "delete_index", "manage"),
                        *("read", "view_index_metadata", "write"),
                    ],
                }
            ],
        }
    }


def test_the_authority_vouches_for_the_nodes_and_is_made_once(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("authority", "certificates", "access")]
    for folder in folders:
        folder.mkdir()
    authority, certificates, access = folders
    password = tmp_path / "password"
    password.write_text("secret", "utf-8")

    def make(*nodes: str) -> None:
        subprocess.run(
            ["bash", ROOT / "deploy" / "certificates.sh", *folders, password, *nodes],
            env={**os.environ, "NODES_OWNER": f"{os.geteuid()}:{os.getegid()}"},
            stderr=subprocess.DEVNULL,
            check=True,
        )

    make("es01", "es02")
    first = {path: path.read_bytes() for path in certificates.rglob("*") if path.is_file()}
    certificates.chmod(0o700)
    make("es01", "es02", "es03")
    for path, content in first.items():
        assert path.read_bytes() == content
    assert {path.name for path in access.iterdir()} == {"ca.crt"}
    assert not any((folder / "ca.key").exists() for folder in (certificates, access))
    assert (authority / "ca.key").stat().st_mode & 0o077 == 0
    for node in ("es01", "es02", "es03"):
        assert is_trusted(certificates / node, access / "ca.crt", node)
        assert not is_trusted(certificates / node, access / "ca.crt", "es04")


def is_trusted(node: Path, authority: Path, name: str) -> bool:
    """Whether somebody who trusts the authority takes the node for what it says it is."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(node / "node.crt", node / "node.key")
    client = ssl.create_default_context(cafile=str(authority))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        client.wrap_bio(to_client, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    for _ in range(3):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError:
                return False
    return ends[0].version() is not None
