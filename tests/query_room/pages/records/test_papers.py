from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fixtures.archive import ARCHIVIST
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive

OLD = (
    "青山区人民政府文件\n青政发〔2005〕3号  签发人：张三\n"
    "关于印发《低保办法》的通知\n区直各部门：\n"
    "附件：1．甲表\n2．乙表\n主题词：民政 低保\n抄送：市民政局。\n区政府办公室 2005年5月6日印发\n"
)
NEW = (
    "低保管理办法\n第一条 低保。\n"
    "《低保办法》（青政发〔2005〕3号）同时废止。\n《别的办法》同时废止。\n"
)


def page_of(client: FlaskClient, archive: SmallArchive, title: str) -> str:
    hits = archive.ask("低保", ARCHIVIST).hits
    (found,) = (h.record.record_id for h in hits if h.record.description.title == title)
    return text_of(client.get(f"/records/{found}").text)


def test_a_record_shows_head_tail_and_who_repealed_it(
    client: FlaskClient, archive: SmallArchive
) -> None:
    archive.add("旧办法", OLD, document_number="青政发〔2005〕3号", date="2005")
    archive.add("新办法", NEW, date="2008-03-15")
    archive.run()
    page = page_of(client, archive, "旧办法")
    for said in (
        "已废止 废止依据 新办法 2008-03-15",
        "签发人 张三",
        "主送 区直各部门",
        "抄送 市民政局",
        "主题词 民政 低保",
        "附件 甲表 乙表",
        "印发 区政府办公室 2005-05-06",
    ):
        assert said in page
    new = page_of(client, archive, "新办法")
    assert "废止 低保办法 青政发〔2005〕3号" in new
    assert "废止 别的办法" in new
    assert "已废止" not in new


def test_a_repeal_that_the_reader_may_not_see_is_none(
    client: FlaskClient, archive: SmallArchive
) -> None:
    archive.add("旧办法", OLD, document_number="青政发〔2005〕3号", date="2005")
    archive.add("新办法", NEW, date="2008-03-15", opening="控制")
    archive.run()
    page = page_of(client, archive, "旧办法")
    assert "已废止" not in page
    assert "新办法" not in page
