from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.catalogue.profiles import Profile, Rules
from indexer.database import reading, writing
from indexer.errors import ProfileRefusedError
from indexer.importing.profiles import kept_profiles, retire_profile, save_profile

if TYPE_CHECKING:
    from sqlalchemy import Engine

ONE = Profile(name="甲", signature=frozenset({"题目"}), columns={"题目": "title"})


def test_a_profile_is_kept_by_versions_and_the_last_is_in_force(database: Engine) -> None:
    changed = Profile(name="甲", signature=ONE.signature, rules=Rules(join_by_order=True))
    with writing(database) as connection:
        assert save_profile(connection, ONE, by="li").version == 1
        assert save_profile(connection, ONE, by="li").version == 1
        assert save_profile(connection, changed, by="wang").version == 2
    with reading(database) as connection:
        (kept,) = kept_profiles(connection)
    assert (kept.version, kept.rules.join_by_order, kept.columns) == (2, True, {})


def test_a_retired_profile_is_used_no_longer_and_can_be_kept_again(database: Engine) -> None:
    with writing(database) as connection:
        save_profile(connection, ONE, by="li")
        retire_profile(connection, "甲", by="li")
        assert kept_profiles(connection) == ()
        with pytest.raises(ProfileRefusedError):
            retire_profile(connection, "甲", by="li")
        assert save_profile(connection, ONE, by="li").version == 3
        assert [each.version for each in kept_profiles(connection)] == [3]


def test_what_cannot_be_kept_is_not(database: Engine) -> None:
    with writing(database) as connection:
        with pytest.raises(ProfileRefusedError):
            save_profile(connection, Profile(name="", signature=ONE.signature), by="li")
        assert kept_profiles(connection) == ()
