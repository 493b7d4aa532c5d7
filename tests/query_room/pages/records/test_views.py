from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search_api.log import Use, events_of_subject
from tests.fixtures.archive import STAFF
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    archive.add(
        "低保名册", "第一页。\f第二页的低保。", doc_number="青民发〔2008〕3号", category="文书"
    )
    archive.add("纸质卷", shelf_mark="3库2架")
    archive.add("控制的名册", "低保", opening="controlled")
    archive.run()


def record_id(archive: SmallArchive, title: str) -> str:
    hits = archive.ask(f'"{title}"', STAFF).hits
    return next(h.record.record_id for h in hits if h.record.description.title == title)


def test_a_record_shows_its_description_and_files(
    client: FlaskClient, archive: SmallArchive
) -> None:
    page = text_of(client.get(f"/records/{record_id(archive, '低保名册')}").text)
    for expected in (
        "低保名册",
        "青民发〔2008〕3号",
        "文书",
        "开放",
        "低保名册.txt",
        "2 页",
        "下载原件",
    ):
        assert expected in page


def test_a_page_opens_at_the_hit_and_can_be_turned(
    client: FlaskClient, archive: SmallArchive
) -> None:
    html = client.get(f"/records/{record_id(archive, '低保名册')}/files/0/pages/2?q=低保").text
    assert '<mark id="hit">低保</mark>' in html
    assert "第 2 页，共 2 页" in text_of(html)
    assert "/files/0/pages/1?q=" in html


def test_the_original_is_a_download_and_nothing_else(
    client: FlaskClient, archive: SmallArchive
) -> None:
    with client.get(f"/records/{record_id(archive, '低保名册')}/files/0/original") as answer:
        assert answer.data.decode() == "第一页。\f第二页的低保。"
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_paper_says_where_it_stands(client: FlaskClient, archive: SmallArchive) -> None:
    page = text_of(client.get(f"/records/{record_id(archive, '纸质卷')}").text)
    assert "仅有纸质" in page
    assert "3库2架" in page


def test_not_there_and_not_yours_are_the_same_page(
    client: FlaskClient, archive: SmallArchive
) -> None:
    forbidden = record_id(archive, "控制的名册")
    for path in ("/records/{}", "/records/{}/files/0/pages/1", "/records/{}/files/0/original"):
        answers = [client.get(path.format(each)) for each in (forbidden, "rnothing")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert text_of(answers[0].text) == text_of(answers[1].text)


def test_copying_and_printing_are_noted_within_rights(
    client: FlaskClient, archive: SmallArchive
) -> None:
    own = record_id(archive, "低保名册")
    page = client.get(f"/records/{own}/files/0/pages/1").text
    token = page.split('data-token="')[1].split('"')[0]
    where = f"/records/{own}/files/0/pages/1/uses"
    assert client.post(where, data={"use": "copied", "csrf_token": token}).status_code == 204
    assert client.post(where, data={"use": "printed", "csrf_token": token}).status_code == 204
    assert client.post(where, data={"use": "burnt", "csrf_token": token}).status_code == 400
    forbidden = where.replace(own, record_id(archive, "控制的名册"))
    assert client.post(forbidden, data={"use": "copied", "csrf_token": token}).status_code == 404
    events = [event.body for event in events_of_subject(archive.engine, own)]
    assert [body and body["use"] for body in events] == [Use.PAGE, Use.COPIED, Use.PRINTED]
