from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from query_room.accounts.passwords import MAX_LENGTH, Passwords
from query_room.errors import WeakPasswordError
from tests.fixtures.passwords import CHEAP


@given(st.text(st.characters(), min_size=1, max_size=40), st.text(max_size=40))
def test_only_the_password_itself_matches(password: str, other: str) -> None:
    kept = CHEAP.renewed(password)
    assert CHEAP.matches(kept, password)
    assert password.encode("utf-8", "surrogatepass").hex() not in kept
    assert CHEAP.renewed(password) != kept
    assert CHEAP.matches(kept + "x", password) is False
    assert CHEAP.matches(CHEAP.decoy, other) is False


def test_passwords_are_hashed_at_the_cost_that_the_rfc_gives_machines_with_little_memory() -> None:
    # RFC 9106 section 4, the second recommended option.
    assert Passwords().renewed("x" * 10).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_full_width_typing_is_the_same_password() -> None:
    kept = CHEAP.hash("青山区Query123", name="wang")
    assert CHEAP.matches(kept, "青山区Ｑｕｅｒｙ１２３")
    assert not CHEAP.matches(kept, "青山区query123")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"),
        ("九个字符的密码一二", "too_short"),
        ("x" * (MAX_LENGTH + 1), "too_long"),
        ("ＷＡＮＧＸＩＡＯＭＩＮＧ", "is_the_name"),
    ],
)
def test_weak_passwords_are_refused(password: str, reason: str) -> None:
    with pytest.raises(WeakPasswordError) as caught:
        CHEAP.hash(password, name="wangxiaoming")
    assert caught.value.reason == reason


def test_what_is_no_hash_matches_nothing() -> None:
    assert not CHEAP.matches("", "密码密码密码密码密码")
    assert not CHEAP.matches("$argon2id$broken", "密码密码密码密码密码")


def test_a_hash_of_another_cost_is_outdated() -> None:
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    kept = CHEAP.renewed("x" * 10)
    assert dearer.is_outdated(kept)
    assert not CHEAP.is_outdated(kept)
    assert dearer.matches(kept, "x" * 10)
