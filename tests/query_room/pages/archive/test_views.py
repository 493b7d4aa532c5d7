from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, utc_now, writing
from indexer.indexing.catching_up import catch_up
from indexer.indexing.copy_search import CopySearch
from indexer.indexing.generating import begin_generation
from indexer.repositories import outbox, set_asides
from indexer.repositories.slices import WORKER_DIED
from query_room.accounts import Role
from search_api.rehearsing import Rehearsals
from tests.query_room.archive.conftest import work
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person, ticks_of

if TYPE_CHECKING:
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

PATHS = (
    *("", "batches", "batches/1", "batches/1/files", "batches/1/rows", "batches/1/undo"),
    *("coverage", "coverage?by=year", "coverage/records", "coverage/records?fonds=&state=missing"),
    *("unread", "unread?reason=damaged", "index", "batches/new", "watches"),
    *("withdrawals", "withdrawals/lifted", "quarantine", "copies"),
)
HOSTILE = (
    *("batches?page=0", "batches?page=x", "batches?page=²", "batches?page=99999999999"),
    *("coverage?by=colour", "coverage/records?state=x", "coverage/records?year=20081"),
    *("coverage/records?fonds=%00", f"coverage/records?fonds={'9' * 201}"),
    *("coverage/records?page=2", "unread?reason=x", "quarantine?page=7", "withdrawals?page=2"),
)


@pytest.fixture
def keeper(archive: SmallArchive, room: Room) -> Person:
    archive.add("低保名册", "低保。", fonds="0012", fonds_name="民政局", date="2008")
    archive.add("密件", "机密★长期\n关于某事的通知")
    archive.add("坏文件", b"%PDF-1.4 broken", file="坏文件.txt")
    archive.add("密级有误的", "文字。", 密级="看情况")
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
    for shown in ("发现文件 4", "隔离 1", "失败 2", "密级无法识别", "坏文件.txt", "密件.txt"):
        assert shown in page
    assert "关于某事的通知" not in page
    assert "坏文件.txt" in text_of(keeper.get("/archive/unread").text)
    assert keeper.get("/archive/batches/7").status_code == 404


@pytest.mark.parametrize("path", HOSTILE)
def test_an_address_that_asks_for_what_cannot_be_is_told_so(keeper: Person, path: str) -> None:
    answer = keeper.get(f"/archive/{path}")
    assert answer.status_code == 400
    assert "取值" in answer.text or "范围" in answer.text


def test_long_lists_go_on_on_further_pages(keeper: Person, archive: SmallArchive) -> None:
    for number in range(60):
        archive.add(f"扫描{number:02}", f"%PDF-1.4 {number}".encode(), file=f"扫描{number:02}.txt")
    archive.run()
    first, second = (keeper.get(f"/archive/unread?page={number}").text for number in (1, 2))
    assert "第 1 页，共 2 页" in text_of(first)
    paths = re.findall(r'file-name">(扫描\d\d|坏文件)\.txt', first + second)
    assert len(paths) == len(set(paths)) == 61
    kept = keeper.get("/archive/unread?reason=damaged&page=2").text
    assert 'href="/archive/unread?reason=damaged&amp;page=1"' in kept
    page = keeper.get("/archive/batches/2").text
    assert page.count('class="file-name"') < 30
    link = re.search(r'href="(/archive/batches/2/files)"', page)
    assert link is not None
    rest = keeper.get(f"{link[1]}?page=2").text
    assert 'class="file-name"' in rest
    for unknown in ("folders2", "report"):
        assert keeper.get(f"/archive/batches/2/{unknown}").status_code == 404


def test_undoing_asks_for_a_ground_and_takes_everything_back(
    keeper: Person, archive: SmallArchive
) -> None:
    refused = keeper.post("/archive/batches/1/undo", ground="")
    assert refused.status_code == 400
    assert 'id="ground-problem"' in refused.text
    plan = text_of(keeper.get("/archive/batches/1/undo").text)
    assert "新增的 2 件档案立即移出" in plan
    assert "隔离的 1 个文件仍然隔离" in plan
    ordered = keeper.post("/archive/batches/1/undo", ground="导错文件夹")
    assert ordered.headers["Location"] == "/archive/orders/1"
    assert "排队等候" in text_of(keeper.get("/archive/orders/1").text)
    work(archive)
    page = text_of(keeper.get("/archive/batches/1").text)
    assert "已撤销" in page
    assert "李档案" in page
    assert "导错文件夹" in page
    assert "已经撤销" in text_of(keeper.get("/archive/batches/1/undo").text)
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
    # Enter in a line presses the first button of its form: no reason may stand there.
    (written,) = (each for each in form.split("<form") if 'name="other"' in each)
    assert 'name="ground"' not in written
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
    late = keeper.post(f"/archive/withdrawals/{number[1]}/lift", ground="再次")
    assert late.status_code == 409
    assert "可能已经恢复" in text_of(late.text)
    lifted = text_of(keeper.get("/archive/withdrawals/lifted").text)
    assert "低保名册" in lifted
    assert "已遮盖" in lifted
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
    again = keeper.post("/archive/index/rebuild")
    assert again.status_code == 409
    assert "请等它完成" in text_of(again.text)
    assert "低保名册" in keeper.get("/search?q=%22低保名册%22").text
    archive.index()
    assert "正在使用" in text_of(keeper.get("/archive/index").text)
    assert keeper.post("/archive/index/roll-back", generation="1").status_code == 302
    assert keeper.post("/archive/index/roll-back", generation="1").status_code == 409
    assert "退回第 2 代" in text_of(keeper.get("/archive/index").text)


def test_what_is_set_aside_is_shown_and_tried_again(
    keeper: Person, archive: SmallArchive, room: Room
) -> None:
    record_id = archive.ask("低保").hits[0].record.record_id
    with writing(archive.engine) as connection:
        set_asides.add(connection, 1, record_id, deaths=3, reason=WORKER_DIED, at=utc_now())
    page = text_of(keeper.get("/archive/index").text)
    assert "低保名册 处理它的索引进程每次都中断 3" in page
    assert person(room, "wang", Role.STAFF).post("/archive/index/try-again").status_code == 403
    assert keeper.post("/archive/index/try-again").status_code == 302
    page = text_of(keeper.get("/archive/index").text)
    assert "被搁置的 1 件档案正在重试" in page
    assert "低保名册" not in page
    with reading(archive.engine) as connection:
        newest = outbox.newest_position(connection)
        assert outbox.changes_after(connection, newest - 1, 1)[0].record_id == record_id


def test_a_generation_that_waits_is_compared_and_let_answer(
    keeper: Person, archive: SmallArchive
) -> None:
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now(), held=True)
    archive.ask("低保")
    look = Rehearsals(engine=archive.engine, settings=archive.settings)
    catch_up(archive.engine, archive.settings, look=look)
    page = text_of(keeper.get("/archive/index").text)
    assert "第 2 代索引已建好，等待启用" in page
    assert "最近 1 个不同的检索：1 个结果相同，0 个不同" in page
    assert keeper.post("/archive/index/release", generation="2").status_code == 302
    assert keeper.post("/archive/index/release", generation="2").status_code == 409
    archive.index()
    assert archive.ask("低保").generation == 2


def test_without_an_earlier_generation_there_is_no_way_back(keeper: Person) -> None:
    assert "退回" not in text_of(keeper.get("/archive/index").text)
    for sent in ({"generation": "1"}, {"generation": "x"}, {}):
        answer = keeper.post("/archive/index/roll-back", **sent)
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


def test_coverage_counts_by_fonds_and_year_and_leads_to_the_records(keeper: Person) -> None:
    page = keeper.get("/archive/coverage").text
    assert "0012 民政局 1 100% 1" in text_of(page)
    assert "全文 1 50%" in text_of(page)
    assert "2008 1 100% 1" in text_of(keeper.get("/archive/coverage?by=year").text)
    link = re.search(r'href="(/archive/coverage/records\?[^"]*state=missing)"', page)
    assert link is not None
    listed = keeper.get(link[1].replace("&amp;", "&")).text
    assert "坏文件" in listed
    assert "已损坏" in listed
    assert "低保名册" not in listed


def test_a_withdrawn_record_is_in_no_list_of_coverage(
    keeper: Person, archive: SmallArchive
) -> None:
    own = archive.ask("低保").hits[0].record.record_id
    assert "低保名册" in keeper.get("/archive/coverage/records?fonds=0012").text
    keeper.post(f"/archive/withdrawals/new/{own}", ground="含个人隐私")
    assert "低保名册" not in keeper.get("/archive/coverage/records?fonds=0012").text


def test_nobody_else_sends_any_of_these_forms(
    keeper: Person, room: Room, archive: SmallArchive
) -> None:
    own = archive.ask("低保").hits[0].record.record_id
    for role in (Role.STAFF, Role.AUDITOR, Role.ADMIN, Role.READING_ROOM):
        other = person(room, role.value, role)
        for path in (
            "batches/1/undo",
            "index/rebuild",
            "index/roll-back",
            "index/release",
            f"withdrawals/new/{own}",
            "withdrawals/1/lift",
            f"quarantine/{'0' * 64}/clear",
        ):
            assert other.post(f"/archive/{path}", ground="x", generation="1").status_code == 403
    assert archive.ask("低保").total == 1
    assert "第 2 代" not in text_of(keeper.get("/archive/index").text)


def test_copies_are_looked_through_and_refused_with_a_ground(
    keeper: Person, archive: SmallArchive
) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4F00)))
    archive.add("原件", text)
    archive.add("草案", f"{text}补充")
    archive.run()
    assert "尚有 3 份文本待比对" in text_of(keeper.get("/archive/copies").text)
    CopySearch(archive.engine, archive.settings).run()
    assert "与其他文件文本相同或近乎相同 2" in text_of(keeper.get("/archive/batches/2").text)
    page = keeper.get("/archive/copies").text
    for shown in ("文本近乎相同", "原件", "草案", "草案.txt"):
        assert shown in text_of(page)
    (address,) = re.findall(r'action="(/archive/copies/[^"]*/refuse)', page)
    answer = keeper.post(address, ground=" ")
    assert answer.status_code == 400
    assert "aria-invalid" in answer.text
    assert keeper.post(address, ground="不同版本").status_code == 302
    assert "未发现文本相同的文件" in text_of(keeper.get("/archive/copies").text)
    answer = keeper.post(address, ground="不同版本")
    assert answer.status_code == 409
    assert "不再作为副本列出" in answer.text


def test_a_batch_says_what_to_do_and_can_be_taken_along(keeper: Person) -> None:
    page = text_of(keeper.get("/archive/batches/1").text)
    for shown in ("未能提取文本的原因", "已损坏 1 1 坏文件.txt", "另取一份", "重试"):
        assert shown in page
    report = keeper.get("/archive/batches/1/report.docx")
    assert report.data.startswith(b"PK")
    assert "batch-1.docx" in report.headers["Content-Disposition"]
    table = keeper.get("/archive/batches/1/files.csv")
    assert "坏文件.txt,失败,已损坏,damaged" in table.data.decode("utf-8-sig")
    assert "机密" not in table.data.decode("utf-8-sig")
    for kind in ("report.docx", "files.csv"):
        assert keeper.get(f"/archive/batches/7/{kind}").status_code == 404
    retried = keeper.post("/archive/batches/1/retry", reason="damaged")
    assert retried.status_code == 302
    assert "重新读取 1 个文件" in text_of(keeper.get("/archive/batches/1").text)
    assert keeper.post("/archive/batches/1/retry", reason="quarantined").status_code == 400


def test_differences_are_listed_and_leave_the_list(room: Room, archive: SmallArchive) -> None:
    paper = "关于低保的通知\n各街道：\n正文。\n青山区民政局\n2008年3月15日\n"
    archive.add("低保通知", paper, title="关于低保的通知", date="2009", agency="区财政局")
    archive.run()
    keeper = person(room, "li", Role.ARCHIVIST, "李档案")
    page = text_of(keeper.get("/archive/differences").text)
    for shown in ("著录差异 2", "成文日期&nbsp; 1", "2009 2008-03-15", "区财政局 青山区民政局"):
        assert shown in page
    assert "区财政局" not in text_of(keeper.get("/archive/differences?field=date&batch=1").text)
    assert "关于低保的通知" in keeper.get("/archive/differences.csv").data.decode("utf-8-sig")
    record_id = archive.ask("低保").hits[0].record.record_id
    shown = text_of(keeper.get(f"/records/{record_id}").text)
    assert "目录：2009 文件：2008-03-15" in shown
    assert "主送 各街道" in shown
    address = f"/archive/differences/{record_id}"
    assert keeper.post(f"{address}/date/settle").status_code == 302
    assert "已记录" in text_of(keeper.get("/archive/differences").text)
    keeper.post(f"{address}/agency/settle", to="record")
    assert "凡目录与文件都有记载的，均一致" in text_of(keeper.get("/archive/differences").text)
    assert text_of(keeper.get(f"/records/{record_id}").text).count("李档案") >= 2
    for hostile in ("?field=colour", "?batch=x", "?batch=99999999999", "?page=7"):
        assert keeper.get(f"/archive/differences{hostile}").status_code == 400
    staff = person(room, "wang", Role.STAFF)
    for path in ("differences", "differences.csv"):
        assert staff.get(f"/archive/{path}").status_code == 403
    assert "目录：2009" not in text_of(staff.get(f"/records/{record_id}").text)
