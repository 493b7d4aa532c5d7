from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import Opening
from indexer.database import reading, writing
from indexer.errors import WriterLockedError
from indexer.extraction import Reason
from indexer.importing.clearances import clear
from indexer.importing.recognizing import FOLDER, backlog, recognize
from indexer.importing.undo import undo_batch
from indexer.indexing.lock import writer_lock
from indexer.records import TextState
from indexer.repositories import files
from indexer.repositories.files import ContentState, PathState
from indexer.tables import stored_file
from tests.indexer.extraction import documents
from tests.indexer.recognition.scans import encoded, pictured_ofd, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL.Image import Image
    from reportlab.pdfgen.canvas import Canvas

    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow
    from tests.indexer.importing.shelf import Shelf

NOTICE = ["青山区人民政府", "关于做好防汛工作的通知", "青政发〔2008〕15号"]
SMALL = (700, 330)


def notice() -> Image:
    return scan(NOTICE, size=SMALL)


def work(shelf: Shelf) -> None:
    recognize(shelf.engine, shelf.settings, threading.Event())


def content_of(shelf: Shelf, path: str) -> ContentRow:
    file_hash = shelf.paths()[path].file_hash
    assert file_hash is not None
    with reading(shelf.engine) as connection:
        return files.contents(connection, [file_hash])[file_hash]


def text(shelf: Shelf, content: ContentRow) -> str:
    return "\n".join(shelf.stores.texts.pages(content.file_hash, content.extractor))


def mixed_pdf(path: Path, image: Image) -> bytes:
    """A page with text, a page that is a picture, and one more with text."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - where it is used

    def draw(canvas: Canvas) -> None:
        for text in (
            "青山区人民政府关于调整低保标准的通知全文",
            "",
            "附件二：各街道办事处联系方式一览表",
        ):
            canvas.setFont(documents.FONT, 12)
            if text:
                canvas.drawString(70, 700, text)
            else:
                canvas.drawImage(ImageReader(image), 50, 400, 500, 236)
            canvas.showPage()

    return documents.drawn_pdf(path, draw).read_bytes()


def test_scans_come_in_without_text_and_are_read_afterwards(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("通知.png", encoded(notice()))
    shelf.put("copy/通知.png", encoded(notice()))
    shelf.put("两页.tif", encoded(scan([], size=SMALL), notice(), format_name="TIFF"))
    shelf.put("混合.pdf", mixed_pdf(tmp_path / "m.pdf", scan(["附件一受灾情况"], size=SMALL)))
    shelf.put("照片.jpg", encoded(scan([], size=SMALL), format_name="JPEG"))
    shelf.describe(题名="防汛通知", 文件="通知.png", 全宗号="J001")
    report = shelf.run(level="public")
    assert (report.failed, report.by_reason) == (4, {Reason.NEEDS_OCR: 4})
    assert report.waiting_pages == 5

    # Nobody may see yet what the guard has not seen; but the catalogue's words are there.
    before = shelf.records()
    assert before["防汛通知"].description.level.opening is Opening.CONTROLLED
    assert before["防汛通知"].text_state is TextState.MISSING
    born = before["混合"]
    assert born.description.level.opening is Opening.OPEN
    assert born.text_state is TextState.PARTIAL
    assert "调整低保标准" in shelf.text_of(born)
    assert backlog(shelf.engine).pages == 5

    work(shelf)

    left = backlog(shelf.engine)
    assert (left.files, left.pages, left.given_up) == (0, 0, 0)
    assert left.is_measured
    found = shelf.records()
    read = found["防汛通知"]
    assert read.description.level.opening is Opening.OPEN
    assert read.description.document_number == "青政发〔2008〕15号"
    assert read.description.fonds == "J001"
    assert shelf.text_of(read).split() == NOTICE
    assert read.files[0].extractor == "image/1+ocr/1"
    assert read.files[0].is_recognised
    assert read.text_state is TextState.COMPLETE
    pages = shelf.text_of(found["混合"])
    assert "调整低保标准" in pages
    assert "附件一受灾情况" in pages
    assert found["混合"].text_state is TextState.COMPLETE
    # Where it stands, beside the text.
    content = content_of(shelf, "混合.pdf")
    page = shelf.stores.texts.page(content.file_hash, content.extractor, 2)
    words = shelf.stores.words.words(content.file_hash, content.extractor, 2)
    assert "".join(page[word.start : word.end] for word in words) == page == "附件一受灾情况"
    assert shelf.stores.words.words(content.file_hash, content.extractor, 1) == ()
    # Of a blank page nothing is known, and it waits no more.
    two = content_of(shelf, "两页.tif")
    assert shelf.stores.texts.pages(two.file_hash, two.extractor)[0] == ""
    assert text(shelf, two).split() == NOTICE
    blank = content_of(shelf, "照片.jpg")
    assert (blank.state, blank.reason) == (ContentState.FAILED, Reason.EMPTY)
    paths = shelf.paths()
    assert (paths["照片.jpg"].state, paths["照片.jpg"].reason) == (PathState.FAILED, Reason.EMPTY)
    assert {paths["通知.png"].outcome, paths["copy/通知.png"].outcome} == {"indexed", "duplicate"}
    # Everything was queued for the index, and the next import changes nothing.
    assert read.revision > before["防汛通知"].revision
    again = shelf.run(level="public")
    assert (again.records_changed, again.unchanged, again.failed) == (0, 4, 1)


def test_a_marking_on_a_scan_sets_it_aside_with_its_records(shelf: Shelf) -> None:
    secret = encoded(scan(["机密★10年", *NOTICE], size=(700, 400)))
    shelf.put("a.png", secret)
    shelf.describe(题名="不该被看见的题名", 文件="a.png", 开放状态="开放")
    shelf.run()
    assert "不该被看见的题名" in shelf.records()
    work(shelf)
    assert shelf.records() == {}
    row = shelf.paths()["a.png"]
    assert (row.state, row.reason, row.detail) == (
        PathState.QUARANTINED,
        Reason.QUARANTINED,
        "机密★10年",
    )
    assert row.file_hash is not None
    kept = [path for path in shelf.settings.data.rglob("*") if row.file_hash in path.name]
    assert kept == []
    assert backlog(shelf.engine).files == 0
    # Cleared by a reviewer, it is read.
    clear(shelf.engine, row.file_hash, ground="已解密", by="审查员")
    shelf.run()
    work(shelf)
    assert "防汛工作" in text(shelf, content_of(shelf, "a.png"))


def test_ofd_made_of_pictures_is_read_and_guarded_like_any_scan(
    shelf: Shelf, tmp_path: Path
) -> None:
    for name, lines in {"通知": NOTICE[1:2], "密": ["机密★10年", "名单"]}.items():
        (tmp_path / name).mkdir()
        drawn = pictured_ofd(tmp_path / name, scan(lines, size=(700, 200)))
        shelf.put(f"{name}.ofd", drawn.read_bytes())
    report = shelf.run()
    assert (report.by_reason, report.waiting_pages) == ({Reason.NEEDS_OCR: 2}, 2)
    work(shelf)
    assert text(shelf, content_of(shelf, "通知.ofd")) == NOTICE[1]
    assert shelf.paths()["密.ofd"].state is PathState.QUARANTINED


def test_what_the_catalogue_says_is_there_before_the_files_are_read(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.importing.intake import Intake  # noqa: PLC0415 - to look into its moment

    shelf.put("a.txt", "关于低保的通知")
    shelf.describe(题名="低保通知", 文件="a.txt")
    shelf.describe(题名="只有纸质的案卷")
    seen: list[set[str]] = []
    read = Intake.read

    def look(intake: Intake, *arguments: object) -> set[str]:
        seen.append(set(shelf.records()))
        return read(intake, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Intake, "read", look)
    report = shelf.run(level="public")
    assert seen == [{"低保通知", "只有纸质的案卷"}]
    assert (report.records_changed, report.records_unchanged, report.held_back) == (2, 0, 0)
    undo_batch(shelf.engine, shelf.settings, report.batch_number)
    assert shelf.records() == {}


def test_a_kill_costs_one_page_at_most(shelf: Shelf) -> None:
    frames = [scan([f"第{number}页的内容"], size=(500, 160)) for number in "一二三四"]
    shelf.put("a.tif", encoded(*frames, format_name="TIFF"))
    shelf.run()
    environment = {
        **os.environ,
        "QUERY_ROOM_DATA": str(shelf.settings.data),
        "QUERY_ROOM_DATABASE_URL": shelf.settings.database_url,
    }
    command = [sys.executable, "-m", "query_room", "recognize"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while backlog(shelf.engine).pages > 3:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    content = content_of(shelf, "a.tif")
    assert content.unread_pages
    assert content.unread_pages[-1] == 4
    assert "第一页的内容" in text(shelf, content)
    work(shelf)
    assert text(shelf, content_of(shelf, "a.tif")).split() == [
        f"第{number}页的内容" for number in "一二三四"
    ]


def test_one_bad_page_does_not_cost_the_others(shelf: Shelf) -> None:
    frames = [scan([f"第{number}页的内容"], size=(500, 160)) for number in "一二"]
    content = bytearray(encoded(*frames, format_name="TIFF"))
    # The pixels of the second page are said to lie far behind the end.
    second = int.from_bytes(content[4:8], "little")
    count = int.from_bytes(content[second : second + 2], "little")
    at = int.from_bytes(content[second + 2 + 12 * count : second + 6 + 12 * count], "little")
    for entry in range(int.from_bytes(content[at : at + 2], "little")):
        place = at + 2 + 12 * entry
        if int.from_bytes(content[place : place + 2], "little") == 273:  # StripOffsets
            content[place + 8 : place + 12] = (0x7FFFFFF0).to_bytes(4, "little")
    shelf.put("a.tif", bytes(content))
    shelf.run(level="public")
    work(shelf)
    row = content_of(shelf, "a.tif")
    assert (row.state, row.unread_count) == (ContentState.EXTRACTED, 0)
    assert [(page, reason) for page, reason, _ in row.given_up] == [(2, Reason.DAMAGED)]
    assert text(shelf, row).split() == ["第一页的内容"]
    (record,) = shelf.records().values()
    assert record.description.level.opening is Opening.OPEN
    assert backlog(shelf.engine).given_up == 1


def test_what_was_taken_back_meanwhile_leaves_nothing(shelf: Shelf) -> None:
    shelf.put("a.png", encoded(notice()))
    report = shelf.run()

    def undo(_: object) -> None:
        undo_batch(shelf.engine, shelf.settings, report.batch_number)

    recognize(shelf.engine, shelf.settings, threading.Event(), _once(undo))
    left = [path for path in shelf.settings.data.rglob("*") if path.suffix in {".text", ".words"}]
    assert left == []
    assert shelf.records() == {}


def test_files_of_an_older_version_are_looked_into_first(shelf: Shelf) -> None:
    shelf.put("a.tif", encoded(scan([], size=SMALL), notice(), format_name="TIFF"))
    shelf.run()
    with writing(shelf.engine) as connection:
        connection.execute(stored_file.update().values(unread_pages=None, unread_count=1))
    work(shelf)
    assert text(shelf, content_of(shelf, "a.tif")).split() == NOTICE


def test_an_original_that_is_gone_waits_no_more(shelf: Shelf) -> None:
    shelf.put("a.png", encoded(notice()))
    shelf.run()
    shelf.stores.originals.remove(_hash(shelf, "a.png"))
    work(shelf)
    row = content_of(shelf, "a.png")
    assert (row.state, row.reason, row.unread_count) == (
        ContentState.FAILED,
        Reason.UNREADABLE,
        0,
    )


def test_one_process_recognises(shelf: Shelf) -> None:
    shelf.put("a.png", encoded(notice()))
    shelf.run()
    with writer_lock(shelf.settings.data / FOLDER), pytest.raises(WriterLockedError):
        work(shelf)


def test_told_to_stop_it_keeps_what_is_read(shelf: Shelf) -> None:
    shelf.put("a.tif", encoded(notice(), notice(), format_name="TIFF"))
    shelf.run()
    stop = threading.Event()
    calls: list[int] = []

    def stop_after_a_page(_: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            stop.set()

    settings = replace(shelf.settings, recognition_processes=1)
    recognize(shelf.engine, settings, stop, stop_after_a_page)
    assert content_of(shelf, "a.tif").unread_pages == (2,)


def _hash(shelf: Shelf, path: str) -> FileHash:
    file_hash = shelf.paths()[path].file_hash
    assert file_hash is not None
    return file_hash


def _once(act: Callable[[object], None]) -> Callable[[object], None]:
    done: list[bool] = []

    def call(left: object) -> None:
        if not done:
            done.append(True)
            act(left)

    return call
