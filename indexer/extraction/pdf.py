"""PDF text, page by page: pdfium where it is right, pdfminer.six where it is not.

pdfium reads ten times as fast; pdfminer.six sees text written from top to bottom in its order,
knows character maps that pdfium does not, and opens some files that pdfium refuses. A page that
cannot be read does not cost the others.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, BinaryIO, Final

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason
from indexer.extraction.junk import is_junk
from indexer.extraction.page_text import MAX_PAGES
from indexer.extraction.pdf_miner import MinerReader
from indexer.extraction.pdf_pdfium import PdfiumReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.extraction.pdf_page import RawPage


class PdfExtractor:
    """Reads PDF."""

    name: Final = "pdf/4"

    def pages(self, path: Path) -> Iterator[str | PicturePage]:
        """The text of each page, empty where a page has none that can be read.

        Raises:
            ExtractionError: Encrypted or damaged.
        """
        with ExitStack() as open_files:
            miner = _LazyMiner(open_files.enter_context(path.open("rb")))
            try:
                fast = open_files.enter_context(closing(PdfiumReader(path)))
            except ExtractionError:
                pages = miner.pages()
            else:
                if fast.page_count > MAX_PAGES:
                    raise ExtractionError(Reason.MEMORY, f"more than {MAX_PAGES} pages")
                pages = (_better(fast, miner, number) for number in range(fast.page_count))
            has_sound_page = False
            for page in pages:
                has_sound_page |= page is not None
                yield "" if page is None else _content(page)
            if not has_sound_page:
                raise ExtractionError(Reason.DAMAGED, miner.problem or "no pages")


def _content(page: RawPage) -> str | PicturePage:
    if is_junk(page.text):
        return PicturePage()
    if page.has_image and page.has_little_text:
        return PicturePage(text=page.text)
    return page.text


class _LazyMiner:
    """pdfminer.six, opened when the first page is asked of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reader: MinerReader | None = None

    @property
    def problem(self) -> str:
        """The last thing that went wrong."""
        return self._reader.problem if self._reader else ""

    def page(self, number: int) -> RawPage | None:
        """The page with this number from 0; ``None`` if it has none that can be read.

        Raises:
            ExtractionError: It cannot open the file.
            IndexError: It knows of no such page.
        """
        self._reader = self._reader or MinerReader(self._file)
        return self._reader.page(number)

    def pages(self) -> Iterator[RawPage | None]:
        """Every page it knows of.

        Raises:
            ExtractionError: It cannot open the file.
        """
        number = 0
        while True:
            try:
                page = self.page(number)
            except IndexError:
                return
            yield page
            number += 1


def _better(fast: PdfiumReader, miner: _LazyMiner, number: int) -> RawPage | None:
    """A page by pdfium, or by pdfminer.six where that one's is the better."""
    page = fast.page(number)
    if page is not None and _has_text(page) and not page.is_vertical:
        return page
    try:
        second = miner.page(number)
    except (ExtractionError, IndexError):
        return page
    if second is not None and (page is None or _has_text(second)):
        return second
    is_something = page is not None and (_has_text(page) or page.has_image)
    # Blank to the one and broken to the other: a blank page is read by both.
    return page if is_something or second is not None else None


def _has_text(page: RawPage) -> bool:
    return bool(page.text.strip()) and not is_junk(page.text)
