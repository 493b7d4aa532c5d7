"""Word documents with everything in them: body, tables, text boxes, headers, footers, notes.

python-docx alone walks the paragraphs of the body and its tables; it misses text boxes and content
controls, about a quarter of the text of real files. It opens the package and names the parts here;
the text is read from every ``w:p`` of each part in document order.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from lxml import etree

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PART_BYTES: Final = 64 << 20
"""A larger unzipped part is a bomb: a 2-million-character document has 20 MB."""

MAX_PACKAGE_BYTES: Final = 512 << 20

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIDE_PARTS: Final = (RT.HEADER, RT.FOOTER, RT.FOOTNOTES, RT.ENDNOTES)


class DocxExtractor:
    """Reads DOCX and DOCM."""

    name: Final = "docx/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: headers, body, notes, footers; Word does not say where its pages end.

        Raises:
            ExtractionError: Not a sound package, or larger than any document.
        """
        _require_bounded(path)
        try:
            part = Document(str(path)).part
            sides: dict[str, list[str]] = {kind: [] for kind in _SIDE_PARTS}
            for relation in part.rels.values():
                if relation.reltype in sides and not relation.is_external:
                    text = _text_of(etree.fromstring(relation.target_part.blob, _parser()))
                    if text and text not in sides[relation.reltype]:
                        sides[relation.reltype].append(text)
            body = _text_of(part.element)
        except (OpcError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
            raise ExtractionError(
                Reason.DAMAGED, f"{type(error).__name__}: {error}"[:200]
            ) from error
        parts = (
            *sides[RT.HEADER], body, *sides[RT.FOOTNOTES], *sides[RT.ENDNOTES], *sides[RT.FOOTER],
        )  # fmt: skip
        yield "\n".join(part for part in parts if part)


def _require_bounded(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            sizes = [member.file_size for member in package.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ExtractionError(Reason.DAMAGED, f"not a ZIP package: {error}"[:200]) from error
    if sizes and (max(sizes) > MAX_PART_BYTES or sum(sizes) > MAX_PACKAGE_BYTES):
        raise ExtractionError(Reason.MEMORY, f"a part unpacks to {max(sizes) >> 20} MB")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _text_of(root: etree._Element) -> str:
    lines: list[str] = []
    line: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end"), tag="*"):
        if node.tag == _FALLBACK:
            # The same text box again, for older programs: cut it off before it is walked.
            if event == "start":
                node.clear()
            continue
        if event == "end":
            if node.tag == f"{_W}p":
                lines.append("".join(line))
                line = []
            elif node.tag == f"{_W}tc":
                line.append("\t") if line else None
        elif node.tag == f"{_W}t" and node.text:
            line.append(node.text)
        elif node.tag in {f"{_W}tab", f"{_W}ptab"}:
            line.append("\t")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            line.append("\n")
    lines.append("".join(line))
    return "\n".join(line for line in lines if line.strip())
