"""The package of an OFD document: which parts it has, and how they name each other.

Source: GB/T 33190-2016, chapters 6 and 7. Producers differ in name spaces, in slashes and in case,
so parts are found and nodes told by their local names.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.package import opened_member, walk
from indexer.extraction.page_text import MAX_PAGES

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

ROOT: Final = "OFD.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdPage:
    """A page: its identifier in the document, and its part."""

    page_id: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdDocument:
    """One document of a package.

    Attributes:
        part: Its root. templates: Parts of template pages, by identifier.
        resources: Parts that define what pages use. annotations: The list of those, or ``""``.
        attachments: The list of those, or ``""``.
    """

    part: str
    pages: tuple[OfdPage, ...]
    templates: dict[str, str]
    resources: tuple[str, ...]
    annotations: str
    attachments: str


class OfdPackage:
    """Parts of a package as trees."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        # The directory's names as anybody may spell them.
        self._names = {_plain(name): name for name in package.namelist()}

    def documents(self) -> Iterator[OfdDocument]:
        """Every document that the root names, or that lies where documents usually lie."""
        root = self.tree(ROOT)
        if root is None:
            raise ExtractionError(Reason.DAMAGED, "the package names no document")
        for body in nodes(root, "DocRoot"):
            part = resolved("", body.text or "")
            tree = self.tree(part)
            if tree is not None:
                yield self._document(part, tree)

    def tree(self, part: str) -> etree._Element | None:
        """A part, or ``None`` where it is missing or no XML."""
        name = self._names.get(_plain(part))
        if name is None:
            return None
        with opened_member(self._package, name) as stream:
            parser = walk(stream, events=("end",))
            try:
                for _ in parser:
                    pass
            except etree.XMLSyntaxError:
                return None
            root: etree._Element | None = parser.root
            return root

    def content(self, part: str) -> bytes | None:
        """The bytes of a part (a font, an image), or ``None`` where it is missing."""
        name = self._names.get(_plain(part))
        if name is None:
            return None
        with opened_member(self._package, name) as stream:
            return stream.read()

    def _document(self, part: str, tree: etree._Element) -> OfdDocument:
        listed = (node for holder in nodes(tree, "Pages") for node in nodes(holder, "Page"))
        pages = [
            OfdPage(page_id=node.get("ID") or "", part=resolved(part, node.get("BaseLoc") or ""))
            for node in islice(listed, MAX_PAGES + 1)
        ]
        if len(pages) > MAX_PAGES:
            raise ExtractionError(Reason.MEMORY, f"more than {MAX_PAGES} pages")
        return OfdDocument(
            part=part,
            pages=tuple(pages),
            templates={
                node.get("ID") or "": resolved(part, node.get("BaseLoc") or "")
                for node in nodes(tree, "TemplatePage")
            },
            resources=tuple(
                resolved(part, node.text or "")
                for name in ("PublicRes", "DocumentRes")
                for node in nodes(tree, name)
            ),
            annotations=_place(part, tree, "Annotations"),
            attachments=_place(part, tree, "Attachments"),
        )


def local_name(node: etree._Element) -> str:
    """The name of a node without its name space."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def nodes(tree: etree._Element, name: str) -> Iterator[etree._Element]:
    """Nodes of a name below a tree, in order."""
    return tree.iter(f"{{*}}{name}")


def resolved(part: str, place: str) -> str:
    """The part that ``part`` calls ``place``; never one outside the package."""
    plain = place.strip().replace("\\", "/")
    base = "" if plain.startswith("/") else posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", base, plain.lstrip("/"))).lstrip("/")


def _place(part: str, tree: etree._Element, name: str) -> str:
    node = next((each for each in nodes(tree, name) if (each.text or "").strip()), None)
    return "" if node is None else resolved(part, node.text or "")


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").casefold()
