"""Accounts on a real database, with passwords that cost little to hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from query_room.accounts import AccountService, Passwords
from query_room.vault import Vault
from tests.fixtures.passwords import CHEAP

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(tmp_path / "keys")


@pytest.fixture
def passwords() -> Passwords:
    return CHEAP


@pytest.fixture
def accounts(database: Engine, vault: Vault, passwords: Passwords) -> AccountService:
    return AccountService(engine=database, vault=vault, passwords=passwords)
