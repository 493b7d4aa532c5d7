from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from indexer.errors import StorageError
from query_room.backup.keys import fit, key_check, load_keys, put_keys, save_keys
from query_room.errors import BackupDamagedError, BackupRefusedError, RestoreRefusedError
from query_room.vault import KEY_FILE, Vault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    Vault.open(folder)
    (folder / "session.key").write_bytes(bytes(range(32)))
    (folder / "session.key").chmod(0o600)
    return folder


def test_keys_go_to_a_file_and_come_back(keys: Path, tmp_path: Path) -> None:
    (keys / "notes.txt").write_text("no key")
    token = Vault.open(keys).encrypt("张建国")
    save_keys(keys, tmp_path / "k")
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    found = load_keys(tmp_path / "k")
    assert found.keys() == {KEY_FILE, "session.key"}
    put_keys(tmp_path / "new", found)
    assert Vault.open(tmp_path / "new").decrypt(token) == "张建国"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    put_keys(tmp_path / "new", found)  # again is no error


def test_keys_that_are_there_are_never_replaced(keys: Path, tmp_path: Path) -> None:
    save_keys(keys, tmp_path / "k")
    other = tmp_path / "other"
    Vault.open(other)
    before = (other / KEY_FILE).read_bytes()
    with pytest.raises(RestoreRefusedError, match="other_keys"):
        put_keys(other, load_keys(tmp_path / "k"))
    assert [path.name for path in other.iterdir()] == [KEY_FILE]
    assert (other / KEY_FILE).read_bytes() == before


def test_a_backup_knows_its_keys_and_tells_nothing_of_them(keys: Path, tmp_path: Path) -> None:
    check = key_check(keys)
    assert check is not None
    assert fit(keys, check)
    assert check != key_check(keys)
    secret = json.loads((keys / KEY_FILE).read_text())["blind_index"]
    assert secret not in check.model_dump_json()
    Vault.open(tmp_path / "other")
    assert not fit(tmp_path / "other", check)
    assert not fit(tmp_path / "none", check)
    assert not (tmp_path / "none").exists()
    assert fit(tmp_path / "none", None)
    assert key_check(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_where_there_are_no_keys_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="no_keys"):
        save_keys(tmp_path / "keys", tmp_path / "k")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format": 1}',
        b'{"format": 1, "keys": {"../../escape.key": "AA=="}}',
        b'{"format": 1, "keys": {"a.key\\n": "AA=="}}',
        b'{"format": 1, "keys": {"session.key": "no base64!"}}',
        b'{"format": 1, "keys": {"session.key": 7}}',
        b"[" * 100_000,
        bytes(2_000_000),
    ],
    ids=lambda content: repr(content[:40]),
)
def test_what_is_no_file_of_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k").write_bytes(content)
    with pytest.raises(BackupDamagedError, match="no_key_file"):
        load_keys(tmp_path / "k")


def test_a_newer_or_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "k").write_bytes(b'{"format": 2, "keys": {}}')
    with pytest.raises(RestoreRefusedError, match="newer_format"):
        load_keys(tmp_path / "k")
    with pytest.raises(StorageError):
        load_keys(tmp_path / "none")
