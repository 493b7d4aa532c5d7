"""A disclosure request from a citizen's phone to the dispatched reply, and what it went through."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from indexer.database import utc_now
from query_room.accounts import NewAccount, Role
from query_room.organs import Duty
from search_api.china_time import day_in_china
from search_api.log import verify
from tests.browser.pictures import picture

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

pytestmark = pytest.mark.browser

PASSWORD = "qing-he-2026"
NAME = "李秀英"
NUMBER = "150204199002301227"


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive, room: Room) -> None:
    archive.add(
        "红旗公社知青名单",
        "一九七一年下乡知青名单。\f王小明，男。\f李小红，女。",
        agency="区知青办",
        档号="Q012-1971-Y-0003",
    )
    archive.add("红旗公社知青回城补偿协议", "补偿协议。", opening="控制", 档号="Q012-1972-Y-0007")
    archive.run()
    organ = room.organs.list_all()[0]
    for name, display_name, role, duties in (
        ("wang", "王窗口", Role.STAFF, {Duty.HANDLER}),
        ("li", "李档案", Role.ARCHIVIST, {Duty.SECRECY_REVIEWER}),
        ("zhou", "周主任", Role.STAFF, {Duty.LEGAL_REVIEWER, Duty.HEAD}),
    ):
        room.accounts.create(
            NewAccount(name=name, display_name=display_name, role=role), PASSWORD, by="test"
        )
        room.organs.set_duties(organ.organ_id, name, duties, by="test")


def photograph() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (800, 500), "white").save(stream, "JPEG")
    return stream.getvalue()


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出").click()


def apply(page: Page) -> tuple[str, str]:
    """The citizen fills in the form; receipt number and secret come back."""
    page.goto("/")
    page.get_by_role("link", name="申请公开", exact=True).click()
    page.get_by_label("所需信息").fill("红旗公社一九七一年知青名单和回城补偿协议")
    picture(page, "apply-1")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="已经公开的信息")).to_be_visible()
    page.get_by_label("申请人姓名或名称").fill(NAME)
    page.get_by_label("电话").fill("13900001234")
    page.get_by_label("证件号码").fill(NUMBER)
    page.get_by_label("身份证明照片").set_input_files(
        {"name": "证件.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_text("以上内容属实").click()
    picture(page, "apply-2")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已登记")).to_be_visible()
    picture(page, "apply-3")
    secret = page.locator(".secret").inner_text()
    number = page.locator("dd.code").first.inner_text()
    return number, secret


def open_request(page: Page, number: str) -> None:
    page.goto(f"/requests/{number}")


def section(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def make_letter(page: Page, name: str) -> None:
    page.get_by_label("制发文书").select_option(label=name)
    page.get_by_role("button", name="制发", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("文书已制发")


def read_letter(page: Page, number: str, name: str, file: str) -> None:
    card = section(page, "letters").locator(".card", has_text=name)
    card.get_by_role("link", name="打印").click()
    expect(page.locator("article.letter")).to_be_visible()
    picture(page, file)
    open_request(page, number)


def test_from_a_phone_to_the_dispatched_reply(  # noqa: PLR0915 - one long way, told in one piece
    page: Page, room: Room
) -> None:
    number, secret = apply(page)

    sign_in(page, "wang")
    page.get_by_role("link", name="申请办理").click()
    picture(page, "desk")
    page.get_by_role("link", name=re.compile("〔20")).click()
    section(page, "receipt").get_by_role("button", name="确认").click()
    section(page, "receipt").get_by_role("button", name="分办").click()
    picture(page, "file-1")

    # Clarification, and the correction that answers it.
    page.get_by_text("要求补正", exact=True).first.click()
    page.get_by_label("需要补正的事项").fill("请写明补偿协议的相对方。")
    until = day_in_china(utc_now()) + dt.timedelta(days=14)
    page.get_by_label("补正期限").fill(until.isoformat())
    section(page, "timing").get_by_role("button", name="要求补正").click()
    make_letter(page, "补正告知书")
    read_letter(page, number, "补正告知书", "letter-clarification")
    page.get_by_label("补正内容").fill("与清河某公司签订的协议。")
    page.get_by_role("button", name="登记补正").click()

    # A third party is asked, and refuses.
    page.get_by_text("征求第三方或者其他机关意见").click()
    section(page, "consultations").locator("[name=party_name]").fill("清河某公司")
    page.get_by_label("征求的内容").fill("贵公司一九七二年与红旗公社签订的补偿协议")
    page.get_by_role("button", name="登记征求意见").click()
    make_letter(page, "征求第三方意见书 · k01")
    read_letter(page, number, "征求第三方意见书", "letter-third-party")
    page.get_by_text("不同意公开", exact=True).click()
    page.get_by_label("答复内容").fill("涉及商业秘密")
    page.get_by_role("button", name="登记答复").click()

    # The search is made for the request, and what answers it is ticked.
    page.get_by_role("button", name="为此申请检索").click()
    page.get_by_role("combobox").fill("知青")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    for box in page.locator(".tick input").all():
        box.check()
    picture(page, "results-in-hand")
    page.get_by_role("button", name="归入申请").click()
    expect(section(page, "findings").locator(".card")).to_have_count(2)
    page.get_by_role("button", name="结束检索").click()
    for title, decision in (("知青名单", "予以公开"), ("补偿协议", "不予公开")):
        card = section(page, "findings").locator(".card", has_text=title)
        card.get_by_text(decision, exact=True).last.click()
        if decision == "不予公开":
            card.locator("[name=exemption]").select_option("trade_secret")
            card.locator("[name=reason]").fill("第三方不同意公开，理由合理。")
        card.get_by_role("button", name="保存").click()
    sign_out(page)

    # The head extends the period in person.
    sign_in(page, "zhou")
    open_request(page, number)
    page.get_by_text("延长答复期限", exact=True).click()
    page.locator("[name=extension_reason]").fill("需要会同档案部门核对原件")
    page.get_by_role("button", name="延长", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已延长")
    sign_out(page)

    sign_in(page, "wang")
    open_request(page, number)
    make_letter(page, "延期答复告知书")
    read_letter(page, number, "延期答复告知书", "letter-extension")
    page.locator("[name=ending]").select_option("A2/37")
    page.locator("[name=reasons]").fill("补偿协议涉及第三方商业秘密，第三方不同意公开。")
    page.locator("[name=how_to_get]").fill("在查询页面查看。")
    section(page, "proposal").get_by_role("button", name="保存").click()
    picture(page, "file-2")
    page.get_by_role("button", name="提交审查").click()
    sign_out(page)

    for name in ("li", "zhou", "zhou"):
        sign_in(page, name)
        page.get_by_role("link", name="申请办理").click()
        page.get_by_role("link", name=re.compile("〔20")).click()
        page.get_by_role("button", name="签署").click()
        expect(page.get_by_role("status")).to_contain_text("已签署")
        sign_out(page)

    sign_in(page, "wang")
    open_request(page, number)
    make_letter(page, "答复书")
    read_letter(page, number, "答复书", "letter-reply")
    card = section(page, "letters").locator(".card", has_text="答复书")
    card.locator("summary").click()
    card.get_by_text("在查询页面公布").click()
    card.get_by_role("button", name="登记送达").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已办结")
    picture(page, "file-3")

    # From the reply one walks back to the approvals, the record, and the search that showed it.
    expect(section(page, "review")).to_contain_text("周主任")
    record = section(page, "findings").get_by_role("link", name="红旗公社知青名单")
    expect(record).to_be_visible()
    section(page, "searches").get_by_role("link", name="知青", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 件")
    open_request(page, number)
    page.get_by_role("link", name="期限如何计算").click()
    expect(page.get_by_role("row").last).to_contain_text("40")
    picture(page, "clock")
    sign_out(page)

    # The applicant follows it with number and secret, and reads the reply.
    page.get_by_role("link", name="办理查询").click()
    page.get_by_label("查询编号").fill(number)
    page.get_by_label("查询密码").fill(secret.lower())
    picture(page, "follow-1")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("已办结")).to_be_visible()
    picture(page, "follow-2")
    page.get_by_role("button", name="查看答复书").click()
    expect(page.locator("article.letter")).to_contain_text("区分处理")
    expect(page.locator("article.letter")).to_contain_text(NAME)
    assert verify(room.engine).is_whole
