"""Pictures of pages on a real archive: who may see one, when it is gone, and what is kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import update

from indexer.access import PUBLIC_VIEWER
from indexer.database import utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.extraction.desk import Desk
from indexer.importing.quarantine import isolate_marked
from indexer.importing.stores import Stores
from indexer.page_words import Box, PageWord
from indexer.records import FileHash, Record, RecordId
from indexer.repositories import files, withdrawals
from indexer.repositories.files import ContentState
from indexer.tables import record_file
from search_api.errors import DrawingBusyError, PageNotDrawnError
from tests.fixtures.archive import STAFF, SmallArchive
from tests.indexer.extraction.documents import pdf
from tests.indexer.rendering.sheets import ink

if TYPE_CHECKING:
    from pathlib import Path

    from search_api.service import SearchService


@pytest.fixture
def service(archive: SmallArchive) -> SearchService:
    """The one service of a test: its processes are kept from page to page."""
    return archive.service


def add_pdf(archive: SmallArchive, name: str, *pages: list[str], **row: Any) -> None:
    archive.folder.mkdir(parents=True, exist_ok=True)
    pdf(archive.folder / f"{name}.pdf", pages)
    archive.add(name, file=f"{name}.pdf", **row)


def add_scan(archive: SmallArchive, name: str, *words: str, **row: Any) -> None:
    """A record with an image that nobody has recognised, one page per word."""
    archive.folder.mkdir(parents=True, exist_ok=True)
    sheets = []
    for each in words:
        sheet = Image.new("L", (400, 600), 255)
        ImageDraw.Draw(sheet).text((100, 300), each, fill=0, font_size=40)
        sheets.append(sheet)
    sheets[0].save(archive.folder / f"{name}.tif", save_all=True, append_images=sheets[1:])
    archive.add(name, file=f"{name}.tif", **row)


def record_called(archive: SmallArchive, title: str) -> Record:
    hits = archive.ask(f'"{title}"', STAFF).hits
    return next(h.record for h in hits if h.record.description.title == title)


def kept(archive: SmallArchive) -> list[Path]:
    return list(archive.settings.pictures.glob("??/*"))


def file_hash_of(record: Record) -> FileHash:
    (file,) = record.files
    assert file.file_hash is not None
    return file.file_hash


def test_a_hit_is_boxed_where_it_stands(archive: SmallArchive, service: SearchService) -> None:
    add_pdf(archive, "办法", ["first line", "the Needle stands here"], ["second page"])
    archive.run()
    record = record_called(archive, "办法")
    page = service.pictured_page(record.record_id, 0, 1, PUBLIC_VIEWER, "needle")
    assert page.picture is not None
    (box,) = page.boxes.boxes
    assert (box.number, box.text, page.boxes.unplaced, page.last_page) == (1, "Needle", 0, 2)
    image = Image.open(io.BytesIO(page.picture.content))
    assert ink(image, box.box) > 0.05
    # Line two of the page: its foot stands 760 points above that of the page.
    assert abs(box.box.bottom - (842 - 758) / 842) < 0.01


def test_a_run_across_a_line_break_has_a_box_on_each_line(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "办法", ["关于做好最低生活", "保障工作的通知"])
    archive.run()
    record = record_called(archive, "办法")
    page = service.pictured_page(record.record_id, 0, 1, PUBLIC_VIEWER, '"最低生活保障"')
    boxes = [each.box for each in page.boxes.boxes]
    assert [each.number for each in page.boxes.boxes] == [1, 1]
    assert boxes[0].bottom < boxes[1].bottom
    assert boxes[0].left > boxes[1].left


def test_without_a_question_there_are_no_boxes(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "办法", ["关于低保"])
    archive.run()
    page = service.pictured_page(record_called(archive, "办法").record_id, 0, 1, PUBLIC_VIEWER)
    assert page.picture is not None
    assert (page.boxes.boxes, page.boxes.unplaced, page.has_text) == ((), 0, True)


def test_recognised_words_say_where_the_text_of_a_scan_stands(
    archive: SmallArchive, service: SearchService
) -> None:
    add_scan(archive, "scan", "Needle", title="扫描件", opening="open")
    archive.run()
    record = record_called(archive, "扫描件")
    recognise(archive, file_hash_of(record), ["the Needle"])
    record = record_called(archive, "扫描件")
    page = service.pictured_page(record.record_id, 0, 1, PUBLIC_VIEWER, "needle")
    (box,) = page.boxes.boxes
    assert (box.text, round(box.box.left, 3), round(box.box.right, 3)) == ("Needle", 0.4, 1.0)


def recognise(archive: SmallArchive, file_hash: FileHash, pages: list[str]) -> None:
    """What recognition leaves: the text, the words, and rows that say so."""
    stores = Stores.of(archive.settings)
    stores.texts.put(file_hash, "test/1", pages)
    box = Box(left=0.0, top=0.5, right=1.0, bottom=0.6)
    words = {
        number: [PageWord(start=0, end=len(text), box=box)]
        for number, text in enumerate(pages, start=1)
        if text
    }
    stores.words.put(file_hash, "test/1", words)
    with writing(archive.engine) as connection:
        files.note_outcomes(
            connection,
            {
                file_hash: {
                    "state": ContentState.EXTRACTED,
                    "extractor": "test/1",
                    "page_count": len(pages),
                    "is_guarded": bool(pages[0]),
                    "reason": "",
                }
            },
        )
    archive.run()


def test_absent_forbidden_and_withdrawn_are_one_answer(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "控制", ["低保"], opening="controlled")
    add_pdf(archive, "开放", ["低保，又一份"])
    archive.run()
    forbidden = record_called(archive, "控制").record_id
    open_one = record_called(archive, "开放").record_id
    assert service.page_image(forbidden, 0, 1, STAFF).picture.width == 1240
    assert service.page_image(open_one, 0, 1, PUBLIC_VIEWER).picture.width == 1240
    with writing(archive.engine) as connection:
        withdrawals.withdraw_record(connection, open_one, ground="误开", by="甲", at=utc_now())
    for wanted in (forbidden, open_one, RecordId("rnothing")):
        with pytest.raises(RecordNotFoundError):
            service.page_image(wanted, 0, 1, PUBLIC_VIEWER)
        with pytest.raises(RecordNotFoundError):
            service.pictured_page(wanted, 0, 1, PUBLIC_VIEWER)
        with pytest.raises(RecordNotFoundError):
            service.record_with_page(wanted, 0, 1, PUBLIC_VIEWER)


def test_a_file_that_is_withdrawn_is_gone_with_every_record_of_it(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "办法", ["低保"])
    archive.run()
    record = record_called(archive, "办法")
    service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)
    with writing(archive.engine) as connection:
        withdrawals.withdraw_file(
            connection, file_hash_of(record), ground="误开", by="甲", at=utc_now()
        )
    with pytest.raises(RecordNotFoundError):
        service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)


def test_pages_of_a_volume_outside_the_record_are_never_shown(
    archive: SmallArchive, service: SearchService
) -> None:
    pages = [[f"page {number}"] for number in range(1, 7)]
    add_pdf(archive, "案卷", *pages)
    archive.run()
    record = record_called(archive, "案卷")
    with writing(archive.engine) as connection:
        connection.execute(
            update(record_file)
            .where(record_file.c.record_id == record.record_id)
            .values(first_page=3, last_page=5)
        )
    assert service.pictured_page(record.record_id, 0, 3, PUBLIC_VIEWER).last_page == 5
    for page in (0, 1, 2, 6, 7):
        with pytest.raises(RecordNotFoundError):
            service.page_image(record.record_id, 0, page, PUBLIC_VIEWER)


def test_an_unread_scan_is_shown_within_rights_and_never_kept(
    archive: SmallArchive, service: SearchService
) -> None:
    add_scan(archive, "scan", "one", "two", title="扫描件", opening="open")
    add_scan(archive, "shut", "three", title="控制的扫描件")
    archive.run()
    record = record_called(archive, "扫描件")
    page = service.pictured_page(record.record_id, 0, 1, PUBLIC_VIEWER, "one")
    assert (page.has_text, page.last_page, page.boxes.boxes) == (False, 2, ())
    assert service.page_image(record.record_id, 0, 2, PUBLIC_VIEWER).picture.page_count == 2
    assert kept(archive) == []
    for wanted, number in ((record, 3), (record_called(archive, "控制的扫描件"), 1)):
        with pytest.raises(RecordNotFoundError):
            service.page_image(wanted.record_id, 0, number, PUBLIC_VIEWER)


def test_a_scan_is_kept_once_the_guard_has_read_its_first_page(
    archive: SmallArchive, service: SearchService
) -> None:
    add_scan(archive, "scan", "one", "two", title="扫描件", opening="open")
    archive.run()
    file_hash = file_hash_of(record_called(archive, "扫描件"))
    recognise(archive, file_hash, ["", "two"])
    record = record_called(archive, "扫描件")
    service.page_image(record.record_id, 0, 2, PUBLIC_VIEWER)
    assert kept(archive) == []  # nobody has read what stands on page 1
    recognise(archive, file_hash, ["one", "two"])
    service.page_image(record.record_id, 0, 2, PUBLIC_VIEWER)
    assert len(kept(archive)) == 1


def test_what_is_quarantined_is_not_drawn_and_leaves_no_picture(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "办法", ["低保"])
    archive.run()
    record = record_called(archive, "办法")
    service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)
    assert len(kept(archive)) == 1
    stores = Stores.of(archive.settings)
    isolate_marked(archive.engine, stores, 1, file_hash_of(record), "机密")
    assert kept(archive) == []
    with pytest.raises(RecordNotFoundError):
        service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)


def test_text_has_no_picture(archive: SmallArchive, service: SearchService) -> None:
    archive.add("名册", "低保")
    archive.run()
    record = record_called(archive, "名册")
    with pytest.raises(RecordNotFoundError):
        service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)
    assert service.record_with_page(record.record_id, 0, 1, PUBLIC_VIEWER) == record


def test_a_page_that_cannot_be_drawn_says_why(
    archive: SmallArchive, service: SearchService
) -> None:
    archive.folder.mkdir(parents=True, exist_ok=True)
    (archive.folder / "a.tif").write_bytes(b"II*\0\x08\0\0\0 damaged")
    archive.add("坏的扫描件", file="a.tif", opening="open")
    archive.run()
    record = record_called(archive, "坏的扫描件")
    page = service.pictured_page(record.record_id, 0, 1, PUBLIC_VIEWER)
    assert (page.picture, page.reason, page.last_page) == (None, "damaged", 1)
    with pytest.raises(PageNotDrawnError) as refused:
        service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)
    assert refused.value.reason == "damaged"


def test_an_original_that_is_gone_is_absent(archive: SmallArchive, service: SearchService) -> None:
    add_pdf(archive, "办法", ["低保"])
    archive.run()
    record = record_called(archive, "办法")
    Stores.of(archive.settings).originals.remove(file_hash_of(record))
    with pytest.raises(RecordNotFoundError):
        service.page_image(record.record_id, 0, 1, PUBLIC_VIEWER)


def test_where_all_are_busy_the_reader_is_told_so(
    archive: SmallArchive, service: SearchService
) -> None:
    add_pdf(archive, "办法", ["低保"])
    archive.run()
    pool = service._pictures._pictures._pool
    pool._timeout_s = 0.1
    with pool._free, pytest.raises(DrawingBusyError):
        service.page_image(record_called(archive, "办法").record_id, 0, 1, PUBLIC_VIEWER)


def test_what_a_killed_server_left_is_swept(archive: SmallArchive, service: SearchService) -> None:
    desk = Desk.made_in(archive.settings.pictures)
    desk.file.write_bytes(b"an original")
    service.sweep_pictures()
    assert not desk.root.exists()
