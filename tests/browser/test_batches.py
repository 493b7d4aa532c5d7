"""An import in the browser: sent, tried, followed while it comes in, answered for, undone."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import Workbook
from playwright.sync_api import expect

from query_room.accounts import NewAccount, Role
from search_api.log import verify
from tests.browser.pictures import picture
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

pytestmark = pytest.mark.browser

PASSWORD = "qing-he-2026"
NOTICE = "清河区民政局\n关于做好最低生活保障工作的通知\n凡持有本区户口的居民均可申请。"
TOTAL = "发现文件"
PARTS = ("已提取", "未变化", "内容重复", "失败", "隔离")
WORKED_OFF_MS = 60_000


@pytest.fixture(autouse=True)
def li(archive: SmallArchive, room: Room) -> None:
    """An archivist, and an archive with nothing in it yet."""
    archive.index()
    room.accounts.create(
        NewAccount(name="li", display_name="李档案", role=Role.ARCHIVIST), PASSWORD, by="test"
    )


@pytest.fixture(autouse=True)
def importer(archive: SmallArchive, room: Room) -> Iterator[None]:
    """The process that `serve` starts beside the pages."""
    del room  # made first: the importer finds its tables
    process = subprocess.Popen(
        [sys.executable, "-m", "query_room", "import-worker", "--parent", str(os.getpid())],
        env=os.environ
        | {
            "QUERY_ROOM_DATA": str(archive.settings.data),
            "QUERY_ROOM_DATABASE_URL": archive.settings.database_url,
            "QUERY_ROOM_PROCESSES": "1",
        },
    )
    yield
    process.terminate()
    assert process.wait(30) == 0


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """What an archivist has on her own machine."""
    folder = tmp_path / "u盘"
    folder.mkdir()
    texts = {"通知.txt": NOTICE, "通知（副本）.txt": NOTICE, "总结.txt": "全区年度工作总结。"}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    pdf(folder / "名单.pdf", [["低保户名单", "共三十七户"]])
    pdf(folder / "合同.pdf", [["agreement"]], password="secret")
    (folder / "损坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "标密.txt").write_text("机密\n关于某事的报告\n内容从略。", "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """The catalogue that came with them; one of its rows is on paper only."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["归档文件目录"])
    sheet.append(["档号", "题名", "责任者", "日期", "文件名"])
    sheet.append(["0012-2008-Y-0001", "最低生活保障通知", "区民政局", "20080300", "通知.txt"])
    sheet.append(["0012-2008-Y-0002", "低保户名单", "区民政局", "20080410", "名单.pdf"])
    sheet.append(["0012-2008-Y-0003", "救灾款分配表", "区民政局", "20080512", ""])
    path = tmp_path / "归档文件目录.xlsx"
    workbook.save(path)
    return path


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("用户名").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def look_at(page: Page, name: str) -> None:
    """Nothing on the page may be wider than the window."""
    picture(page, name)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window, name


def figures(page: Page) -> dict[str, int]:
    """The numbers of the page by what they are called, once all of it has come."""
    page.wait_for_load_state()
    pairs = page.locator("dl.figures > div").evaluate_all(
        "each => each.map(pair => [pair.children[0].textContent, pair.children[1].textContent])"
    )
    return {name.strip(): int(number.replace(",", "")) for name, number in pairs}


def ends_by_itself(page: Page) -> None:
    """The page follows the order until it is over; nobody loads it again."""
    expect(page.locator(".progress-card .state strong")).to_have_text(
        "已完成", timeout=WORKED_OFF_MS
    )


def try_upload(page: Page, papers: list[Path], catalogue: Path) -> None:
    page.goto("/archive/")
    page.get_by_role("link", name="新建导入").click()
    page.get_by_label("文件 必填").set_input_files(papers)
    page.get_by_label("目录", exact=True).set_input_files(catalogue)
    page.get_by_label("来源名称").fill("民政局2008年")
    page.get_by_text("任何人无需登录").click()
    look_at(page, "batch-new")
    page.get_by_role("button", name="上传并试运行").click()
    ends_by_itself(page)


def download(page: Page, link: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=link).click()
    return Path(found.value.path()).read_bytes()


def undo(page: Page) -> None:
    page.get_by_role("link", name="撤销本批次").click()
    page.get_by_label("撤销理由").fill("来源有误")
    look_at(page, "batch-undo")
    page.get_by_role("button", name="撤销整个批次").click()
    ends_by_itself(page)
    look_at(page, "order-undone")


def test_what_is_sent_is_tried_imported_answered_for_and_undone(
    page: Page, room: Room, papers: list[Path], catalogue: Path
) -> None:
    sign_in(page)
    try_upload(page, papers, catalogue)
    expect(page.get_by_role("heading", name="导入将会如何")).to_be_visible()
    foreseen = figures(page)
    assert (foreseen[TOTAL], foreseen["新增"]) == (len(papers), len(papers))
    assert (foreseen["已对应文件的行"], foreseen["目录未列的文件"]) == (2, len(papers) - 2)
    look_at(page, "order-tried")

    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="导入 民政局2008年", exact=True)).to_be_visible()
    ends_by_itself(page)
    look_at(page, "order-finished")

    page.get_by_role("link", name="查看本批结果").click()
    expect(page.get_by_role("region", name="未能提取文本的原因")).to_be_visible()
    account = figures(page)
    assert account[TOTAL] == len(papers) == sum(account[part] for part in PARTS)
    assert [account[part] for part in PARTS] == [3, 0, 1, 2, 1]
    reasons = page.get_by_role("region", name="未能提取文本的原因")
    expect(reasons.get_by_role("row", name="已加密")).to_contain_text("合同.pdf")
    expect(reasons.get_by_role("row", name="已损坏")).to_contain_text("损坏.pdf")
    look_at(page, "batch-account")

    rows = list(csv.reader(io.StringIO(download(page, "全部文件清单").decode("utf-8-sig"))))
    assert {path.name for path in papers} <= {cell for row in rows for cell in row}
    report = Document(io.BytesIO(download(page, "情况报告")))
    words = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert {"已加密", "已损坏"} <= set(words)

    undo(page)
    page.get_by_role("link", name=re.compile("^第 1 批")).click()
    facts = page.locator("dl.metadata")
    expect(facts).to_contain_text("已撤销")
    expect(facts).to_contain_text("来源有误")
    expect(page.get_by_role("link", name="撤销本批次")).to_have_count(0)
    look_at(page, "batch-undone")
    page.goto("/archive/")
    assert figures(page)["档案"] == 0
    assert verify(room.engine).is_whole
