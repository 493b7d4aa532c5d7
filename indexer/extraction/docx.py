"""Word documents with everything in them: body, tables, text boxes, headers, footers, notes.

The text is read from every ``w:p`` of the parts in document order, as a stream. Opening a document
with python-docx itself holds all of it in memory (4.7 GB for one hostile file), fails where a mere
picture is missing, and its paragraphs lack a quarter of the text of real files; so it lends its
names of parts and relations only.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from indexer.extraction.package import (
    forget,
    has_part,
    main_part,
    opened_package,
    opened_part,
    targets,
    walk,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

    from docx.opc.packuri import PackURI
    from lxml import etree

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT_W: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_W: Final = qn("w:p").removesuffix("p")
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class DocxExtractor:
    """Reads DOCX, DOCM and their templates."""

    name: Final = "docx/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: headers, body, notes, footers; Word does not say where its pages end.

        Raises:
            ExtractionError: Not a sound package, or larger than any document.
        """
        with opened_package(path) as package:
            parts = [text for text in _texts(package) if text]
        yield "\n".join(parts)


def _texts(package: zipfile.ZipFile) -> Iterator[str]:
    main = main_part(package)
    # Every section has its own; they mostly say the same.
    headers = dict.fromkeys(_side_texts(package, main, RT.HEADER))
    yield from headers
    yield _text_of_part(package, main)
    yield from _side_texts(package, main, RT.FOOTNOTES)
    yield from _side_texts(package, main, RT.ENDNOTES)
    yield from dict.fromkeys(_side_texts(package, main, RT.FOOTER))


def _side_texts(package: zipfile.ZipFile, main: PackURI, kind: str) -> Iterator[str]:
    for target in dict.fromkeys(targets(package, main, kind)):
        if has_part(package, target):
            yield _text_of_part(package, target)


def _text_of_part(package: zipfile.ZipFile, part: PackURI) -> str:
    with opened_part(package, part) as stream:
        return "\n".join(line for line in _lines(stream) if line.strip())


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The paragraphs of a part; those of a text box before the one that it is anchored in."""
    open_paragraphs: list[list[str]] = [[]]
    fallbacks = 0
    for event, node in walk(stream, events=("start", "end")):
        if node.tag == _FALLBACK:
            # The same text box again, for older programs.
            fallbacks += 1 if event == "start" else -1
        name = _name(node.tag)
        if fallbacks or not name:
            pass
        elif name == "p" and event == "start":
            open_paragraphs.append([])
        elif name == "p":
            yield "".join(open_paragraphs.pop())
        elif event == "end" and _is_in_run(node):
            open_paragraphs[-1].append(
                (node.text or "") if name == "t" else _CHARACTERS.get(name, "")
            )
        if event == "end":
            forget(node)


def _name(tag: str) -> str:
    """The local name of a tag of WordprocessingML, ``""`` for others."""
    for namespace in (_W, _STRICT_W):
        if tag.startswith(namespace):
            return tag.removeprefix(namespace)
    return ""


def _is_in_run(node: etree._Element) -> bool:
    # Elsewhere a w:tab is a tab stop.
    parent = node.getparent()
    return parent is not None and _name(parent.tag) == "r"
