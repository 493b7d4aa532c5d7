from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, utc_now, writing
from query_room.errors import PersonErasedError, VaultError
from query_room.vault import Vault
from query_room.visits.personal_data import PersonalData
from search_api.log import erase
from tests.query_room.counter import ZHANG

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def personal(tmp_path: Path) -> PersonalData:
    return PersonalData(Vault.open(tmp_path))


def test_a_visitor_and_a_text_come_back(database: Engine, personal: PersonalData) -> None:
    with writing(database) as connection:
        person = personal.keep_visitor(connection, "v1", ZHANG, utc_now())
        text = personal.keep_text(connection, "v1", "他父亲\n叫张某", utc_now())
    with reading(database) as connection:
        assert personal.visitor(connection, "v1", person) == ZHANG
        assert personal.texts(connection, [("v1", text)]) == {text: "他父亲\n叫张某"}


def test_an_erased_one_is_absent(database: Engine, personal: PersonalData) -> None:
    with writing(database) as connection:
        person = personal.keep_visitor(connection, "v1", ZHANG, utc_now())
    erase(database, [person], "到期", "guo")
    with reading(database) as connection:
        assert personal.visitors(connection, [("v1", person)]) == {}
        with pytest.raises(PersonErasedError):
            personal.visitor(connection, "v1", person)


def test_what_belongs_to_one_visit_is_not_read_for_another(
    database: Engine, personal: PersonalData
) -> None:
    with writing(database) as connection:
        person = personal.keep_visitor(connection, "v1", ZHANG, utc_now())
    with reading(database) as connection, pytest.raises(VaultError, match="another owner"):
        personal.visitor(connection, "v2", person)


def test_a_number_is_found_again_by_its_digest_alone(personal: PersonalData) -> None:
    identity, phone = personal.digests(ZHANG)
    assert personal.digests(ZHANG) == (identity, phone)
    assert identity is not None
    assert ZHANG.identity_number not in identity
    assert identity != phone
