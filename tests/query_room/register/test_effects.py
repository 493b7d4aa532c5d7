"""What came of a use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading
from query_room.errors import EntryNotFoundError, InvalidFieldError, PermissionDeniedError
from search_api.log import verify
from tests.query_room.register.conftest import consult

if TYPE_CHECKING:
    from tests.query_room.register.conftest import Desk

TOLD = "凭此证明补缴了社保，张建国来电致谢"


def test_effects_are_noted_in_order_and_readable_by_the_counter_alone(desk: Desk) -> None:
    staff = desk.counter.staff
    entry = desk.log(desk.entry(consult(desk.opened)))
    desk.effects.note(entry.entry_id, TOLD, by=staff)
    desk.effects.note(entry.entry_id, "又来一次", by=desk.counter.colleague)
    pairs = [(entry.entry_id, entry.visit_id)]
    told = desk.effects.of_entries(pairs, by=staff)[entry.entry_id]
    assert [(each.text, each.noted_by) for each in told] == [
        (TOLD, staff.name),
        ("又来一次", desk.counter.colleague.name),
    ]
    for table in ("register_effect", "log_body"):
        with reading(desk.counter.engine) as connection:
            assert "张建国" not in str(connection.execute(text(f"SELECT * FROM {table}")).all())
    with pytest.raises(PermissionDeniedError):
        desk.effects.of_entries(pairs, by=desk.counter.auditor)


def test_an_effect_goes_with_the_visitor(desk: Desk) -> None:
    counter = desk.counter
    entry = desk.log(desk.entry(consult(desk.opened)))
    desk.effects.note(entry.entry_id, TOLD, by=counter.staff)
    counter.visits.erase_person(desk.visit.visit_id, ground="本人要求", by=counter.archivist)
    pairs = [(entry.entry_id, entry.visit_id)]
    (told,) = desk.effects.of_entries(pairs, by=counter.staff)[entry.entry_id]
    assert told.text is None
    assert verify(counter.engine).is_whole


def test_nothing_is_noted_on_nothing(desk: Desk) -> None:
    staff = desk.counter.staff
    with pytest.raises(EntryNotFoundError):
        desk.effects.note("20260101-001-01", TOLD, by=staff)
    entry = desk.log(desk.entry(consult(desk.opened)))
    with pytest.raises(InvalidFieldError):
        desk.effects.note(entry.entry_id, "  ", by=staff)
    assert desk.effects.of_entries([(entry.entry_id, entry.visit_id)], by=staff) == {}
