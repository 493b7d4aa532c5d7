"""A citizen applies, on whatever they have."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.database import utc_now
from query_room.letters import LetterKind
from query_room.requests import Manner, RequestStatus
from search_api.china_time import day_in_china
from search_api.log import EventKind, events_of_subject
from tests.query_room.conftest import text_of
from tests.query_room.one_app import app_of
from tests.query_room.requests.conftest import Office, office
from tests.query_room.requests.issuing import issue

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

__all__ = ["office"]  # the fixture

MATTER = "红旗公社一九七一年知青名单"
PERSON = {
    "category": "nat",
    "name": "李秀英",
    "identity_kind": "id_card",
    "identity_number": "150204199002301227",
    "phone": "13900001234",
    "form": "electronic",
    "delivery": "online",
    "confirmed": "1",
}


def photograph(form: str = "JPEG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(stream, form)
    return stream.getvalue()


@pytest.fixture
def citizen(office: Office) -> FlaskClient:
    client = app_of(office.room).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    return client


def token(citizen: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', citizen.get("/apply/").text)
    assert found is not None
    return found.group(1)


def matching(citizen: FlaskClient, office: Office, description: str = MATTER) -> TestResponse:
    return citizen.post(
        "/apply/matching",
        data={
            "csrf_token": token(citizen),
            "organ": office.organ_id,
            "description": description,
        },
    )


def send(citizen: FlaskClient, office: Office, content: bytes, **changes: str) -> TestResponse:
    shown = matching(citizen, office).text
    search = re.search(r'name="search" value="([^"]*)"', shown)
    assert search is not None
    fields = {
        "csrf_token": token(citizen),
        "organ": office.organ_id,
        "description": MATTER,
        "search": search.group(1),
        **PERSON,
        **changes,
    }
    photographs = (io.BytesIO(content), "证件.heic") if content else (io.BytesIO(), "")
    return citizen.post(
        "/apply/",
        data={**fields, "photographs": photographs},
        content_type="multipart/form-data",
    )


def test_what_is_open_already_is_shown_first(office: Office, citizen: FlaskClient) -> None:
    page = text_of(matching(citizen, office).text)
    assert "已经公开的信息" in page
    assert "红旗公社一九七一年知青名单" in page
    assert "来信处理单" not in page
    assert "必须填写" in text_of(matching(citizen, office, " ").text)


def test_what_was_given_out_on_request_before_is_said(office: Office, citizen: FlaskClient) -> None:
    number = office.in_work()
    office.opened(number)
    office.approved(number)
    letter = issue(office, number, LetterKind.REPLY)
    assert "曾依申请公开" not in text_of(matching(citizen, office).text)
    today = day_in_china(utc_now())
    office.requests.deciding.dispatch(
        number, letter, manner=Manner.POSTED, day=today, note="", by=office.handler
    )
    page = text_of(matching(citizen, office).text)
    assert f"{today.isoformat()} 曾依申请公开" in page
    assert number not in page


def test_a_request_arrives_with_the_search_that_led_to_it(
    office: Office, citizen: FlaskClient
) -> None:
    answer = send(citizen, office, photograph())
    assert answer.status_code == 200
    (listed,) = office.requests.reader.in_work(by=office.handler)
    request = listed.request
    assert request.status is RequestStatus.FILED
    assert request.request_id in answer.text
    file = office.load(request.request_id)
    assert [(each.how, each.text) for each in file.searches] == [("origin", MATTER)]
    events = events_of_subject(office.room.engine, request.request_id)
    assert EventKind.PROOF_KEPT in {event.kind for event in events}


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        (b"", {}, "身份证明"),
        (b"<svg/>", {}, "JPEG"),
        (photograph()[:200], {}, "损坏"),
        (photograph(), {"name": ""}, "必须填写"),
        (photograph(), {"confirmed": ""}, "必须填写"),
        (photograph(), {"organ": "nowhere"}, "没有这个机关"),
        (photograph(), {"search": "s-of-somebody"}, "没有这次检索"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    office: Office, citizen: FlaskClient, content: bytes, changes: dict[str, str], said: str
) -> None:
    answer = send(citizen, office, content, **changes)
    assert answer.status_code in {400, 404}
    assert said in text_of(answer.text)
    assert office.requests.reader.in_work(by=office.handler) == []


def test_nobody_can_carry_another_readers_search_into_a_request(
    office: Office, citizen: FlaskClient
) -> None:
    of_staff = office.ask("知青").search_id
    answer = send(citizen, office, photograph(), search=of_staff)
    assert answer.status_code == 400
    assert office.requests.reader.in_work(by=office.handler) == []
