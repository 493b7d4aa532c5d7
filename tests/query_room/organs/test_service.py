from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from indexer.database import writing
from query_room.errors import InvalidFieldError
from query_room.organs import (
    DEFAULT_STEPS,
    Duty,
    Organ,
    OrganError,
    OrganNotFoundError,
    OrganService,
    ReviewStep,
    display_number,
)
from search_api.log import events_of_subject

if TYPE_CHECKING:
    from sqlalchemy import Engine

MZ = Organ(organ_id="minzheng", name="清河区民政局", number_prefix="清民依申")


@pytest.fixture
def organs(database: Engine) -> OrganService:
    service = OrganService(engine=database)
    service.ensure_default("清河区人民政府")
    return service


def test_a_room_has_an_organ_from_the_first_start_and_no_second_one(
    database: Engine, organs: OrganService
) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: organs.ensure_default("别的"), range(4)))
    (first,) = organs.list_all()
    assert (first.name, first.number_prefix) == ("清河区人民政府", "清依申")
    assert events_of_subject(database, "organ") == []


def test_an_organ_is_added_changed_and_closed_on_record(
    database: Engine, organs: OrganService
) -> None:
    organs.add(MZ, by="guanli")
    with pytest.raises(OrganError, match="exists"):
        organs.add(MZ, by="guanli")
    changed = organs.change(
        Organ(organ_id="minzheng", name="清河区民政局", number_prefix="清民依申", phone="0472"),
        by="guanli",
    )
    assert changed.phone == "0472"
    organs.close("minzheng", by="guanli")
    assert [organ.organ_id for organ in organs.list_open()] == ["organ"]
    events = events_of_subject(database, "minzheng")
    assert [event.kind for event in events] == ["organ.added", "organ.changed", "organ.closed"]
    assert events[1].body is not None
    assert events[1].body["fields"] == ["phone"]
    with pytest.raises(OrganError, match="closed"), writing(database) as connection:
        organs.next_number(connection, "minzheng", "x", 2026)


@pytest.mark.parametrize("organ_id", ["", "民政", "A", "x y", "a" * 21, "1a"])
def test_an_identifier_is_small_letters_and_digits(organs: OrganService, organ_id: str) -> None:
    with pytest.raises(InvalidFieldError):
        organs.add(Organ(organ_id=organ_id, name="某局", number_prefix="某"), by="guanli")


def test_organs_stand_in_a_tree(organs: OrganService) -> None:
    with pytest.raises(OrganError, match="unknown_parent"):
        organs.add(
            Organ(organ_id="ju", name="某局", number_prefix="某", parent="nowhere"), by="guanli"
        )
    organs.add(Organ(organ_id="ju", name="某局", number_prefix="某", parent="organ"), by="guanli")
    with pytest.raises(OrganError, match="unknown_parent"):
        organs.change(
            Organ(organ_id="organ", name="清河区", number_prefix="清", parent="ju"), by="guanli"
        )


def test_duties_are_held_in_each_organ_apart(organs: OrganService) -> None:
    organs.add(MZ, by="guanli")
    organs.set_duties("organ", "wang", {Duty.HANDLER, Duty.HEAD}, by="guanli")
    organs.set_duties("minzheng", "wang", {Duty.HANDLER}, by="guanli")
    assert organs.duties_of("wang", "organ") == {Duty.HANDLER, Duty.HEAD}
    assert organs.duties_of("wang", "minzheng") == {Duty.HANDLER}
    assert [organ.organ_id for organ in organs.organs_of("wang")] == ["organ", "minzheng"]
    organs.set_duties("organ", "wang", (), by="guanli")
    assert organs.members("organ") == []
    with pytest.raises(OrganNotFoundError):
        organs.set_duties("nowhere", "wang", {Duty.HEAD}, by="guanli")


def test_an_organ_sets_its_own_review(organs: OrganService) -> None:
    assert organs.review_steps("organ") == DEFAULT_STEPS
    steps = (ReviewStep(name="主任签批", duty=Duty.HEAD),)
    organs.set_review_steps("organ", steps, by="guanli")
    assert organs.review_steps("organ") == steps
    with pytest.raises(InvalidFieldError):
        organs.set_review_steps("organ", (), by="guanli")


def test_numbers_follow_each_other_without_gaps_whoever_asks_at_once(
    database: Engine, organs: OrganService
) -> None:
    def take(_: int) -> int:
        with writing(database) as connection:
            return organs.next_number(connection, "organ", "request", 2026)

    with ThreadPoolExecutor(4) as threads:
        taken = sorted(threads.map(take, range(20)))
    assert taken == list(range(1, 21))
    with suppress(RuntimeError), writing(database) as connection:
        organs.next_number(connection, "organ", "request", 2026)
        raise RuntimeError
    assert take(0) == 21


def test_a_number_is_printed_as_the_standard_asks() -> None:
    assert display_number(MZ, 2026, 12) == "清民依申〔2026〕12号"
