"""Presentations of PowerPoint 2007 and later: each slide a page, with its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.package import (
    forget,
    has_part,
    main_part,
    name_in,
    opened_package,
    opened_part,
    relations,
    targets,
    walk,
)
from indexer.extraction.page_text import MAX_PAGES, page_of, row_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

    from docx.opc.packuri import PackURI
    from lxml import etree

_SLIDES: Final = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://purl.oclc.org/ooxml/presentationml/main",
)
_DRAWINGS: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_CHARTS: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
_REFERENCE: Final = tuple(
    f"{{{namespace}}}id"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What master and layout show in their own right; their placeholders say "click to edit".
_BACKGROUND: Final = (RT.SLIDE_LAYOUT, RT.SLIDE_MASTER)
_DIAGRAM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_BESIDE: Final = (_DIAGRAM, RT.CHART, RT.NOTES_SLIDE, RT.COMMENTS)


class PptxExtractor:
    """Reads PPTX, PPTM and their shows and templates."""

    name: Final = "pptx/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per slide in the order of showing, hidden ones too.

        Each is the slide, its diagrams and charts, its notes and comments; what a master or layout
        shows on many slides stands on the first of them.

        Raises:
            ExtractionError: Not a sound package, or larger than any presentation.
        """
        with opened_package(path) as package:
            main = main_part(package)
            parts = {each.key: each.target for each in relations(package, main)}
            # A slide is shown once, however often it is named.
            slides = dict.fromkeys(parts[key] for key in _slide_keys(package, main) if key in parts)
            if not slides:
                raise ExtractionError(Reason.EMPTY, "no slides")
            shown: set[PackURI] = set()
            for slide in slides:
                yield page_of(_lines(package, slide, shown))


def _slide_keys(package: zipfile.ZipFile, main: PackURI) -> list[str]:
    keys: list[str] = []
    with opened_part(package, main) as stream:
        for _, node in walk(stream, events=("end",)):
            if name_in(node.tag, _SLIDES) == "sldId":
                keys.extend(filter(None, map(node.get, _REFERENCE)))
                if len(keys) > MAX_PAGES:
                    raise ExtractionError(Reason.MEMORY, f"more than {MAX_PAGES} slides")
    return keys


def _lines(package: zipfile.ZipFile, slide: PackURI, shown: set[PackURI]) -> Iterator[str]:
    if not has_part(package, slide):
        return
    for layout in targets(package, slide, *_BACKGROUND):
        for part in (*targets(package, layout, *_BACKGROUND), layout):
            if part not in shown and has_part(package, part):
                shown.add(part)
                yield from _Shapes(with_placeholders=False).lines(package, part)
    yield from _Shapes(with_placeholders=True).lines(package, slide)
    for part in dict.fromkeys(targets(package, slide, *_BESIDE)):
        if has_part(package, part):
            yield from _Shapes(with_placeholders=True).lines(package, part)


class _Shapes:
    """The paragraphs and table rows of a part, gathered while it is read."""

    def __init__(self, *, with_placeholders: bool) -> None:
        self._with_placeholders = with_placeholders
        self._runs: list[str] = []
        self._shape: list[str] = []
        self._cell: list[str] | None = None
        self._cells: list[str] = []
        self._is_placeholder = False
        self._fallbacks = 0

    def lines(self, package: zipfile.ZipFile, part: PackURI) -> Iterator[str]:
        with opened_part(package, part) as stream:
            for event, node in walk(stream, events=("start", "end")):
                if node.tag == _FALLBACK:
                    # The same shape again, for older programs.
                    self._fallbacks += 1 if event == "start" else -1
                if event == "start":
                    self._begin(node)
                else:
                    if not self._fallbacks:
                        self._end(node)
                    if self._is_whole(node):
                        yield from self._taken()
                        forget(node)
            yield from self._taken()

    def _begin(self, node: etree._Element) -> None:
        if name_in(node.tag, _DRAWINGS) == "tc":
            self._cell = []
        elif name_in(node.tag, _SLIDES) == "ph":
            self._is_placeholder = True

    def _end(self, node: etree._Element) -> None:
        if name_in(node.tag, _CHARTS) == "strCache":  # the names of series and of categories
            self._shape.append(row_of(text for text in node.itertext() if isinstance(text, str)))
            return
        match name_in(node.tag, _DRAWINGS) or name_in(node.tag, _SLIDES):
            case "t" | "text" if not _is_page_number(node):  # of a run, of a comment
                self._runs.append(node.text or "")
            case "br":
                self._runs.append("\n")
            case "p":
                line = "".join(self._runs)
                (self._shape if self._cell is None else self._cell).append(line)
                self._runs.clear()
            case "tc" if self._cell is not None:
                self._cells.append(" ".join(self._cell))
                self._cell = None
            case "tr":
                self._shape.append(row_of(self._cells))
                self._cells.clear()

    @staticmethod
    def _is_whole(node: etree._Element) -> bool:
        return name_in(node.tag, _SLIDES) in {"sp", "graphicFrame", "cxnSp", "pic", "cm"}

    def _taken(self) -> list[str]:
        lines = [*self._shape, "".join(self._runs)]
        if self._is_placeholder and not self._with_placeholders:
            lines = []
        self._shape, self._runs, self._is_placeholder = [], [], False
        return lines


def _is_page_number(node: etree._Element) -> bool:
    field = node.getparent()
    return field is not None and field.get("type") == "slidenum"
