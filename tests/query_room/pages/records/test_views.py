from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search_api.log import Use, events_of_subject
from tests.fixtures.archive import STAFF
from tests.indexer.extraction.documents import pdf
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


def with_image(archive: SmallArchive) -> str:
    """A record with a PDF of two pages."""
    pdf(archive.folder / "办法.pdf", [["关于低保的办法", "second line"], ["另一页"]])
    archive.add("低保办法", file="办法.pdf")
    archive.run()
    return f"/records/{record_id(archive, '低保办法')}"


def test_a_page_is_turned_between_text_and_image(
    client: FlaskClient, archive: SmallArchive
) -> None:
    record = with_image(archive)
    assert f"{record}/files/0/pages/1?view=image" in client.get(record).text
    text = client.get(f"{record}/files/0/pages/1?q=低保").text
    assert "/files/0/pages/1?q=%E4%BD%8E%E4%BF%9D&amp;view=image#hit" in text
    html = client.get(f"{record}/files/0/pages/1?q=低保&view=image").text
    assert 'alt="第 1 页的图像；已框出：低保"' in html
    assert html.count('class="box"') == 1
    assert '<g id="hit">' in html
    assert f'href="{record}/files/0/pages/1?q=%E4%BD%8E%E4%BF%9D#hit"' in html
    assert f'rel="next" href="{record}/files/0/pages/2?' in html
    assert "第 1 页，共 2 页" in text_of(html)


def test_an_image_is_kept_by_no_browser_and_noted_once(
    client: FlaskClient, archive: SmallArchive
) -> None:
    record = with_image(archive)
    client.get(f"{record}/files/0/pages/2?view=image&from=x")
    image = client.get(f"{record}/files/0/pages/2/image")
    assert image.mimetype == "image/png"
    assert image.data.startswith(b"\x89PNG")
    assert image.headers["Cache-Control"] == "private, no-store"
    assert image.headers["X-Content-Type-Options"] == "nosniff"
    bodies = [event.body for event in events_of_subject(archive.engine, record.rpartition("/")[2])]
    assert [body and (body["use"], body["pages"]) for body in bodies] == [(Use.PAGE, [2])]


def test_a_page_that_cannot_be_drawn_offers_the_original(
    client: FlaskClient, archive: SmallArchive
) -> None:
    (archive.folder / "a.tif").write_bytes(b"II*\0\x08\0\0\0 damaged")
    archive.add("坏的扫描件", file="a.tif", opening="open")
    archive.run()
    record = f"/records/{record_id(archive, '坏的扫描件')}"
    page = client.get(f"{record}/files/0/pages/1?view=image").text
    assert "本页无法显示为图像。 文件或本页已损坏。" in text_of(page)
    assert "暂无文字" in page
    assert f"{record}/files/0/original" in page
    refused = client.get(f"{record}/files/0/pages/1/image")
    assert refused.status_code == 422
    assert "这一页无法显示为图像" in text_of(refused.text)


def test_an_image_that_is_not_there_and_one_that_is_not_yours_are_the_same_page(
    client: FlaskClient, archive: SmallArchive
) -> None:
    pdf(archive.folder / "b.pdf", [["低保"]])
    archive.add("控制的办法", file="b.pdf", opening="controlled")
    record = with_image(archive)
    forbidden = record_id(archive, "控制的办法")
    for path in ("files/0/pages/1/image", "files/0/pages/1?view=image"):
        answers = [
            client.get(f"/records/{forbidden}/{path}"),
            client.get(f"/records/rnothing/{path}"),
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert text_of(answers[0].text) == text_of(answers[1].text)
    assert client.get(f"{record}/files/0/pages/3/image").status_code == 404
    assert client.get(f"{record}/files/1/pages/1/image").status_code == 404


def test_copying_and_printing_an_image_are_noted(
    client: FlaskClient, archive: SmallArchive
) -> None:
    record = with_image(archive)
    page = client.get(f"{record}/files/0/pages/2?view=image").text
    token = page.split('data-token="')[1].split('"')[0]
    for number, status in ((2, 204), (9, 404)):
        where = f"{record}/files/0/pages/{number}/uses"
        answer = client.post(where, data={"use": "printed", "csrf_token": token})
        assert answer.status_code == status
