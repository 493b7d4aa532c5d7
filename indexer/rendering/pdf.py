"""Pages of PDF, drawn by pdfium as they are shown: turned, cropped, with notes and filled forms."""

from __future__ import annotations

import ctypes
import math
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.overprints import Print, without_overprints
from indexer.page_words import Box
from indexer.rendering import DPI, LONGEST_SIDE, Glyph, PageMissingError, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_GLYPHS: Final = 200_000
"""On one page. A newspaper has 20,000; beyond this nobody looks for a word."""

_POINTS_PER_INCH: Final = 72
_LARGEST_PAGE: Final = 200_000.0
# A page's width and height in the numbers that pdfium gives places in.
_FINE: Final = 1_000_000
_SURROGATE: Final = 0xD800
_LAST_HIGH: Final = 0xDBFF


class PdfDrawer:
    """Draws PDF."""

    def draw(self, path: Path, page: int) -> Sheet:
        """A page; see the protocol."""
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            is_locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
            reason = Reason.ENCRYPTED if is_locked else Reason.DAMAGED
            raise ExtractionError(reason, type(error).__name__) from error
        with closing(document):
            try:
                document.init_forms()
                return sheet_of(document, page)
            except pypdfium2.PdfiumError as error:
                raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def sheet_of(document: pypdfium2.PdfDocument, page: int) -> Sheet:
    """A page of an open document.

    Raises:
        PdfiumError: pdfium cannot read the page.
        ExtractionError: The page has no size.
        PageMissingError: There is no such page.
    """
    page_count = len(document)
    if not 1 <= page <= page_count:
        raise PageMissingError
    with closing(document[page - 1]) as opened:
        width, height = opened.get_size()
        if not (0 < width < _LARGEST_PAGE and 0 < height < _LARGEST_PAGE):
            raise ExtractionError(Reason.DAMAGED, "a page without a size")
        scale = min(DPI / _POINTS_PER_INCH, LONGEST_SIDE / max(width, height))
        bitmap = opened.render(scale=scale)
        with closing(bitmap):
            image = bitmap.to_pil().convert("RGB")
        return Sheet(image=image, glyphs=tuple(_glyphs(opened)), page_count=page_count)


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """What is written, bold type that was printed twice once."""
    try:
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    with closing(text):
        width, height = page.get_size()
        glyphs = tuple(_written(page, text))
        yield from without_overprints(glyphs, lambda each: _print_of(each, width, height))


def _written(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    high = ""
    for index in range(min(pdfium.FPDFText_CountChars(text), MAX_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if _SURROGATE <= code <= _LAST_HIGH:
            high = chr(code)
            continue
        written, high = high + chr(code), ""
        if len(written) > 1:
            # Beyond the first 65,536, a character comes as its two halves.
            written = written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or written.isspace():
            continue
        box = _box(page, text, index)
        if box is not None:
            yield Glyph(text=written, box=box)


def _box(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, index: int) -> Box | None:
    """Where a character stands on the page as it is shown; ``None`` where it stands beside it.

    Its ink and the space that its font gives it: the latter makes boxes of one line alike, the
    former is right where the font's own measures are not.
    """
    corners: list[tuple[float, float]] = []
    loose = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(loose)):
        corners += [(loose.left, loose.bottom), (loose.right, loose.top)]
    edges = [ctypes.c_double() for _ in range(4)]
    if pdfium.FPDFText_GetCharBox(text, index, *map(ctypes.byref, edges)):
        left, right, bottom, top = (edge.value for edge in edges)
        corners += [(left, bottom), (right, top)]
    # Damaged numbers put characters beyond every page.
    shown = [
        _shown(page, x, y)
        for x, y in corners
        if math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) < _LARGEST_PAGE
    ]
    if not shown:
        return None
    left, right = (_within(edge(x for x, _ in shown)) for edge in (min, max))
    top, bottom = (_within(edge(y for _, y in shown)) for edge in (min, max))
    if left >= right or top >= bottom:
        return None
    return Box(left=left, top=top, right=right, bottom=bottom)


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place on the page as it is written, on the page as it is shown."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _FINE, down.value / _FINE


def _within(place: float) -> float:
    return min(max(place, 0.0), 1.0)


def _print_of(glyph: Glyph, width: float, height: float) -> Print:
    box = glyph.box
    size = (box.bottom - box.top) * height
    return Print(
        glyph.text, box.left * width, box.top * height, (box.right - box.left) * width, size
    )
