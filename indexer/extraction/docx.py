"""Word documents with everything in them: body, tables, text boxes, headers, footers, notes.

The text is read from every ``w:p`` of the parts in document order, as a stream. Opening a document
with python-docx itself holds all of it in memory (4.7 GB for one hostile file), fails where a mere
picture is missing, and its paragraphs lack a quarter of the text of real files; so it lends its
names of parts and relations only.
"""

from __future__ import annotations

import errno
import zipfile
from typing import IO, TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from lxml import etree

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PART_BYTES: Final = 64 << 20
"""A larger unzipped part is a bomb: a 2-million-character document has 20 MB."""

_ENCRYPTED: Final = 1
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Documents saved as "strict" name the same things differently.
_STRICT: Final = (
    "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/officeDocument/2006/",
)
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
        try:
            with zipfile.ZipFile(path) as package:
                parts = [text for text in _texts(package) if text]
        except (ExtractionError, MemoryError):
            raise
        except Exception as error:
            # A damaged package sends zipfile to places before the file's beginning; other errors of
            # the system are not the file's.
            if isinstance(error, OSError) and error.errno != errno.EINVAL:
                raise
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        yield "\n".join(parts)


def _texts(package: zipfile.ZipFile) -> Iterator[str]:
    main = next(_targets(package, PackURI("/"), RT.OFFICE_DOCUMENT), None)
    if main is None:
        raise ExtractionError(Reason.DAMAGED, "the package names no document")
    # Every section has its own; they mostly say the same.
    headers = dict.fromkeys(_side_texts(package, main, RT.HEADER))
    yield from headers
    yield _text_of_part(package, main)
    yield from _side_texts(package, main, RT.FOOTNOTES)
    yield from _side_texts(package, main, RT.ENDNOTES)
    yield from dict.fromkeys(_side_texts(package, main, RT.FOOTER))


def _side_texts(package: zipfile.ZipFile, main: PackURI, kind: str) -> Iterator[str]:
    for target in dict.fromkeys(_targets(package, main, kind)):
        if target.membername in package.NameToInfo:
            yield _text_of_part(package, target)


def _targets(package: zipfile.ZipFile, source: PackURI, kind: str) -> Iterator[PackURI]:
    if source.rels_uri.membername not in package.NameToInfo:
        return
    with _opened(package, source.rels_uri) as stream:
        for _, node in _walk(stream, events=("end",)):
            relation = (node.get("Type") or "").replace(*_STRICT)
            target = node.get("Target")
            if (
                node.tag == _RELATION
                and relation == kind
                and target
                and node.get("TargetMode") != "External"
            ):
                yield PackURI.from_rel_ref(source.baseURI, target)


def _opened(package: zipfile.ZipFile, part: PackURI) -> IO[bytes]:
    try:
        member = package.getinfo(part.membername)
    except KeyError as error:
        raise ExtractionError(Reason.DAMAGED, "a part of the package is missing") from error
    if member.flag_bits & _ENCRYPTED:
        raise ExtractionError(Reason.ENCRYPTED, "a password protects the package")
    # No more than this is ever unpacked: zipfile stops at the size the directory names.
    if member.file_size > MAX_PART_BYTES:
        raise ExtractionError(Reason.MEMORY, f"a part unpacks to {member.file_size >> 20} MB")
    return package.open(member)


def _walk(stream: IO[bytes], events: tuple[str, ...]) -> etree.iterparse:
    return etree.iterparse(
        stream,
        events=events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _text_of_part(package: zipfile.ZipFile, part: PackURI) -> str:
    with _opened(package, part) as stream:
        return "\n".join(line for line in _lines(stream) if line.strip())


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The paragraphs of a part; those of a text box before the one that it is anchored in."""
    open_paragraphs: list[list[str]] = [[]]
    fallbacks = 0
    for event, node in _walk(stream, events=("start", "end")):
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
            _forget(node)


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


def _forget(node: etree._Element) -> None:
    """Keep the tree of a long document small while it is read."""
    node.clear()
    parent = node.getparent()
    while parent is not None and parent[0] is not node:
        del parent[0]
