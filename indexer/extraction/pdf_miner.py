"""PDF pages with pdfminer.six: slow and faithful, vertical text too, layout by geometry."""

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
from indexer.extraction.overprints import Print, without_overprints
from indexer.extraction.pdf_page import RawPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
# Grouping boxes takes time that grows with the square of their number.
_MAX_GROUPED_CHARS: Final = 8_000


class MinerReader:
    """The pages of one file, each asked for by itself.

    Args:
        file: The open file; it must stay open as long as pages are asked for.

    Raises:
        ExtractionError: Encrypted or damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.problem = ""
        """The last thing that went wrong, by the name of its exception."""
        try:
            # The empty password opens files that are only protected against printing.
            document = PDFDocument(PDFParser(file), password="")
        except PDFEncryptionError as error:
            raise ExtractionError(Reason.ENCRYPTED, type(error).__name__) from error
        except MemoryError:
            raise
        except Exception as error:  # pdfminer raises anything on damaged files
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        self._resources = PDFResourceManager()
        self._device = _Device(self._resources)
        self._listed = PDFPage.create_pages(document)
        self._pages: list[PDFPage] = []

    def page(self, number: int) -> RawPage | None:
        """The page with this number from 0; ``None`` if it cannot be read.

        Raises:
            IndexError: The file has no such page, or its list of pages is broken before it.
        """
        while len(self._pages) <= number:
            self._pages.append(self._next())
        try:
            PDFPageInterpreter(self._resources, self._device).process_page(self._pages[number])
            layout = self._device.get_result()
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged page, the next may be sound
            self.problem = type(error).__name__
            self._device = _Device(self._resources)
            return None
        return RawPage(text=_text(layout), has_image=_has_image(layout))

    def _next(self) -> PDFPage:
        try:
            return next(self._listed)
        except StopIteration:
            pass
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the list of pages is broken from here on
            self.problem = type(error).__name__
            self._listed = iter(())
        raise IndexError


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
        chars = tuple(without_overprints(_chars(items), _print_of))
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


def _print_of(char: LTChar) -> Print:
    return Print(text=char.get_text(), x=char.x0, y=char.y0, width=char.width, size=char.size)


def _text(layout: LTPage) -> str:
    return "".join(each.get_text() for each in layout if isinstance(each, LTTextContainer))


def _has_image(container: LTContainer[Any]) -> bool:
    return any(
        isinstance(each, LTImage) or (isinstance(each, LTContainer) and _has_image(each))
        for each in container
    )
