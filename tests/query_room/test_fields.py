from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.errors import InvalidFieldError
from query_room.fields import optional, required


@given(st.text(st.characters()))
def test_what_is_kept_can_be_stored_and_stays_as_it_is(text: str) -> None:
    kept = optional("note", text, limit=10_000)
    kept.encode()
    assert "\x00" not in kept
    assert optional("note", kept, limit=10_000) == kept


def test_a_name_cannot_turn_the_line_around_but_mongolian_is_kept() -> None:
    assert required("name", " 张\u202e三\x00 ") == "张三"
    assert required("name", "ᠰᠠᠢ\u180e\u180b") == "ᠰᠠᠢ\u180e\u180b"


@pytest.mark.parametrize(("text", "reason"), [(" \n ", "required"), ("x" * 101, "too_long")])
def test_empty_and_too_long_are_told_apart(text: str, reason: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        required("name", text)
    assert (caught.value.field, caught.value.reason) == ("name", reason)
