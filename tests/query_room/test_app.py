from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.query_room.conftest import text_of
from tests.search_api.test_routes import error_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive


@pytest.mark.parametrize("path", ["/", "/browse", "/nothing", "/api/v1/search?q=x"])
def test_every_answer_carries_the_security_headers(
    client: FlaskClient, archive: SmallArchive, path: str
) -> None:
    archive.run()
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_an_unknown_page_is_an_error_page(client: FlaskClient, archive: SmallArchive) -> None:
    archive.run()
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "没有这个页面" in text_of(answer.text)


def test_in_the_api_of_the_room_every_error_has_the_one_shape(client: FlaskClient) -> None:
    headers = {"Accept-Language": "en"}
    unknown = error_of(client.get("/api/v1/nothing", headers=headers), 404)
    assert unknown["code"] == "not_found"
    refused = client.delete("/api/v1/search", headers=headers)
    assert error_of(refused, 405)["message"].isascii()
    assert "GET" in refused.headers["Allow"]
    assert "<html" in client.get("/api/v2/nothing").text


def test_before_the_first_index_the_room_says_that_it_is_being_prepared(
    client: FlaskClient,
) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "检索服务正在准备" in text_of(answer.text)


def test_the_switches_work_without_a_script(client: FlaskClient, archive: SmallArchive) -> None:
    archive.run()
    html = client.get("/").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    token = {"csrf_token": found.group(1)}
    client.post("/preferences/language", data={**token, "language": "en"})
    client.post("/preferences/type", data={**token, "large": "1"})
    html = client.get("/").text
    assert 'lang="en" class="large-type"' in html
    assert "Find what the government holds" in html


def test_a_form_from_elsewhere_is_refused(client: FlaskClient) -> None:
    assert client.post("/preferences/language", data={"language": "en"}).status_code == 400


def test_going_back_never_leads_to_another_site(client: FlaskClient, archive: SmallArchive) -> None:
    archive.run()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert token is not None
    answer = client.post(
        "/preferences/language",
        data={"csrf_token": token.group(1), "language": "en"},
        headers={"Referer": "http://elsewhere.example/x"},
    )
    assert answer.headers["Location"] == "/"
