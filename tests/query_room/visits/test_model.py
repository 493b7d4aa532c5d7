from __future__ import annotations

from dataclasses import replace

import pytest

from query_room.errors import InvalidFieldError
from query_room.visits import IdentityKind, Visitor
from tests.query_room.counter import ZHANG


def test_screens_show_a_visitor_masked() -> None:
    shown = ZHANG.masked()
    assert (shown.name, shown.phone, shown.identity_number) == (
        "张*",
        "138****5678",
        "150204********1234",
    )
    assert shown.organisation == "清河区第三机械厂"


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"name": "  "}, "name", "required"),
        ({"name": "张" * 101}, "name", "too_long"),
        ({"identity_number": ""}, "identity_number", "required"),
        ({"phone": "1" * 101}, "phone", "too_long"),
    ],
)
def test_a_field_at_fault_is_named(changes: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        replace(ZHANG, **changes).checked()  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_what_is_public_needs_no_document() -> None:
    visitor = Visitor(name=" 王 ").checked()
    assert visitor == Visitor(name="王", identity_kind=IdentityKind.NONE)
    assert visitor.masked().identity_number == ""
