from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

CATALOGUE = (
    "归档文件目录\n"
    "题目,时间,密级,随便\n"
    "关于防汛的通知,20110300,公开,x\n"
    "储备地点,2011,机密,y\n"
    "关于供暖的通知,某日,公开,z\n"
    "关于供水的通知,2011,看情况,z\n"
)


@pytest.fixture
def keeper(room: Room) -> Person:
    return person(room, "li", Role.ARCHIVIST, "李档案")


def send(keeper: Person, content: str = CATALOGUE, name: str = "目录.csv") -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', keeper.get("/archive/catalogues").text)
    assert token is not None
    upload = (io.BytesIO(content.encode()), name)
    return keeper.client.post(
        "/archive/catalogues", data={"csrf_token": token[1], "catalogue": upload}
    )


def fields_of(html: str) -> dict[str, str]:
    """The form of a catalogue's page as a browser would send it."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    for name, options in re.findall(
        r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("path")  # it was sent, and the address of the form is called that here
    return {**found, "code": "none", "sheet_names": "nothing", "name": ""}


def test_a_catalogue_is_shown_as_it_would_be_read(keeper: Person) -> None:
    answer = send(keeper)
    assert answer.status_code == 302
    html = keeper.get(answer.location).text
    page = text_of(html)
    for shown in (
        "关于防汛的通知",
        "2011-03",
        "密级无法识别",
        "日期无法识别",
        "未使用",
        "表头在第 2 行",
    ):
        assert shown in page
    # What the catalogue calls a state secret is neither among the rows nor among the samples.
    assert "储备地点" not in page
    assert "目录定为国家秘密" in page


def test_what_is_settled_is_tried_kept_and_used_the_next_time(keeper: Person) -> None:
    address = send(keeper).location
    fields = fields_of(keeper.get(address).text)
    unused = next(
        name for name, value in fields.items() if name.startswith("name-") and value == "随便"
    )
    fields[unused.replace("name", "column")] = "remark"
    tried = keeper.post("/archive/catalogues/preview", **fields, **{"try": "1"})
    assert tried.status_code == 200
    assert 'value="remark" selected' in tried.text
    unnamed = keeper.post("/archive/catalogues/preview", **fields, save="1")
    assert unnamed.status_code == 400
    assert 'id="name-problem"' in unnamed.text
    kept = keeper.post("/archive/catalogues/preview", **{**fields, "name": "区政府办"}, save="1")
    assert kept.status_code == 302
    again = text_of(keeper.get(send(keeper, CATALOGUE + "新的,2012,公开,w\n").location).text)
    assert "按配置“区政府办”第 1 版读取" in again
    listed = text_of(keeper.get("/archive/catalogues").text)
    assert "区政府办" in listed
    assert "李档案" in listed
    keeper.post("/archive/catalogues/retire", name="区政府办")
    assert "区政府办" not in text_of(keeper.get("/archive/catalogues").text.split("<h2>")[-1])


@pytest.mark.parametrize(
    "change",
    [
        {"header_row": "x"},
        {"header_row": "99"},
        {"code": "x"},
        {"level": "all"},
        {"pages_before": "²"},
    ],
)
def test_a_form_that_cannot_be_kept_comes_back_with_its_problem(
    keeper: Person, change: dict[str, str]
) -> None:
    fields = fields_of(keeper.get(send(keeper).location).text)
    answer = keeper.post("/archive/catalogues/preview", **{**fields, **change}, save="1")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_what_cannot_be_read_is_told_in_words(keeper: Person) -> None:
    assert send(keeper, "甲,乙\n丙,丁\n").status_code == 302
    refused = keeper.get(send(keeper, "甲,乙\n丙,丁\n").location)
    assert refused.status_code == 400
    assert "目录文件无法读取" in text_of(refused.text)
    assert send(keeper, name="目录.exe").status_code == 400
    for path in ("/etc/passwd", "", "\0"):
        assert keeper.get(f"/archive/catalogues/preview?path={path}").status_code == 400


def test_the_pages_are_for_archivists_alone(room: Room) -> None:
    staff = person(room, "wang", Role.STAFF)
    assert staff.get("/archive/catalogues").status_code == 403
    assert staff.get("/archive/catalogues/preview?path=/").status_code == 403
    assert staff.post("/archive/catalogues/preview", upload="x").status_code == 403
    assert staff.post("/archive/catalogues/retire", name="甲").status_code == 403


def test_a_batch_lists_what_its_catalogue_left_over(keeper: Person, archive: SmallArchive) -> None:
    archive.add("会议纪要", 档号="Z109-WS·2011-Y-BGS-0001", date="某日")
    archive.add("会议记录", 档号="Z109-WS·2011-Y-BGS-0004")
    archive.run()
    page = text_of(keeper.get("/archive/batches/1").text)
    for shown in ("没有文件的目录条目", "日期无法识别", "缺 2–3"):
        assert shown in page
