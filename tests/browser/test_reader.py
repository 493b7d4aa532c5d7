"""A reader searches, narrows, opens, reads, turns pages and downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pictures import picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.fixtures.archive import SmallArchive

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    archive.add(
        "关于做好最低生活保障工作的通知",
        "各街道办事处：\f一、低保的申请条件。\f二、审批。",
        agency="区民政局",
        date="2008-03-15",
        doc_number="清民发〔2008〕15号",
        fonds="0012",
        fonds_name="区民政局",
        category="文书",
    )
    archive.add("低保标准调整公告", "低保标准。", agency="区政府", date="2015-07", fonds="0001")
    archive.run()


def test_from_the_question_to_the_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="您要查找什么").fill("低保 申请条件")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 件")).to_be_visible()
    page.get_by_role("link", name="第 2 页").first.click()
    expect(page.locator("mark#hit")).to_have_text("低保")
    expect(page.locator("mark#hit")).to_be_in_viewport()
    page.get_by_role("link", name="下一页").first.click()
    expect(page.get_by_text("第 3 页，共 3 页").first).to_be_visible()
    page.get_by_role("link", name="档案信息").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载原件").click()
    assert download.value.suggested_filename.endswith(".txt")
    page.get_by_role("link", name="返回检索结果").click()
    expect(page.get_by_role("heading", name="1 件")).to_be_visible()


def test_a_filter_narrows_and_can_be_taken_off(page: Page) -> None:
    page.goto("/search?q=低保")
    expect(page.get_by_role("heading", name="2 件")).to_be_visible()
    page.get_by_role("complementary").get_by_role("link", name="区民政局").click()
    expect(page.get_by_role("heading", name="1 件")).to_be_visible()
    page.get_by_role("link", name="取消条件： 区民政局").click()
    expect(page.get_by_role("heading", name="2 件")).to_be_visible()


def test_titles_are_suggested_while_one_types(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("低保标")
    # The list form waits until the suggestions of shorter beginnings are gone.
    expect(page.get_by_role("option")).to_have_text(["低保标准调整公告"])
    box.fill("minzh")
    agency = page.get_by_role("option", name="区民政局")
    expect(agency).to_have_text("区民政局发文机关")
    picture(page, "suggestions")
    box.fill("dibaob")
    expect(page.get_by_role("option")).to_have_text(["低保标准调整公告"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 件")).to_be_visible()


def test_no_page_is_wider_than_the_window(page: Page) -> None:
    for path in ("/", "/search?q=低保", "/browse", "/search?q=绝无此事"):
        page.goto(path)
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window, path
