"""PDF pages with pdfium: fast; lines as it joins them, in the order in which they are read."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.overprints import Print, without_overprints
from indexer.extraction.page_text import MAX_PAGES
from indexer.extraction.pdf_page import RawPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

# What pdfium writes for a hyphen at the end of a line.
_HYPHEN: Final = "\x02"
_BROKEN_WORD: Final = re.compile(rf"(?<=[A-Za-z]){_HYPHEN}\s*(?=[a-z])")
# Forms within forms within forms: deeper, nobody put a picture.
_MAX_DEPTH: Final = 8
# How many characters are asked which way they stand.
_ASKED: Final = 100
# Below this share of a character's size, two edges stand at one height.
_SAME: Final = 0.5
# Share of a page above which pictures are what it shows, and not what adorns it.
_MOST: Final = 0.5


class PdfiumReader:
    """The pages of one file, each asked for by itself; to be closed.

    Raises:
        ExtractionError: pdfium cannot open it. Why is not asked: the other reader knows better.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(path)
            self.page_count = self._counted()
        except pypdfium2.PdfiumError as error:
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error

    def _counted(self) -> int:
        """How many pages there are; pdfium believes any number that the file says."""
        said = len(self._document)
        if said <= MAX_PAGES:
            return said
        return bisect_left(range(MAX_PAGES + 1), 1, key=lambda number: not self._has(number))

    def _has(self, number: int) -> bool:
        try:
            self._document[number].close()
        except pypdfium2.PdfiumError:
            return False
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def page(self, number: int) -> RawPage | None:
        """The page with this number from 0; ``None`` if it cannot be read."""
        try:
            with closing(self._document[number]) as page, closing(page.get_textpage()) as text:
                chars = _chars(text.raw)
                raw = RawPage(text=_text(chars), is_vertical=_is_vertical(chars))
                if not raw.has_little_text:
                    return raw
                is_image = _has_image(page) if not raw.text.strip() else _is_image(page)
                return replace(raw, has_image=is_image)
        except pypdfium2.PdfiumError:
            return None


class _Char(NamedTuple):
    """A character where it stands on the page as it is read, in points from below and left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_printed: bool

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True, slots=True)
class _Line:
    """Characters side by side; its edges are those of what is printed."""

    text: str
    left: float
    right: float
    top: float
    size: float


def _chars(text: object) -> list[_Char]:
    """What is written, in the order of pdfium; line ends and guessed spaces are not printed."""
    turn = _turn(text)
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    chars: list[_Char] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        written = chr(pdfium.FPDFText_GetUnicode(text, index))
        edges = None
        if pdfium.FPDFText_IsGenerated(text, index) != 1 and pdfium.FPDFText_GetLooseCharBox(
            text, index, reference
        ):
            edges = _turned((box.left, box.bottom, box.right, box.top), turn)
        # Damaged numbers put characters beyond every page.
        if edges is not None and all(map(math.isfinite, edges)):
            chars.append(_Char(written, *edges, is_printed=True))
        elif chars:
            last = chars[-1]
            chars.append(
                _Char(written, last.right, last.bottom, last.right, last.top, is_printed=False)
            )
    return list(without_overprints(chars, _print_of))


def _turn(text: object) -> int:
    """By how many degrees clockwise to turn the page so that its characters stand upright.

    How the page is shown does not tell: tables are printed sideways on pages that are not turned.
    """
    count = pdfium.FPDFText_CountChars(text)
    step = max(1, count // _ASKED)
    turns: Counter[int] = Counter()
    for index in range(0, count, step):
        if pdfium.FPDFText_IsGenerated(text, index) != 1:
            angle = math.degrees(pdfium.FPDFText_GetCharAngle(text, index))
            if math.isfinite(angle):
                turns[-round(angle / 90) * 90 % 360] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _turned(
    edges: tuple[float, float, float, float], degrees: int
) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a box after its page was turned clockwise."""
    left, bottom, right, top = edges
    match degrees:
        case 90:
            return bottom, -right, top, -left
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return -top, left, -bottom, right
    return edges


def _print_of(char: _Char) -> Print:
    text, left, bottom, right, top, is_printed = char
    # What is not printed stands under nothing.
    return Print(text if is_printed else " ", left, bottom, right - left, top - bottom)


def _is_vertical(chars: Sequence[_Char]) -> bool:
    """Whether most characters stand under the one before."""
    printed = [each for each in chars if each.is_printed and not each.text.isspace()]
    under = sum(
        abs(after.left - before.left) < before.size * _SAME
        and before.top - after.top > before.size * _SAME
        for before, after in pairwise(printed)
    )
    return under * 2 > len(printed)


def _text(chars: Iterable[_Char]) -> str:
    text = "\n".join(line.text for block in _in_order(_blocks(_lines(chars))) for line in block)
    # Beyond the first 65,536, a character may come as its two halves.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _BROKEN_WORD.sub("", whole).replace(_HYPHEN, "-")


def _lines(chars: Iterable[_Char]) -> Iterator[_Line]:
    for is_end, group in groupby(chars, lambda char: char.text in "\r\n"):
        if is_end:
            continue
        line = tuple(group)
        printed = [each for each in line if each.is_printed and not each.text.isspace()]
        if printed:
            yield _Line(
                text="".join(each.text for each in line).strip(),
                left=min(each.left for each in printed),
                right=max(each.right for each in printed),
                top=max(each.top for each in printed),
                size=max(each.size for each in printed),
            )


def _blocks(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Lines that were written one under the other: a column, a heading, a note at the foot.

    pdfium keeps the order of writing, and a stamp or a page's head is often written last.
    """
    blocks: list[list[_Line]] = []
    for line in lines:
        above = blocks[-1][-1] if blocks else None
        if (
            above is not None
            and line.top < above.top
            and line.left < above.right
            and above.left < line.right
        ):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _in_order(blocks: Iterable[list[_Line]]) -> list[list[_Line]]:
    """Blocks by their upper edges; those at one height from left to right."""
    by_top = sorted(blocks, key=lambda block: -block[0].top)
    rows: list[list[list[_Line]]] = []
    for block in by_top:
        first = rows[-1][0][0] if rows else None
        if first is not None and first.top - block[0].top < first.size * _SAME:
            rows[-1].append(block)
        else:
            rows.append([block])
    return [block for row in rows for block in sorted(row, key=lambda block: block[0].left)]


def _has_image(page: pypdfium2.PdfPage) -> bool:
    return next(_images(page), None) is not None


def _is_image(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures, together, cover most of the page: scanners cut a page into strips."""
    width, height = page.get_size()
    covered = 0.0
    for image in _images(page):
        left, bottom, right, top = image.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > float(width * height * _MOST)


def _images(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    yield from page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH)
