"""An applicant follows a request with its number and its secret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.letters import LetterKind
from query_room.requests import Manner
from search_api.china_time import day_in_china
from tests.query_room.conftest import text_of
from tests.query_room.one_app import app_of
from tests.query_room.requests.conftest import LI, Office, office
from tests.query_room.requests.issuing import issue

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

__all__ = ["office"]  # the fixture


@pytest.fixture
def applicant(office: Office) -> FlaskClient:
    client = app_of(office.room).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    return client


def follow(
    applicant: FlaskClient, number: str, secret: str, path: str = "/follow/"
) -> TestResponse:
    page = applicant.get("/follow/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return applicant.post(
        path, data={"csrf_token": token.group(1), "number": number, "secret": secret}
    )


def test_number_and_secret_show_where_it_stands_and_nobodys_name(
    office: Office, applicant: FlaskClient
) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    answer = follow(applicant, receipt.request_id.lower(), receipt.secret)
    page = text_of(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "待分办" in page
    assert "剩余 20 个工作日" in page
    assert LI.name not in page
    assert office.handler.name not in page


def test_wrong_numbers_and_wrong_secrets_are_told_alike(
    office: Office, applicant: FlaskClient
) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    wrong = follow(applicant, receipt.request_id, "0000-0000-0000")
    unknown = follow(applicant, "ORGAN-2026-99999", receipt.secret)
    assert wrong.status_code == unknown.status_code == 403
    assert "查询编号或密码不正确" in text_of(wrong.text)
    assert "查询编号或密码不正确" in text_of(unknown.text)


def test_guessing_is_slowed_down(office: Office, applicant: FlaskClient) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    statuses = [
        follow(applicant, receipt.request_id, f"0000-0000-{number:04d}").status_code
        for number in range(12)
    ]
    assert statuses[-1] == 429


def test_a_reply_wanted_online_is_read_here_once_it_was_sent(
    office: Office, applicant: FlaskClient
) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    number = receipt.request_id
    office.requests.intake.assign(number, office.handler.name, by=office.handler)
    office.opened(number)
    office.approved(number)
    letter = issue(office, number, LetterKind.REPLY)
    assert follow(applicant, number, receipt.secret, "/follow/reply").status_code == 409
    office.requests.deciding.dispatch(
        number,
        letter,
        manner=Manner.ONLINE,
        day=day_in_china(utc_now()),
        note="",
        by=office.handler,
    )
    assert "查看答复书" in follow(applicant, number, receipt.secret).text
    reply = follow(applicant, number, receipt.secret, "/follow/reply")
    assert "政府信息公开申请答复书" in reply.text
