"""Pages of OFD (GB/T 33190-2016): written anew as PDF, object by object, and drawn by pdfium."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pypdfium2

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.ofd_package import OfdPackage, nodes, resolved
from indexer.extraction.ofd_text import corner_of, physical_box
from indexer.extraction.package import opened_package
from indexer.rendering import PageMissingError, Sheet
from indexer.rendering.ofd_canvas import OfdCanvas, Paper
from indexer.rendering.ofd_resources import OfdResources, opened_image
from indexer.rendering.ofd_seals import OFD_SEAL, seals_on
from indexer.rendering.pdf import sheet_of
from indexer.rendering.pdf_making import PdfMaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from indexer.extraction.ofd_package import OfdDocument, OfdPage
    from indexer.rendering.ofd_seals import Seal

_A4: Final = Paper(left=0.0, top=0.0, width=210.0, height=297.0)
_POINTS: Final = 72 / 25.4


class OfdDrawer:
    """Draws OFD."""

    def draw(self, path: Path, page: int) -> Sheet:
        """A page; see the protocol."""
        written: tuple[PdfMaker, OfdCanvas] | None = None
        with opened_package(path) as opened:
            package = OfdPackage(opened)
            pages = [
                (document, each) for document in package.documents() for each in document.pages
            ]
            if 1 <= page <= len(pages):
                written = _drawn(package, *pages[page - 1])
        if written is None:
            raise PageMissingError
        maker, canvas = written
        drawn = pypdfium2.PdfDocument(maker.content())
        with closing(drawn):
            sheet = sheet_of(drawn, 1)
        return Sheet(
            image=sheet.image,
            glyphs=tuple(canvas.glyphs),
            page_count=len(pages),
            is_approximate=canvas.is_approximate,
        )


def _drawn(package: OfdPackage, document: OfdDocument, page: OfdPage) -> tuple[PdfMaker, OfdCanvas]:
    tree = package.tree(page.part)
    if tree is None:
        raise ExtractionError(Reason.DAMAGED, "the page is missing")
    paper = _paper(tree) or _common_paper(package, document) or _A4
    maker = PdfMaker(width=paper.width * _POINTS, height=paper.height * _POINTS)
    below, above = _templates(package, document, tree)
    own = [resolved(page.part, node.text or "") for node in nodes(tree, "PageRes")]
    own += [
        resolved(part, node.text or "")
        for part, sheet in (*below, *above)
        for node in nodes(sheet, "PageRes")
    ]
    canvas = OfdCanvas(maker, OfdResources(package, (*document.resources, *own)), paper)
    for sheet in (*(each for _, each in below), tree, *(each for _, each in above)):
        for content in nodes(sheet, "Content"):
            canvas.draw(content)
    for appearance in _notes(package, document, page):
        left, top = corner_of(appearance)
        canvas.draw(appearance, (1.0, 0.0, 0.0, 1.0, left, top))
    for seal in seals_on(package, page.page_id):
        canvas.is_approximate |= not _sealed(canvas, maker, seal)
    return maker, canvas


def _templates(
    package: OfdPackage, document: OfdDocument, tree: etree._Element
) -> tuple[list[tuple[str, etree._Element]], list[tuple[str, etree._Element]]]:
    """What lies under a page, and what lies over it."""
    below: list[tuple[str, etree._Element]] = []
    above: list[tuple[str, etree._Element]] = []
    for used in nodes(tree, "Template"):
        part = document.templates.get(used.get("TemplateID") or "")
        sheet = package.tree(part) if part else None
        if part and sheet is not None:
            (above if used.get("ZOrder") == "Foreground" else below).append((part, sheet))
    return below, above


def _notes(package: OfdPackage, document: OfdDocument, page: OfdPage) -> Iterator[etree._Element]:
    listed = package.tree(document.annotations) if document.annotations else None
    if listed is None:
        return
    for each in nodes(listed, "Page"):
        if each.get("PageID") != page.page_id:
            continue
        for place in nodes(each, "FileLoc"):
            tree = package.tree(resolved(document.annotations, place.text or ""))
            for note in nodes(tree, "Annot") if tree is not None else ():
                if note.get("Visible") != "false":
                    yield from nodes(note, "Appearance")


def _sealed(canvas: OfdCanvas, maker: PdfMaker, seal: Seal) -> bool:
    """Whether a seal could be drawn."""
    box = (seal.left, seal.top, seal.width, seal.height)
    if seal.kind != OFD_SEAL:
        image = opened_image(seal.picture) if seal.picture else None
        if image is not None:
            canvas.stamp(image, box, seal.clip)
        return image is not None
    try:
        with zipfile.ZipFile(io.BytesIO(seal.picture)) as opened:
            package = OfdPackage(opened)
            document = next(package.documents())
            tree = package.tree(document.pages[0].part)
            paper = _common_paper(package, document) if tree is None else _paper(tree)
            paper = paper or _common_paper(package, document) or _A4
            own = OfdCanvas(maker, OfdResources(package, document.resources), canvas.sheet)
            across, down = seal.width / paper.width, seal.height / paper.height
            left, top = seal.left - paper.left * across, seal.top - paper.top * down
            canvas.begin_stamp(box, seal.clip)
            try:
                for content in nodes(tree, "Content") if tree is not None else ():
                    own.draw(content, (across, 0.0, 0.0, down, left, top))
            finally:
                canvas.end_stamp()
    except (zipfile.BadZipFile, ExtractionError, StopIteration, IndexError, OSError):
        return False
    return not own.is_approximate


def _paper(tree: etree._Element) -> Paper | None:
    """The paper that a page or a document names."""
    box = physical_box(tree)
    if box is None:
        return None
    left, top, width, height = box
    return Paper(left=left, top=top, width=width, height=height)


def _common_paper(package: OfdPackage, document: OfdDocument) -> Paper | None:
    tree = package.tree(document.part)
    return None if tree is None else _paper(tree)
