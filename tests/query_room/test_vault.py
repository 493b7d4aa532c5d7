from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.errors import VaultError
from query_room.vault import KEY_FILE, Vault, rotate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault.open(tmp_path_factory.mktemp("keys"))


@given(text=st.text(st.characters()))
def test_a_text_comes_back_and_does_not_show(vault: Vault, text: str) -> None:
    token = vault.encrypt(text)
    assert vault.decrypt(token) == text
    assert vault.encrypt(text) != token
    assert token.isascii()


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "keys"
    token = Vault.open(folder).encrypt("张三")
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Vault.open(folder).decrypt(token) == "张三"
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(lambda _: Vault.open(tmp_path), range(8)))
    token = vaults[0].encrypt("张三")
    assert {vault.decrypt(token) for vault in vaults} == {"张三"}


def test_another_vault_reads_nothing(tmp_path: Path, vault: Vault) -> None:
    other = Vault.open(tmp_path)
    with pytest.raises(VaultError):
        other.decrypt(vault.encrypt("张三"))
    assert other.blind_index("phone", "1") != vault.blind_index("phone", "1")


@pytest.mark.parametrize("token", ["", "x", "中", "gAAAAA==", "a" * 200])
def test_a_damaged_token_is_an_error_of_ours(vault: Vault, token: str) -> None:
    with pytest.raises(VaultError):
        vault.decrypt(token)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"encryption": []}',
        '{"encryption": ["x"], "blind_index": "eA=="}',
        '{"encryption": [1], "blind_index": "eA=="}',
        '{"encryption": [], "blind_index": "eA=="}',
        "中文",
    ],
)
def test_a_damaged_key_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / KEY_FILE
    path.write_text(content, "utf-8")
    path.chmod(0o600)
    with pytest.raises(VaultError, match=KEY_FILE):
        Vault.open(tmp_path)
    assert path.read_text("utf-8") == content


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    Vault.open(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(VaultError, match="600"):
        Vault.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file, not a folder")
    for use in (Vault.open, rotate):
        with pytest.raises(VaultError):
            use(tmp_path / "keys")


def test_after_rotation_old_and_new_texts_are_read(tmp_path: Path) -> None:
    before = Vault.open(tmp_path)
    old = before.encrypt("旧")
    rotate(tmp_path)
    after = Vault.open(tmp_path)
    new = after.encrypt("新")
    assert (after.decrypt(old), after.decrypt(new)) == ("旧", "新")
    assert after.blind_index("phone", "138") == before.blind_index("phone", "138")
    with pytest.raises(VaultError):
        before.decrypt(new)
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_equal_values_have_equal_blind_indexes_for_one_purpose(vault: Vault) -> None:
    index = vault.blind_index("identity", "15020419900101123x")
    assert vault.blind_index("identity", " １５０２０４19900101123X ") == index
    assert vault.blind_index("identity", "15020419900101124X") != index
    assert vault.blind_index("phone", "15020419900101123X") != index
    assert len(index) == 64
