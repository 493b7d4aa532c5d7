"""Days of the register: read, counted, filtered, without telling of what is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine

from query_room.errors import PermissionDeniedError
from query_room.outcomes import Outcome
from query_room.register import EntryFilter, Mode, NewEntry, PageRange
from query_room.register.periods import MOST_MONTHS
from query_room.visits import Purpose, Standing
from tests.query_room.register.conftest import consult

if TYPE_CHECKING:
    from query_room.accounts import Account
    from tests.query_room.register.conftest import Desk

DAY = dt.date(2026, 3, 2)


def test_a_year_is_counted_in_visits_volumes_items_and_pages(desk: Desk) -> None:
    counter = desk.counter
    copied = replace(consult(desk.opened, Mode.COPY), pages=(PageRange(first=1, last=3),), copies=2)
    certified = replace(consult(desk.opened, Mode.CERTIFY), certificate="档证1")
    volume = replace(consult(desk.volume), by_hand=True)
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False):
        wrong = desk.log(desk.entry(copied))
        desk.log(desk.entry(consult(desk.opened), certified, volume))
        desk.register.correct(
            wrong.entry_id,
            desk.entry(replace(copied, copies=1)),
            reason="一份",
            by=counter.staff,
            viewer=counter.viewer(counter.staff),
        )
    day = dt.date(2026, 3, 2)
    viewer = counter.viewer(counter.staff)
    counts = desk.periods.counts(day, day, by=counter.staff, viewer=viewer)
    assert (counts.visits, counts.volumes, counts.items) == (1, 1, 1)
    assert (counts.pages_copied, counts.certificates) == (3, 1)
    assert counts.by_purpose[Purpose.PERSONAL_PROOF] == 1
    assert sum(counts.by_purpose.values()) == 1
    assert set(counts.by_purpose) == set(Purpose)

    empty = desk.periods.counts(
        dt.date(2026, 3, 3), dt.date(2026, 12, 31), by=counter.staff, viewer=viewer
    )
    assert (empty.visits, empty.items, empty.pages_copied) == (0, 0, 0)

    listed = desk.periods.between(day, day, by=counter.staff, viewer=viewer)
    assert [entry.entry_id[-2:] for entry in listed] == ["01", "02", "03"]
    (last,) = desk.periods.between(day, day, by=counter.staff, viewer=viewer, offset=2, limit=1)
    assert last.corrects == wrong.entry_id


def test_a_period_is_filtered_by_what_the_visit_and_the_entry_say(desk: Desk) -> None:
    with time_machine.travel("2026-03-02T02:00:00Z", tick=False):
        entry = desk.log(desk.entry(consult(desk.opened)))
    day = dt.date(2026, 3, 2)
    staff = desk.counter.staff
    viewer = desk.counter.viewer(staff)
    hit = [
        EntryFilter(),
        EntryFilter(purpose=desk.visit.purpose, standing=desk.visit.standing),
        EntryFilter(outcome=Outcome.FOUND, handler=staff.name),
    ]
    missed = [
        EntryFilter(purpose=Purpose.HISTORY),
        EntryFilter(standing=Standing.UNIT),
        EntryFilter(outcome=Outcome.NONE),
        EntryFilter(purpose=desk.visit.purpose, handler="nobody"),
    ]
    for where in (*hit, *missed):
        listed = desk.periods.between(day, day, by=staff, viewer=viewer, where=where)
        counts = desk.periods.counts(day, day, by=staff, viewer=viewer, where=where)
        expected = [entry.entry_id] if where in hit else []
        assert [each.entry_id for each in listed] == expected, where
        assert (counts.visits, counts.items + counts.volumes) == (len(expected), len(expected))


def found(desk: Desk, where: EntryFilter, by: Account) -> tuple[list[str], int, int]:
    """Entries, visits and items that a filter finds."""
    viewer = desk.counter.viewer(by)
    listed = desk.periods.between(DAY, DAY, by=by, viewer=viewer, where=where)
    counts = desk.periods.counts(DAY, DAY, by=by, viewer=viewer, where=where)
    return [each.entry_id[-2:] for each in listed], counts.visits, counts.items + counts.volumes


def test_a_period_is_filtered_by_what_the_items_say(desk: Desk) -> None:
    staff = desk.counter.staff
    copied = replace(consult(desk.opened, Mode.COPY), pages=(PageRange(first=1, last=2),), copies=1)
    certified = replace(consult(desk.opened, Mode.CERTIFY), certificate="档证〔2026〕1号")
    with time_machine.travel("2026-03-02T02:00:00Z", tick=False):
        desk.log(desk.entry(copied))
        desk.log(desk.entry(certified))
    code = desk.opened.description.archival_code
    assert code
    assert found(desk, EntryFilter(mode=Mode.COPY), staff) == (["01"], 1, 1)
    assert found(desk, EntryFilter(certificate="档证〔2026〕1号"), staff) == (["02"], 1, 1)
    assert found(desk, EntryFilter(reference=code[:4]), staff) == (["01", "02"], 1, 1)
    assert found(desk, EntryFilter(reference=code[:4], mode=Mode.LEND), staff) == ([], 0, 0)
    # A wildcard of the database is a letter here.
    assert found(desk, EntryFilter(reference="%"), staff) == ([], 0, 0)


def test_what_a_reader_may_not_see_cannot_be_found_by_asking_for_it(desk: Desk) -> None:
    archivist, staff = desk.counter.archivist, desk.counter.staff
    used = replace(
        consult(desk.hidden, Mode.COPY), copies=1, by_hand=True, approver="馆长", basis="第二十九条"
    )
    with time_machine.travel("2026-03-02T02:00:00Z", tick=False):
        desk.log(NewEntry(search_id=None, outcome=Outcome.FOUND, items=(used,)), by=archivist)
    code = desk.hidden.description.archival_code
    for where in (EntryFilter(mode=Mode.COPY), EntryFilter(reference=code)):
        assert found(desk, where, archivist) == (["01"], 1, 1)
        assert found(desk, where, staff) == ([], 0, 0)
    # That there was an entry is no secret: the register is numbered without gaps.
    assert found(desk, EntryFilter(), staff)[0] == ["01"]


def test_months_add_up_to_the_period(desk: Desk) -> None:
    staff = desk.counter.staff
    viewer = desk.counter.viewer(staff)
    for moment in ("2026-03-02T02:00:00Z", "2026-03-31T15:59:59Z", "2026-03-31T16:00:00Z"):
        with time_machine.travel(moment, tick=False):
            desk.log(desk.entry(consult(desk.opened)))
    first, last = dt.date(2026, 2, 15), dt.date(2026, 4, 10)
    months = desk.periods.by_month(first, last, by=staff, viewer=viewer)
    # The last one was entered on the first of April in China.
    assert [(each.month.month, each.counts.items) for each in months] == [(2, 0), (3, 1), (4, 1)]


def test_many_years_are_not_broken_down(desk: Desk) -> None:
    staff = desk.counter.staff
    viewer = desk.counter.viewer(staff)
    begin = dt.date(2000, 1, 1)
    end = dt.date(2000 + MOST_MONTHS // 12, 1, 1)
    assert desk.periods.by_month(begin, end, by=staff, viewer=viewer) == ()
    whole = desk.periods.by_month(begin, end - dt.timedelta(days=1), by=staff, viewer=viewer)
    assert len(whole) == MOST_MONTHS


def test_only_those_who_serve_visitors_count(desk: Desk) -> None:
    for account in (desk.counter.admin, desk.counter.auditor):
        viewer = desk.counter.viewer(account)
        for ask in (desk.periods.counts, desk.periods.between, desk.periods.by_month):
            with pytest.raises(PermissionDeniedError):
                ask(DAY, DAY, by=account, viewer=viewer)
