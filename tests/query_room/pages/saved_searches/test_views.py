from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive
    from tests.query_room.pages.people import Person


def test_a_search_is_kept_told_of_looked_at_and_removed(
    staff: Person, archive: SmallArchive
) -> None:
    assert "收藏" in text_of(staff.get("/search?q=知青").text)
    assert staff.post("/saved/", q="知青", order="oldest", name="知青材料").status_code == 302
    page = staff.get("/saved/").text
    assert "/search?q=%E7%9F%A5%E9%9D%92&amp;order=oldest" in page
    assert "没有新结果" in text_of(page)
    archive.add("知青新到", "知青新到的事")
    archive.run()
    assert "1 个有新结果" in text_of(staff.get("/").text)
    assert "1 条新结果" in text_of(staff.get("/saved/").text)
    new = staff.get("/saved/1/new").text
    listed = text_of(new).replace(" ", "")
    assert "知青新到" in listed
    assert "知青名单" not in listed
    position = re.search(r'name="position" value="(\d+)"', new)
    assert position is not None
    staff.post("/saved/1/seen", position=position.group(1))
    assert "没有新结果" in text_of(staff.get("/saved/").text)
    staff.post("/saved/1/rename", name="新名字")
    staff.post("/saved/1/alerts", wanted="0")
    page = text_of(staff.get("/saved/").text)
    assert "新名字" in page
    assert "不提醒" in page
    staff.post("/saved/1/remove")
    assert "新名字" not in staff.get("/saved/").text


def test_what_is_wrong_is_said_and_what_is_not_there_is_not(staff: Person) -> None:
    assert staff.post("/saved/", q="知青", name="").status_code == 400
    assert staff.post("/saved/", q="", name="x").status_code == 400
    assert staff.get("/saved/9/new").status_code == 404
    assert staff.post("/saved/9/remove").status_code == 404
    assert staff.post("/saved/9/explode").status_code == 404


def test_saved_searches_are_for_the_staff(client: FlaskClient, auditor: Person) -> None:
    assert client.get("/saved/").status_code == 302
    assert auditor.get("/saved/").status_code == 403
    for page in (client.get("/").text, auditor.get("/").text):
        assert "/saved/" not in page
    assert "/saved/" not in client.get("/search?q=知青").text
