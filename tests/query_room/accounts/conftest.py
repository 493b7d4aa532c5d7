"""Accounts on a real database, with passwords that cost little to hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from query_room.accounts import AccountService, Passwords
from query_room.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(tmp_path / "keys")


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def accounts(database: Engine, vault: Vault, passwords: Passwords) -> AccountService:
    return AccountService(engine=database, vault=vault, passwords=passwords)
