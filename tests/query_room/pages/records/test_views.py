from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from indexer.indexing.copy_search import CopySearch
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


def test_a_part_of_a_scan_offers_no_original_that_others_are_in(
    client: FlaskClient, archive: SmallArchive
) -> None:
    pdf(archive.folder / "案卷.pdf", [["甲的申请"], ["乙的申请"]])
    archive.add("甲", file="案卷.pdf", 起止页号="1-1")
    archive.add("乙", file="案卷.pdf", 起止页号="2-2")
    archive.run()
    for title in ("甲", "乙"):
        address = f"/records/{record_id(archive, title)}"
        page = text_of(client.get(address).text)
        assert "阅读" in page
        assert "下载原件" not in page
        assert client.get(f"{address}/files/0/original").status_code == 404


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


def test_a_record_lists_its_copies_that_the_reader_may_see(
    client: FlaskClient, archive: SmallArchive
) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4F00)))
    archive.add("原件", text, agency="民政局")
    archive.add("另存", f"{text[:90]}\n{text[90:]}", agency="水利局", date="2008-03-15")
    archive.add("草案", f"{text}补充")
    archive.add("内部副本", f"{text}\n", opening="controlled")
    archive.run()
    CopySearch(archive.engine, archive.settings).run()
    page = client.get(f"/records/{record_id(archive, '原件')}").text
    shown = text_of(page)
    for expected in ("副本与相同文本 2", "另存", "文本相同", "水利局", "2008-03-15", "另存.txt"):
        assert expected in shown
    assert "文本近乎相同 99.6%" in shown
    assert "内部副本" not in page
    (address,) = re.findall(r'href="(/records/[^"]*)">另存', page)
    assert client.get(address).status_code == 200
    opened = events_of_subject(archive.engine, record_id(archive, "另存"))
    assert [event.kind for event in opened] == ["record.used"]


def test_a_hit_says_how_many_others_have_its_text(
    client: FlaskClient, archive: SmallArchive
) -> None:
    text = "关于松瓦镇水库的通知" + "".join(map(chr, range(0x4E00, 0x4F00)))
    archive.add("原件", text)
    archive.add("另存", f"{text[:90]}\n{text[90:]}")
    archive.add("内部副本", f"{text}\n", opening="controlled")
    archive.run()
    assert "相同文本" not in client.get("/search?q=松瓦镇水库").text
    CopySearch(archive.engine, archive.settings).run()
    shown = text_of(client.get("/search?q=松瓦镇水库").text)
    assert "2 件 其中 1 件在本页折叠于内容相同的档案之下。" in shown
    assert shown.count("另有 1 份内容相同") == 1
    by_date = text_of(client.get("/search?q=松瓦镇水库&order=newest").text)
    assert by_date.count("另有 1 份相同文本") == 2
    assert "2 件" in shown
    hits = client.get("/api/v1/search?q=松瓦镇水库&order=newest").get_json()["hits"]
    assert [hit["copies"] for hit in hits] == [1, 1]
    told = client.get("/api/v1/search?q=松瓦镇水库").get_json()
    (leading,) = told["hits"]
    ids = {leading["record_id"], *(each["record_id"] for each in leading["folded"])}
    assert (ids, told["folded"]) == ({hit["record_id"] for hit in hits}, 1)
    found = client.get(f"/api/v1/records/{hits[0]['record_id']}").get_json()
    assert found["copies_total"] == 1
    (copy,) = found["copies"]
    assert (copy["record_id"], copy["kind"]) == (hits[1]["record_id"], "same_text")
    assert (copy["similarity"], copy["of_file"]) == (1000, 0)


def test_similar_records_are_offered_with_what_they_share(
    client: FlaskClient, archive: SmallArchive
) -> None:
    for name in ("供热退费", "供热测温"):
        archive.add(name, "供热管网检修以后测温。" + name)
    archive.add("别的", "土地承包。")
    archive.run()
    hit = archive.ask("退费").hits[0].record.record_id
    html = client.get(f"/records/{hit}").text
    assert "相似档案" in html
    assert re.search("共有：[^<]*测温", html)
