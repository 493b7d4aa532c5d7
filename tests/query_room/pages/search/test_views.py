from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now, writing
from indexer.indexing.generating import begin_generation
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    archive.add(
        "低保工作的通知", "各街道办事处：\f申请低保的条件。", agency="区民政局", date="2008-03-15"
    )
    archive.add("征地公告", "土地征收。", agency="区政府", date="1998")
    archive.add("控制的名册", "低保", opening="controlled", agency="区民政局")
    archive.run()


def test_the_home_page_says_what_is_open_to_the_reader(client: FlaskClient) -> None:
    page = text_of(client.get("/").text)
    assert "清河区人民政府" in page
    assert "可供查阅 2 件，来自 2 个机关，1998 年至 2008 年" in page


def test_an_answer_leads_to_the_page_where_it_was_met(client: FlaskClient) -> None:
    html = client.get("/search?q=低保 条件").text
    assert "<mark>低保</mark>" in html
    assert "/files/0/pages/2?" in html
    assert "#hit" in html
    assert "1 件" in text_of(html)
    assert "控制的名册" not in html


def test_what_comes_nearest_stands_under_a_heading_of_its_own(client: FlaskClient) -> None:
    page = text_of(client.get("/search?q=征收 土地 公告 低保工作").text)
    hits, nearby = page.split("相近的", 1)
    assert "区政府 1998" in hits
    assert "区民政局 2008-03-15" in nearby


def test_a_hit_says_why_and_leads_to_the_pages_it_was_met_on(client: FlaskClient) -> None:
    html = client.get("/search?q=低保 条件").text
    assert "见于 标题 正文第2页" in text_of(html)
    onward = re.search(r'<h2><a href="(/records/[^"]+)"', html)
    assert onward is not None
    record = client.get(onward.group(1).replace("&amp;", "&")).text
    assert "本档案中的命中 1 页" in text_of(record)
    assert 'id="hits"' in record
    assert "申请<mark>低保</mark>的<mark>条件</mark>" in record


def test_what_a_near_record_lacks_is_said(client: FlaskClient) -> None:
    html = client.get("/search?q=征收 土地 公告 低保工作").text
    assert "缺： 征收 土地 公告" in text_of(html)


def test_the_years_of_an_answer_are_bars_that_narrow(client: FlaskClient) -> None:
    html = client.get("/search?q=低保 公告").text
    assert 'year=2008">2008</a>' in html
    assert '<rect width="100"' in html
    assert "2000年代" in text_of(html)


def test_a_correction_is_said_and_can_be_taken_back(client: FlaskClient) -> None:
    html = client.get("/search?q=抵保&agency=区民政局").text
    page = text_of(html)
    assert "没有找到“抵保”，现按“低保”查找。 同音 仍按原文查找" in page.replace(
        "在您的查阅权限内", ""
    )
    assert "<mark>低保</mark>" in html
    assert 'value="抵保"' in html
    # Whoever narrows goes on with what was answered.
    assert "q=%E4%BD%8E%E4%BF%9D" in html
    as_typed = client.get("/search?q=抵保&as_typed=1").text
    assert "您要找的是不是" not in text_of(as_typed)
    assert "<mark>低保</mark>" not in as_typed
    assert "as_typed" not in as_typed.split("<form", 1)[1].split("</form>", 1)[0]


def test_what_may_be_meant_is_a_link(client: FlaskClient) -> None:
    html = client.get("/search?q=整地").text
    assert "您要找的是不是： 征地 同音，1 件" in text_of(html)
    assert 'href="/search?q=%E5%BE%81%E5%9C%B0"' in html


def test_filters_are_links_that_add_and_remove(client: FlaskClient) -> None:
    html = client.get("/search?q=公告&agency=区政府").text
    assert 'href="/search?q=%E5%85%AC%E5%91%8A"' in html  # the active filter, removed


def test_an_empty_answer_says_within_your_rights(client: FlaskClient) -> None:
    page = text_of(client.get("/search?q=“绝无此事”").text)
    assert "在您的查阅权限内没有找到" in page
    assert "档案员代查" in page


def test_a_form_sent_empty_is_told_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/search?q=")
    assert answer.status_code == 400
    assert "请输入要查找的内容" in text_of(answer.text)


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=甲&page=0", 400), ("q=甲&colour=红", 400), ("q=甲&year=x", 400), ("q=" + "长" * 501, 400)],
)
def test_bad_arguments_are_the_readers_language_not_a_crash(
    client: FlaskClient, query: str, status: int
) -> None:
    assert client.get(f"/search?{query}").status_code == status


def test_text_from_files_is_never_markup(client: FlaskClient, archive: SmallArchive) -> None:
    archive.add("恶意", "<img src=x onerror=alert(1)>低保", title="<script>alert(1)</script>低保")
    archive.run()
    html = client.get("/search?q=低保").text
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_in_english_when_the_reader_prefers_it(client: FlaskClient) -> None:
    page = text_of(client.get("/search?q=公告", headers={"Accept-Language": "en"}).text)
    assert "1 record" in page
    assert "Best match" in page


def test_turning_pages_says_when_the_index_was_renewed_meanwhile(
    client: FlaskClient, archive: SmallArchive
) -> None:
    for number in range(12):
        archive.add(f"低保通知{number}", "低保。")
    archive.run()
    onward = re.search(r'rel="next" href="([^"]+)"', client.get("/search?q=低保").text)
    assert onward is not None
    address = onward.group(1).replace("&amp;", "&")
    assert "索引已更新" not in client.get(address).text
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now())
    archive.index()
    assert "索引已更新" in client.get(address).text
