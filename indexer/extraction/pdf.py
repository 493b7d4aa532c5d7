"""PDF text with pdfminer.six, page by page; a page that cannot be read does not cost the others."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import (
    LAParams,
    LTChar,
    LTContainer,
    LTFigure,
    LTImage,
    LTPage,
    LTTextContainer,
)
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.junk import is_junk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
# Grouping boxes takes time that grows with the square of their number.
_MAX_GROUPED_CHARS: Final = 8_000
# Bold type is imitated by printing twice, a hair apart; narrower than any real double letter.
_OVERPRINT: Final = 0.12
_OVERPRINT_OF_WIDTH: Final = 0.4


class PdfExtractor:
    """Reads PDF."""

    name: Final = "pdfminer/2"

    def pages(self, path: Path) -> Iterator[str]:
        """The text of each page, empty where a page has none that can be read.

        Raises:
            ExtractionError: Encrypted, damaged, or scans only (needs OCR).
        """
        with path.open("rb") as file:
            reader = _Reader(file)
            has_text = needs_ocr = has_sound_page = False
            for layout in reader.layouts():
                text = ""
                if layout is not None:
                    has_sound_page = True
                    text = _text(layout)
                    no_text = is_junk(text)
                    needs_ocr |= no_text or _has_image(layout)
                    text = "" if no_text else text
                has_text |= bool(text.strip())
                yield text
        if not has_sound_page:
            raise ExtractionError(Reason.DAMAGED, reader.problem or "no pages")
        if needs_ocr and not has_text:
            raise ExtractionError(Reason.NEEDS_OCR, "page images or fonts without text")


class _Reader:
    """The pages of one file as layouts."""

    def __init__(self, file: BinaryIO) -> None:
        self.problem = ""
        try:
            # The empty password opens files that are only protected against printing.
            self._document = PDFDocument(PDFParser(file), password="")
        except PDFEncryptionError as error:
            raise ExtractionError(Reason.ENCRYPTED, type(error).__name__) from error
        except MemoryError:
            raise
        except Exception as error:  # pdfminer raises anything on damaged files
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        self._resources = PDFResourceManager()

    def layouts(self) -> Iterator[LTPage | None]:
        """Each page's layout; ``None`` for one that cannot be read."""
        device = _Device(self._resources)
        pages = PDFPage.create_pages(self._document)
        while True:
            try:
                page = next(pages, None)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - the list of pages is broken from here on
                self.problem = type(error).__name__
                return
            if page is None:
                return
            try:
                PDFPageInterpreter(self._resources, device).process_page(page)
                layout = device.get_result()
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - a damaged page, the next may be sound
                self.problem = type(error).__name__
                layout, device = None, _Device(self._resources)
            yield layout


class _Device(PDFPageAggregator):
    """Lays out all text of a page: that in forms too, vertical text as such, bold text once."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=LAParams())
        self._vertical = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:  # noqa: ANN401 - pdfminer's
        """Start a page."""
        self._vertical = 0
        super().begin_page(page, ctm)

    def render_char(self, matrix: Any, font: Any, *rest: Any, **named: Any) -> float:  # noqa: ANN401
        """Take a character."""
        self._vertical += bool(font.is_vertical())
        return float(super().render_char(matrix, font, *rest, **named))

    def handle_undefined_char(self, font: Any, cid: int) -> str:  # noqa: ANN401, ARG002
        """What stands for a glyph whose character is unknown."""
        return _UNKNOWN

    def end_page(self, page: PDFPage) -> None:
        """Lay the page out."""
        items = tuple(self.cur_item)
        chars = tuple(_without_overprints(_chars(items)))
        layout = LTPage(self.pageno, self.cur_item.bbox)
        layout.extend(chain(chars, (each for each in items if not isinstance(each, LTChar))))
        self.cur_item = layout
        self.laparams = LAParams(
            detect_vertical=self._vertical * 2 > len(chars),
            boxes_flow=0.5 if len(chars) <= _MAX_GROUPED_CHARS else None,
        )
        super().end_page(page)


def _chars(items: Iterable[Any]) -> Iterator[LTChar]:
    for item in items:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTFigure):
            yield from _chars(item)


def _without_overprints(chars: Iterable[LTChar]) -> Iterator[LTChar]:
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for char in chars:
        text, size = char.get_text(), max(char.size, 0.1)
        reach = min(size * _OVERPRINT, max(char.width, 0.1) * _OVERPRINT_OF_WIDTH)
        column, row = round(char.x0 / size), round(char.y0 / size)
        is_again = not text.isspace() and any(
            abs(x - char.x0) <= reach and abs(y - char.y0) <= reach
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for x, y in seen.get((text, column + dx, row + dy), ())
        )
        if not is_again:
            seen.setdefault((text, column, row), []).append((char.x0, char.y0))
            yield char


def _text(layout: LTPage) -> str:
    return "".join(each.get_text() for each in layout if isinstance(each, LTTextContainer))


def _has_image(container: LTContainer[Any]) -> bool:
    return any(
        isinstance(each, LTImage) or (isinstance(each, LTContainer) and _has_image(each))
        for each in container
    )
