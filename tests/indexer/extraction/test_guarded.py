from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader

from indexer.errors import StorageError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.extraction.guarded import clean, extract
from indexer.extraction.page_text import MAX_PAGES
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore
from tests.indexer.extraction import documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas


@pytest.fixture
def store(tmp_path: Path) -> FolderTextStore:
    return FolderTextStore(tmp_path / "texts")


def job(path: Path, *, cleared: bool = False) -> ExtractionJob:
    content = path.read_bytes() if path.exists() else b""
    digest = FileHash(hashlib.sha256(content).hexdigest())
    return ExtractionJob(path=path, file_hash=digest, name=path.name, cleared=cleared)


def text_job(tmp_path: Path, text: str, *, cleared: bool = False) -> ExtractionJob:
    path = tmp_path / "a.txt"
    path.write_text(text)
    return job(path, cleared=cleared)


NOTICE = "青山区人民政府关于低保的通知\n青政发〔2008〕15号\n各街道：\n青山区人民政府\n2008年3月15日"


def test_pages_go_to_the_store_and_metadata_to_the_caller(
    tmp_path: Path, store: FolderTextStore
) -> None:
    one = text_job(tmp_path, f"{NOTICE}\f第二页")
    outcome = extract(one, store)
    assert isinstance(outcome, Extracted)
    assert (outcome.media_type, outcome.extractor, outcome.page_count) == (
        "text/plain",
        "text/1",
        2,
    )
    assert outcome.char_count == len(NOTICE) + 3
    assert outcome.parsed.document_number == "青政发〔2008〕15号"
    assert outcome.parsed.date is not None
    assert store.pages(one.file_hash, outcome.extractor) == (NOTICE, "第二页")


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf"])
def test_of_a_marked_file_nothing_is_kept(
    tmp_path: Path, store: FolderTextStore, kind: str
) -> None:
    lines = ["000012", "机密★10年", "青山区人民政府文件", "不可外传的内容"]
    path = tmp_path / f"a.{kind}"
    match kind:
        case "txt":
            path.write_text("\n".join(lines), encoding="gb18030")
        case "html":
            path.write_text("<html><body>" + "".join(f"<p>{line}</p>" for line in lines))
        case "docx":
            documents.docx(path, lines)
        case "pdf":
            documents.pdf(path, [lines, ["第二页"]])
    outcome = extract(job(path), store)
    assert isinstance(outcome, Quarantined)
    assert outcome.marking == "机密★10年"
    assert list(store.entries()) == []
    assert "不可外传" not in repr(outcome)
    # A reviewer cleared it.
    assert isinstance(extract(job(path, cleared=True), store), Extracted)


def test_an_empty_cover_hides_no_marking(tmp_path: Path, store: FolderTextStore) -> None:
    assert isinstance(extract(text_job(tmp_path, " \n\f\f秘密\n正文"), store), Quarantined)


def test_a_marking_is_heard_before_the_rest_is_read(tmp_path: Path, store: FolderTextStore) -> None:
    path = documents.pdf(tmp_path / "a.pdf", [["绝密★长期"], *[["正文"]] * 3])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * 0.9)])
    outcome = extract(job(path), store)
    assert isinstance(outcome, Quarantined | Failed)
    assert list(store.entries()) == []


def test_prose_about_secrets_is_kept(tmp_path: Path, store: FolderTextStore) -> None:
    law = "保守国家秘密法\n第九条 国家秘密的密级分为绝密、机密、秘密三级。\n商业秘密"
    assert isinstance(extract(text_job(tmp_path, law), store), Extracted)


def test_pages_that_are_pictures_wait_to_be_recognised(
    tmp_path: Path, store: FolderTextStore
) -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(documents.image()), 0, 0, 595, 842)
        canvas.showPage()

    def text(canvas: Canvas) -> None:
        canvas.setFont(documents.FONT, 12)
        canvas.drawString(70, 700, "青山区人民政府办公室关于低保工作的通知及其说明")
        canvas.showPage()

    def drawn(name: str, *pages: Callable[[Canvas], None]) -> Outcome:
        def draw(canvas: Canvas) -> None:
            for page in pages:
                page(canvas)

        return extract(job(documents.drawn_pdf(tmp_path / name, draw)), store)

    only_scans = drawn("a.pdf", scan, scan)
    assert isinstance(only_scans, Failed)
    assert (only_scans.reason, only_scans.unread_pages) == (Reason.NEEDS_OCR, (1, 2))
    assert list(store.entries()) == []
    # What stands on the first page nobody has seen yet.
    cover = drawn("b.pdf", scan, text)
    assert isinstance(cover, Extracted)
    assert (cover.unread_pages, cover.is_guarded) == ((1,), False)
    annex = drawn("c.pdf", text, scan)
    assert isinstance(annex, Extracted)
    assert (annex.unread_pages, annex.is_guarded) == ((2,), True)


@pytest.mark.parametrize(
    ("content", "reason", "media_type"),
    [
        (b"", Reason.EMPTY, "text/plain"),
        (b" \n\f\n", Reason.EMPTY, "text/plain"),
        (b"\0" * 2000, Reason.DAMAGED, "text/plain"),
        (b"%PDF-1.4 and no more", Reason.DAMAGED, "application/pdf"),
        (b"AT&TFORM....DJVU", Reason.UNSUPPORTED, "image/vnd.djvu"),
        (b"BZh91AY", Reason.UNSUPPORTED, "application/x-bzip2"),
        (b"II*\0" + b"\0" * 100, Reason.DAMAGED, "image/tiff"),
        (b"\x89PNG\r\n\x1a\n and no more", Reason.DAMAGED, "image/png"),
        (b"Rar!\x1a\x07\0", Reason.NEEDS_TOOL, "application/vnd.rar"),
    ],
)
def test_every_failure_has_its_reason(
    tmp_path: Path, store: FolderTextStore, content: bytes, reason: Reason, media_type: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    outcome = extract(job(path), store)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.media_type) == (reason, media_type)
    assert list(store.entries()) == []


def test_a_file_that_is_gone_or_a_folder(tmp_path: Path, store: FolderTextStore) -> None:
    outcome = extract(job(tmp_path / "gone.txt"), store)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.UNREADABLE
    folder = ExtractionJob(path=tmp_path, file_hash=FileHash("0" * 64), name="a")
    outcome = extract(folder, store)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.UNREADABLE


def test_too_many_pages(tmp_path: Path, store: FolderTextStore) -> None:
    outcome = extract(text_job(tmp_path, "页\f" * (MAX_PAGES + 1)), store)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.MEMORY
    assert list(store.entries()) == []


def test_a_store_that_refuses_stops_the_batch(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("a file where the folder should be")
    with pytest.raises(StorageError):
        extract(text_job(tmp_path, NOTICE), FolderTextStore(tmp_path / "texts"))


def test_cleaning_keeps_what_means_something() -> None:
    assert clean("一\r\n二\r三\v四\f五\x85六\u2028七\t八\x00\x07九\ufffe\udc80十\x9f\n\n") == (
        "一\n二\n三\n四\n五\n六\n七\t八九十"
    )
    assert clean("\u202f\u180e\u200d 䶮𠅤\ue234") == "\u202f\u180e\u200d 䶮𠅤\ue234"


@given(st.text(max_size=300))
def test_a_clean_page_can_go_anywhere(page: str) -> None:
    cleaned = clean(page)
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned
    assert not any(character < " " and character not in "\t\n" for character in cleaned)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError("not an OLE2 structured storage file"), Reason.DAMAGED),
        (OSError(errno.EINVAL, "Invalid argument"), Reason.DAMAGED),
        (OSError(errno.EIO, "Input/output error"), Reason.UNREADABLE),
    ],
)
def test_what_a_library_calls_unreadable_is_damage(
    tmp_path: Path,
    store: FolderTextStore,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    reason: Reason,
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("indexer.extraction.guarded.extractor_for", refuse)
    outcome = extract(text_job(tmp_path, NOTICE), store)
    assert isinstance(outcome, Failed)
    assert outcome.reason is reason
