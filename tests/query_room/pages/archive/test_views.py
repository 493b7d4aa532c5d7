from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person, ticks_of

if TYPE_CHECKING:
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

PATHS = ("", "batches", "coverage", "unread", "index", "withdrawals", "quarantine")


@pytest.fixture
def keeper(archive: SmallArchive, room: Room) -> Person:
    archive.add("低保名册", "低保。", fonds="0012", fonds_name="民政局", date="2008")
    archive.add("密件", "机密★长期\n关于某事的通知")
    archive.add("坏文件", b"%PDF-1.4 broken", file="坏文件.txt")
    archive.add("日期有误的", "文字。", date="某年某月")
    archive.run()
    return person(room, "li", Role.ARCHIVIST, "李档案")


def test_every_page_stands_and_is_for_archivists_alone(
    keeper: Person, room: Room, archive: SmallArchive
) -> None:
    staff = person(room, "wang", Role.STAFF)
    for path in PATHS:
        assert keeper.get(f"/archive/{path}").status_code == 200
        assert staff.get(f"/archive/{path}").status_code == 403
    assert "档案管理" not in text_of(staff.get("/").text)
    assert archive.rows


def test_a_batch_says_what_became_of_every_file(keeper: Person) -> None:
    assert "密件.txt" in keeper.get("/archive/quarantine").text
    page = text_of(keeper.get("/archive/batches/1").text)
    for shown in ("发现文件 4", "隔离 1", "失败 2", "日期无法识别", "坏文件.txt", "密件.txt"):
        assert shown in page
    assert "关于某事的通知" not in page
    assert "坏文件.txt" in text_of(keeper.get("/archive/unread").text)
    assert keeper.get("/archive/batches/7").status_code == 404


def test_undoing_asks_for_a_ground_and_takes_everything_back(
    keeper: Person, archive: SmallArchive
) -> None:
    refused = keeper.post("/archive/batches/1/undo", ground="")
    assert refused.status_code == 400
    assert 'id="ground-problem"' in refused.text
    keeper.post("/archive/batches/1/undo", ground="导错文件夹")
    assert "已撤销" in text_of(keeper.get("/archive/batches/1").text)
    archive.index()
    assert archive.ask("低保").total == 0
    assert keeper.post("/archive/batches/1/undo", ground="再撤").status_code == 409


def test_a_record_is_withdrawn_in_two_presses_and_nobody_is_told_why(
    keeper: Person, room: Room, archive: SmallArchive
) -> None:
    own = archive.ask("低保").hits[0].record.record_id
    link = re.search(r'href="(/archive/withdrawals/new/[^"]+)"', keeper.get(f"/records/{own}").text)
    assert link is not None
    form = keeper.get(link.group(1)).text
    assert 'name="ground" value="含个人隐私"' in form
    assert keeper.post(link.group(1), other=" ").status_code == 400
    keeper.post(link.group(1), ground="含个人隐私")
    staff = person(room, "wang", Role.STAFF)
    gone, unknown = staff.get(f"/records/{own}"), staff.get("/records/rnothing")
    assert gone.status_code == unknown.status_code == 404
    assert text_of(gone.text) == text_of(unknown.text)
    assert own not in staff.get("/search?q=%22低保名册%22").text
    listed = keeper.get("/archive/withdrawals").text
    assert "低保名册" in listed
    number = re.search(r"/archive/withdrawals/(\d+)/lift", listed)
    assert number is not None
    assert keeper.post(f"/archive/withdrawals/{number[1]}/lift", ground="").status_code == 400
    keeper.post(f"/archive/withdrawals/{number[1]}/lift", ground="已遮盖")
    archive.index()
    assert "低保名册" in staff.get("/search?q=%22低保名册%22").text


def test_staff_see_no_way_to_withdraw(keeper: Person, room: Room, archive: SmallArchive) -> None:
    own = archive.ask("低保").hits[0].record.record_id
    staff = person(room, "wang", Role.STAFF)
    assert "/archive/" not in staff.get(f"/records/{own}").text
    assert staff.post(f"/archive/withdrawals/new/{own}", ground="x").status_code == 403
    assert ticks_of(keeper.get("/search?q=%22低保名册%22").text) == []


def test_the_index_is_rebuilt_while_it_answers(keeper: Person, archive: SmallArchive) -> None:
    keeper.post("/archive/index/rebuild")
    page = text_of(keeper.get("/archive/index").text)
    assert "正在建立第 2 代" in page
    assert "低保名册" in keeper.get("/search?q=%22低保名册%22").text
    archive.index()
    assert "正在使用" in text_of(keeper.get("/archive/index").text)
    keeper.post("/archive/index/roll-back")
    assert "退回第 2 代" in text_of(keeper.get("/archive/index").text)


def test_without_an_earlier_generation_there_is_no_way_back(keeper: Person) -> None:
    assert "退回" not in text_of(keeper.get("/archive/index").text)
    answer = keeper.post("/archive/index/roll-back")
    assert answer.status_code == 409
    assert "没有保留" in text_of(answer.text)


def test_a_marking_that_is_none_is_cleared_with_a_ground(keeper: Person) -> None:
    page = keeper.get("/archive/quarantine").text
    assert "关于某事" not in page
    own = re.search(r"/archive/quarantine/([0-9a-f]{64})/clear", page)
    assert own is not None
    assert keeper.post(own.group(0), ground="").status_code == 400
    keeper.post(own.group(0), ground="保密期限已满")
    assert "下次导入时提取" in text_of(keeper.get("/archive/quarantine").text)
    again = keeper.post(f"/archive/quarantine/{'0' * 64}/clear", ground="x")
    assert again.status_code == 409


def test_coverage_counts_by_fonds_and_year(keeper: Person) -> None:
    page = text_of(keeper.get("/archive/coverage").text)
    assert "0012 民政局 1 1" in page
    assert "2008" in page
