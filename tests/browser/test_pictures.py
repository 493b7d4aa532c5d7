"""A hit in a scan, looked at on the page's image: from the search to the box around the words."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.database import writing
from indexer.importing.recognizing import recognize
from indexer.importing.stores import Stores
from indexer.page_words import Box
from indexer.rendering.alignment import aligned
from indexer.rendering.pdf import PdfDrawer
from indexer.repositories import files
from indexer.repositories.files import ContentState
from tests.browser.pictures import picture
from tests.fixtures.archive import STAFF
from tests.indexer.extraction.documents import A4, chinese_canvas, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from indexer.page_words import PageWord
    from tests.fixtures.archive import SmallArchive

pytestmark = pytest.mark.browser

TITLE = "关于做好最低生活保障工作的通知"
LINES = (
    (24, "清河区民政局文件"),
    (16, "清民发〔2008〕15号"),
    (20, TITLE),
    (16, "各街道办事处、各乡镇人民政府："),
    (16, "　　为规范我区城乡居民最低生活"),
    (16, "保障的申请、审核和审批，现将有关"),
    (16, "事项通知如下。"),
    (16, "　　一、持有本区常住户口的居民，凡"),
    (16, "共同生活的家庭成员人均收入低于标准"),
    (16, "的，均可申请。"),
    (16, "　　二、申请由街道办事处受理，入户"),
    (16, "调查后张榜公示。"),
)


def typewritten(path: Path) -> Path:
    """The paper before it was scanned."""
    canvas = chinese_canvas(path)
    for number, (size, line) in enumerate(LINES):
        canvas.setFont("STSong-Light", size)
        canvas.drawString(90, 740 - 46 * number, line)
    canvas.save()
    return path


def scanned(path: Path, paper: Path) -> Path:
    """The same as a PDF that is a picture and nothing else."""
    image = PdfDrawer().draw(paper, 1).image
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return path


def recognised(paper: Path) -> tuple[str, list[PageWord]]:
    """What recognition of the scan gives: its text, and where it stands."""
    (text,) = pages_of(paper)
    return text, list(aligned(text, PdfDrawer().draw(paper, 1).glyphs))


@pytest.fixture(autouse=True)
def scan(archive: SmallArchive, tmp_path: Path) -> Path:
    """A scan that was imported and waits for recognition; the paper it was made from."""
    archive.folder.mkdir()
    paper = typewritten(tmp_path / "paper.pdf")
    scanned(archive.folder / "scan.pdf", paper)
    archive.add(TITLE, file="scan.pdf", agency="区民政局", date="2008-03", opening="open")
    archive.run()
    return paper


@pytest.fixture
def read_scan(archive: SmallArchive, scan: Path) -> None:
    """The scan as if it had been recognised without a fault, and at once."""
    (hit,) = archive.ask(TITLE, STAFF).hits
    (file,) = hit.record.files
    assert file.file_hash is not None
    text, words = recognised(scan)
    stores = Stores.of(archive.settings)
    stores.texts.put(file.file_hash, "recognised/1", [text])
    stores.words.put(file.file_hash, "recognised/1", {1: words})
    outcome = {"state": ContentState.EXTRACTED, "extractor": "recognised/1", "page_count": 1}
    with writing(archive.engine) as connection:
        files.note_outcomes(connection, {file.file_hash: outcome | {"reason": ""}})
    archive.run()


def look(page: Page, question: str) -> Locator:
    """From the search box to the image; its boxes."""
    page.goto("/")
    page.get_by_role("combobox", name="您要查找什么").fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="第 1 页").first.click()
    expect(page.locator("mark#hit")).to_be_visible()
    page.get_by_role("link", name="图像", exact=True).click()
    shown = page.get_by_role("img", name="第 1 页的图像")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1240
    return page.locator(".picture .box")


def on_the_image(boxes: Locator) -> list[Box]:
    """Where boxes stand, in fractions of the image.

    All in one moment: between two questions of the test the page may scroll on to its hit.
    """
    corners: list[dict[str, float]] = boxes.evaluate_all(
        """boxes => {
            const whole = document.querySelector(".picture").getBoundingClientRect()
            const x = at => (at - whole.left) / whole.width
            const y = at => (at - whole.top) / whole.height
            return boxes.map(box => box.getBoundingClientRect())
                .map(({left, top, right, bottom}) =>
                    ({left: x(left), top: y(top), right: x(right), bottom: y(bottom)}))
        }"""
    )
    return [Box(**each) for each in corners]


def test_a_hit_in_a_scan_is_boxed_on_its_page(page: Page, archive: SmallArchive) -> None:
    recognize(archive.engine, archive.settings, threading.Event())
    archive.index()
    boxes = look(page, "张榜公示")
    expect(boxes).to_have_count(1)
    expect(page.locator("#hit")).to_be_in_viewport()
    picture(page, "picture")
    (around,) = on_the_image(boxes)
    # The last line of the paper, from its fourth character on.
    assert around.bottom == pytest.approx((A4[1] - (740 - 46 * 11)) / A4[1], abs=0.015)
    assert around.left == pytest.approx((90 + 3 * 16) / A4[0], abs=0.02)


@pytest.mark.usefixtures("read_scan")
def test_a_hit_across_a_line_break_is_boxed_on_both_lines(page: Page) -> None:
    boxes = look(page, '"最低生活保障的申请"')
    expect(boxes).to_have_count(2)
    expect(page.get_by_role("navigation", name="本页命中").get_by_role("link")).to_have_count(1)
    upper, lower = on_the_image(boxes)
    assert upper.bottom < lower.bottom
    assert upper.left > lower.left
    picture(page, "picture-two-lines")


@pytest.mark.usefixtures("read_scan")
def test_between_text_and_image_the_question_is_kept(page: Page) -> None:
    look(page, "最低生活保障")
    ways = page.get_by_role("navigation", name="页面显示方式")
    expect(ways.get_by_role("link", name="图像")).to_have_attribute("aria-current", "page")
    ways.get_by_role("link", name="文字").click()
    expect(page.locator("mark#hit")).to_be_in_viewport()
    page.get_by_role("link", name="档案信息").click()
    picture(page, "record-with-images")
    page.get_by_role("link", name="查看图像").click()
    expect(page.locator(".picture #hit .box")).to_be_visible()


@pytest.mark.usefixtures("read_scan")
def test_hits_can_be_walked_with_the_keyboard(page: Page) -> None:
    # A busy machine breaks off a scrolling that is drawn step by step.
    page.emulate_media(reduced_motion="reduce")
    look(page, "申请")
    hits = page.get_by_role("navigation", name="本页命中").get_by_role("link")
    last = hits.last
    last.focus()
    page.keyboard.press("Enter")
    target = page.locator(".picture g:target .box")
    expect(target).to_have_count(1)
    expect(target).to_be_in_viewport()
