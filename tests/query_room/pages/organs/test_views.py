"""Organs on pages: by administrators alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from query_room.organs import Duty, ReviewStep
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from query_room.room import Room

NEW = {"organ_id": "minzheng", "name": "清河区民政局", "number_prefix": "清民依申"}


@pytest.fixture
def admin(room: Room) -> Person:
    return person(room, "guanli", Role.ADMIN, "管理员")


def test_an_organ_is_added_and_found_in_the_list(room: Room, admin: Person) -> None:
    parent = room.organs.list_all()[0].organ_id
    answer = admin.post("/organs/", **NEW, parent=parent)
    assert answer.headers["Location"] == "/organs/minzheng"
    assert room.organs.load("minzheng").parent == parent
    page = text_of(admin.get("/organs/").text)
    assert "清河区民政局 清民依申" in page
    again = admin.post("/organs/", **NEW)
    assert again.status_code == 400
    assert "清河区民政局" in again.text


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("organ_id", "民政")])
def test_what_is_wrong_stands_beside_its_field(admin: Person, field: str, value: str) -> None:
    answer = admin.post("/organs/", **{**NEW, field: value})
    assert answer.status_code == 400
    assert f'id="{field}-problem"' in answer.text


def test_the_letterhead_is_changed(room: Room, admin: Person) -> None:
    admin.post("/organs/", **NEW)
    changed = {**NEW, "phone": "0472-5550001", "email": "gk@minzheng.example.cn"}
    assert admin.post("/organs/minzheng", **changed).status_code == 302
    assert room.organs.load("minzheng").phone == "0472-5550001"
    assert 'value="0472-5550001"' in admin.get("/organs/minzheng").text
    refused = admin.post("/organs/minzheng", **{**changed, "name": " "})
    assert refused.status_code == 400
    assert 'id="name-problem"' in refused.text
    assert 'value="0472-5550001"' in refused.text


def test_people_are_entrusted_with_duties(room: Room, admin: Person) -> None:
    admin.post("/organs/", **NEW)
    person(room, "wang", Role.STAFF, "王办事")
    assert "王办事" in admin.get("/organs/minzheng").text
    admin.post("/organs/minzheng/duties", account="wang", duty=["handler", "head"])
    assert room.organs.duties_of("wang", "minzheng") == {Duty.HANDLER, Duty.HEAD}
    assert admin.post("/organs/minzheng/duties", account="wang", duty="king").status_code == 400
    assert admin.post("/organs/minzheng/duties", account="nobody").status_code == 400
    # Whose role handles no requests is entrusted with none.
    assert admin.post("/organs/minzheng/duties", account="guanli", duty="head").status_code == 400
    admin.post("/organs/minzheng/duties", account="wang")
    assert room.organs.members("minzheng") == []


def test_steps_are_set_in_their_order(room: Room, admin: Person) -> None:
    admin.post("/organs/", **NEW)
    admin.post(
        "/organs/minzheng/steps",
        step_name=["科室审核", "", "局长签发"],
        step_duty=["legal_reviewer", "handler", "head"],
    )
    assert room.organs.review_steps("minzheng") == (
        ReviewStep(name="科室审核", duty=Duty.LEGAL_REVIEWER),
        ReviewStep(name="局长签发", duty=Duty.HEAD),
    )
    refused = admin.post("/organs/minzheng/steps", step_name="x", step_duty="king")
    assert refused.status_code == 400


def test_a_closed_organ_says_so(room: Room, admin: Person) -> None:
    admin.post("/organs/", **NEW)
    admin.post("/organs/minzheng/close")
    assert room.organs.load("minzheng").is_closed
    assert "不再受理" in admin.get("/organs/minzheng").text


def test_nobody_else_comes_here(room: Room) -> None:
    for role in (Role.STAFF, Role.ARCHIVIST, Role.AUDITOR):
        other = person(room, role.value, role)
        assert other.get("/organs/").status_code == 403
        assert other.post("/organs/", **NEW).status_code == 403
    assert person(room, "guanli", Role.ADMIN).get("/organs/nowhere").status_code == 404
