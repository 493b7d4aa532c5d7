"""OFD documents (GB/T 33190-2016), page by page, with what is noted on and attached to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason
from indexer.extraction.junk import is_junk
from indexer.extraction.ofd_package import OfdPackage, nodes, resolved
from indexer.extraction.ofd_text import lines_of, numbers_in, physical_box, runs_of
from indexer.extraction.package import opened_package
from indexer.extraction.page_text import page_of
from indexer.extraction.pdf_page import LITTLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml import etree

    from indexer.extraction.ofd_package import OfdDocument, OfdPage

_UNKNOWN: Final = str.maketrans({"\xa4": "\N{REPLACEMENT CHARACTER}"})
"""Producers write a currency sign where only the glyph is known."""

_ENCRYPTED: Final = re.compile(r"(?i)(?:^|/)(?:encryptions|encryptinfo|decryptseed)\.(?:xml|dat)$")
# What lies over every page is no text of the page.
_OVERLAYS: Final = frozenset({"watermark", "stamp"})
_MOST: Final = 0.5
"""Of a page: pictures that cover more of it are what the page is."""

_A4: Final = (0.0, 0.0, 210.0, 297.0)


class OfdExtractor:
    """Reads OFD."""

    name: Final = "ofd/2"

    def pages(self, path: Path) -> Iterator[str | PicturePage]:
        """The text of each page, its template first, its notes last; attachments by name.

        A page whose text stands in a picture, or in a font without its meaning, is a picture.

        Raises:
            ExtractionError: Not a sound package, or encrypted.
        """
        with opened_package(path) as package:
            if any(_ENCRYPTED.search(name) for name in package.namelist()):
                raise ExtractionError(Reason.ENCRYPTED, "the document is encrypted")
            reader = _Reader(OfdPackage(package))
            yield from reader.pages()
        if not reader.page_count:
            raise ExtractionError(Reason.DAMAGED, "no pages")


class _Reader:
    """Reads the documents of a package, and counts their pages."""

    def __init__(self, package: OfdPackage) -> None:
        self._package = package
        self.page_count = 0

    def pages(self) -> Iterator[str | PicturePage]:
        for document in self._package.documents():
            units = self._units(document)
            notes = self._notes(document)
            for place, page in enumerate(document.pages):
                self.page_count += 1
                lines, is_picture = self._lines(document, page, units, notes)
                if place == len(document.pages) - 1:
                    lines += self._attachments(document)
                text = page_of(lines)
                yield PicturePage(text=text) if is_picture else text

    def _lines(
        self,
        document: OfdDocument,
        page: OfdPage,
        units: dict[str, etree._Element],
        notes: dict[str, str],
    ) -> tuple[list[str], bool]:
        """What can be read of a page, and whether its text stands in a picture."""
        tree = self._package.tree(page.part)
        if tree is None:
            return [], False
        sheets = [tree]
        for used in nodes(tree, "Template"):
            template = document.templates.get(used.get("TemplateID") or "")
            below = self._package.tree(template) if template else None
            if below is not None:
                sheets.insert(0, below)
        own = {**units, **self._units_of_page(page, tree)}
        runs = [
            run
            for sheet in sheets
            for content in nodes(sheet, "Content")
            for run in runs_of(content, own)
        ]
        written = "".join(run.text for run in runs)
        no_text = is_junk(written.translate(_UNKNOWN))
        is_picture = no_text or self._is_picture(document, tree, sheets, written)
        lines = [] if no_text else list(lines_of(runs))
        note = self._package.tree(notes[page.page_id]) if page.page_id in notes else None
        return (lines if note is None else [*lines, *_noted(note, own)]), is_picture

    def _is_picture(
        self,
        document: OfdDocument,
        tree: etree._Element,
        sheets: Sequence[etree._Element],
        written: str,
    ) -> bool:
        """Whether a page is pictures, with a page number or the stamp of a scanner at most."""
        if len("".join(written.split())) >= LITTLE:
            return False
        boxes = [
            numbers_in(image.get("Boundary"))
            for sheet in sheets
            for image in nodes(sheet, "ImageObject")
        ]
        if not written.strip():
            return bool(boxes)
        common = self._package.tree(document.part)
        paper = physical_box(tree) or (None if common is None else physical_box(common)) or _A4
        covered = sum(abs(box[2] * box[3]) for box in boxes if len(box) == len(_A4))
        return covered > paper[2] * paper[3] * _MOST

    def _units(self, document: OfdDocument) -> dict[str, etree._Element]:
        return {
            key: unit for part in document.resources for key, unit in self._units_in(part).items()
        }

    def _units_of_page(self, page: OfdPage, tree: etree._Element) -> dict[str, etree._Element]:
        return {
            key: unit
            for node in nodes(tree, "PageRes")
            for key, unit in self._units_in(resolved(page.part, node.text or "")).items()
        }

    def _units_in(self, part: str) -> dict[str, etree._Element]:
        """Composed objects that a part defines."""
        tree = self._package.tree(part)
        names = ("CompositeGraphicUnit", "CompositeGraphUnit")
        found = [unit for name in names for unit in nodes(tree, name)] if tree is not None else []
        return {unit.get("ID") or "": unit for unit in found}

    def _notes(self, document: OfdDocument) -> dict[str, str]:
        """Parts with what was noted on pages, by page."""
        tree = self._package.tree(document.annotations) if document.annotations else None
        if tree is None:
            return {}
        return {
            page.get("PageID") or "": resolved(document.annotations, place.text or "")
            for page in nodes(tree, "Page")
            for place in nodes(page, "FileLoc")
        }

    def _attachments(self, document: OfdDocument) -> list[str]:
        tree = self._package.tree(document.attachments) if document.attachments else None
        named = nodes(tree, "Attachment") if tree is not None else ()
        return [each.get("Name") or "" for each in named]


def _noted(tree: etree._Element, units: dict[str, etree._Element]) -> Iterator[str]:
    for note in nodes(tree, "Annot"):
        if (note.get("Type") or "").lower() in _OVERLAYS or note.get("Visible") == "false":
            continue
        yield from (each.text or "" for each in nodes(note, "Remark"))
        for appearance in nodes(note, "Appearance"):
            yield from lines_of(runs_of(appearance, units))
