from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, utc_now, writing
from query_room.errors import VaultError
from query_room.sealing import Sealing
from query_room.vault import Vault
from search_api.log import EventKind, erase

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def sealing(tmp_path: Path) -> Sealing:
    return Sealing(Vault.open(tmp_path))


def test_a_text_comes_back_to_its_owner_alone(database: Engine, sealing: Sealing) -> None:
    with writing(database) as connection:
        event = sealing.keep(connection, EventKind.TEXT_WRITTEN, "r1", "住在槐荫街", utc_now())
    with reading(database) as connection:
        assert sealing.load(connection, [("r1", event)]) == {("r1", event): "住在槐荫街"}
        with pytest.raises(VaultError):
            sealing.load(connection, [("r2", event)])


def test_an_erased_text_is_absent(database: Engine, sealing: Sealing) -> None:
    with writing(database) as connection:
        event = sealing.keep(connection, EventKind.TEXT_WRITTEN, "r1", "住在槐荫街", utc_now())
    erase(database, [event], "到期", "guo")
    with reading(database) as connection:
        assert sealing.load(connection, [("r1", event)]) == {}
