"""The counter: somebody comes, is searched for, gets an entry, and goes on to an archivist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from indexer.database import reading
from query_room.accounts import NewAccount, Role
from search_api.log import Use, uses_of_visit, verify
from tests.browser.pictures import picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

pytestmark = pytest.mark.browser

PASSWORD = "qing-he-2026"


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive, room: Room) -> None:
    archive.add(
        "红旗公社知青名单",
        "一九七一年下乡知青名单。\f王小明，男。\f李小红，女。",
        agency="区知青办",
        fonds="0012",
        档号="Q012-1971-Y-0003",
    )
    archive.add("红旗公社回城批复", "知青回城。", agency="区知青办", opening="控制")
    archive.add("知青工作总结", "全区知青。", agency="区政府", date="1980-05")
    archive.run()
    for name, display_name, role in (
        ("wang", "王窗口", Role.STAFF),
        ("li", "李档案", Role.ARCHIVIST),
    ):
        room.accounts.create(
            NewAccount(name=name, display_name=display_name, role=role), PASSWORD, by="test"
        )


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def receive(page: Page) -> None:
    page.get_by_role("link", name="接待", exact=True).click()
    page.get_by_role("link", name="接待来访人").click()
    page.get_by_label("姓名").fill("张建国")
    page.get_by_label("证件或介绍信编号").fill("150204199002301234")
    page.get_by_text("个人取证").click()
    page.get_by_role("button", name="开始接待").click()
    expect(page.get_by_role("complementary", name="当前来访")).to_contain_text("张*")


def search(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")


def read_and_copy(page: Page) -> None:
    search(page, "知青")
    page.get_by_role("complementary", name="缩小范围").get_by_role("link", name="区知青办").click()
    expect(page.get_by_role("heading", name="2 件")).to_be_visible()
    page.get_by_role("link", name="红旗公社知青名单").click()
    page.get_by_role("link", name="阅读").click()
    expect(page.get_by_text("下乡知青名单")).to_be_visible()
    with page.expect_response("**/uses?*") as noted:
        page.locator(".paper").dispatch_event("copy", {"bubbles": True})
    assert noted.value.status == 204


def register(page: Page) -> None:
    search(page, "知青名单")
    page.get_by_role("checkbox", name="选择第").first.check()
    page.get_by_role("button", name="登记查阅").click()
    item = page.get_by_role("group", name="红旗公社知青名单")
    expect(item.get_by_label("份数")).to_be_hidden()
    item.get_by_text("复制").click()
    item.get_by_label("份数").fill("2")
    item.get_by_label("页码").fill("2-3")
    page.get_by_role("button", name="记入登记簿").click()
    expect(page.get_by_role("status")).to_contain_text("已登记")
    page.get_by_role("list").get_by_role("link", name="-01").click()
    expect(page.get_by_role("row", name="复制")).to_contain_text("2-3")


def write_down(page: Page) -> str:
    """The number of the entry that the list of today's entries comes back to."""
    page.get_by_role("button", name="记入登记簿").click()
    expect(page).to_have_url(re.compile("#."))
    return page.url.rpartition("#")[2]


def hand_over(page: Page) -> str:
    search(page, "张建国的介绍信")
    page.get_by_role("link", name="请档案员代查").click()
    page.get_by_label("要查什么").fill("一九七一年从城关镇下乡")
    page.get_by_role("button", name="转交代查").click()
    expect(page.get_by_text("待接")).to_be_visible()
    return page.url.rpartition("/")[2]


def answer(page: Page) -> None:
    page.get_by_role("link", name="代查", exact=True).click()
    page.get_by_role("link", name="一九七一年从城关镇下乡").click()
    page.get_by_role("button", name="接下代查").click()
    page.get_by_role("button", name="去检索").click()
    search(page, "回城")
    page.get_by_role("checkbox", name="选择第").first.check()
    page.get_by_role("button", name="引用到答复").click()
    page.get_by_label("答复内容").fill("查到回城批复一件。")
    page.get_by_role("button", name="发送答复").click()
    expect(page.get_by_role("status")).to_contain_text("已答复")


def tell_and_close(page: Page, visit: str) -> None:
    page.get_by_role("link", name="接待", exact=True).click()
    page.get_by_role("list").get_by_role("link", name=f"来访 {visit}").click()
    expect(page.get_by_text("查到回城批复一件。")).to_be_visible()
    page.get_by_role("button", name="已告知来访人").click()
    page.get_by_role("link", name=visit, exact=True).click()
    page.get_by_role("button", name="结束来访").click()
    expect(page.get_by_role("complementary", name="当前来访")).to_have_count(0)


def test_a_visitor_is_served_from_the_door_to_the_archive_and_back(page: Page, room: Room) -> None:
    sign_in(page, "wang")
    receive(page)
    read_and_copy(page)
    register(page)
    visit = hand_over(page)
    page.get_by_role("button", name="退出").click()

    sign_in(page, "li")
    answer(page)
    page.get_by_role("button", name="退出").click()

    sign_in(page, "wang")
    tell_and_close(page, visit)

    with reading(room.engine) as connection:
        uses = [use.use for use in uses_of_visit(connection, visit)]
    assert uses[:3] == [Use.OPENED, Use.PAGE, Use.COPIED]
    assert verify(room.engine).is_whole


def test_from_a_visit_to_a_certificate(page: Page, room: Room) -> None:
    sign_in(page, "wang")
    receive(page)
    read_and_copy(page)
    search(page, "知青名单")
    page.get_by_role("checkbox", name="选择第").first.check()
    page.get_by_role("button", name="登记查阅").click()
    entry = write_down(page)
    page.goto(f"/register/{entry}")
    page.get_by_role("link", name="证明").click()
    page.get_by_label("原文摘录").fill("王小明，男。")
    picture(page, "certificate-form")
    page.get_by_role("button", name="出具证明").click()
    expect(page.get_by_role("status")).to_contain_text("已出具")
    picture(page, "certificate-issued")
    page.get_by_role("link", name="打印").click()
    letter = page.locator("article.letter")
    expect(letter).to_contain_text("查档证明")
    expect(letter).to_contain_text("王小明，男。")
    expect(letter).to_contain_text("Q012-1971-Y-0003")
    expect(letter).to_contain_text(re.compile("[0-9a-f]{64}"))  # of the exact file
    picture(page, "certificate")
    assert verify(room.engine).is_whole


def test_no_page_of_the_counter_is_wider_than_the_window(page: Page) -> None:
    sign_in(page, "wang")
    receive(page)
    search(page, "知青")
    page.get_by_role("checkbox", name="选择第").first.check()
    page.get_by_role("button", name="登记查阅").click()
    entry = write_down(page)
    for path in ("/visits/", "/visits/new", "/register/", f"/register/{entry}", "/handovers/"):
        page.goto(path)
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window, path
