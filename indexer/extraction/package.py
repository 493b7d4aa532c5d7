"""ZIP packages of XML parts: what Office Open XML and OpenDocument have in common.

Parts are read as streams under a size of their own: zipfile never unpacks more than the directory
names, and no entity is resolved.
"""

from __future__ import annotations

import errno
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from lxml import etree

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PART_BYTES: Final = 64 << 20
"""A larger unzipped part is a bomb: a 2-million-character document has 20 MB."""

MAX_PACKAGE_BYTES: Final = 2 << 30
"""Unpacked, over all that is read: a small package can name one part again and again."""

_ENCRYPTED: Final = 1
_NO_MEMORY: Final = 2  # as libxml2 numbers its errors
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Documents saved as "strict" name the same things differently.
_STRICT: Final = (
    "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/officeDocument/2006/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """That one part of a package uses another.

    Attributes:
        key: What the using part calls it, e.g. ``rId3``.
        kind: Its type, never in the "strict" spelling.
        target: The used part.
    """

    key: str
    kind: str
    target: PackURI


class _Package(zipfile.ZipFile):
    """A package that counts what is unpacked of it."""

    opened_bytes = 0


@contextmanager
def opened_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """A package whose damage, wherever it shows, is an :class:`ExtractionError`."""
    try:
        # Closed here, whoever still holds a part: zipfile itself keeps the file open for them.
        with path.open("rb") as file, _Package(file) as package:
            yield package
    except (ExtractionError, MemoryError):
        raise
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
    except Exception as error:
        # A damaged package sends zipfile to places before the file's beginning; other errors of
        # the system are not the file's.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def main_part(package: zipfile.ZipFile) -> PackURI:
    """The part that everything else hangs on.

    Raises:
        ExtractionError: The package names none.
    """
    main = next(targets(package, PackURI("/"), RT.OFFICE_DOCUMENT), None)
    if main is None:
        raise ExtractionError(Reason.DAMAGED, "the package names no document")
    return main


def targets(package: zipfile.ZipFile, source: PackURI, *kinds: str) -> Iterator[PackURI]:
    """The parts that a part uses, of some types."""
    return (each.target for each in relations(package, source) if each.kind in kinds)


def relations(package: zipfile.ZipFile, source: PackURI) -> Iterator[Relation]:
    """What a part uses within the package."""
    if source.rels_uri.membername not in package.NameToInfo:
        return
    with opened_part(package, source.rels_uri) as stream:
        for _, node in walk(stream, events=("end",)):
            target = node.get("Target")
            if node.tag == _RELATION and target and node.get("TargetMode") != "External":
                yield Relation(
                    key=node.get("Id") or "",
                    kind=(node.get("Type") or "").replace(*_STRICT),
                    target=PackURI.from_rel_ref(source.baseURI, target),
                )


def has_part(package: zipfile.ZipFile, part: PackURI) -> bool:
    """Whether a part that is spoken of is there."""
    return part.membername in package.NameToInfo


def opened_part(
    package: zipfile.ZipFile, part: PackURI, max_bytes: int = MAX_PART_BYTES
) -> IO[bytes]:
    """A part, unpacked as it is read.

    Raises:
        ExtractionError: It is missing, encrypted, or unpacks to more than ``max_bytes``.
    """
    return opened_member(package, part.membername, max_bytes)


def opened_member(
    package: zipfile.ZipFile, name: str, max_bytes: int = MAX_PART_BYTES
) -> IO[bytes]:
    """A member by its name in the directory; otherwise like :func:`opened_part`."""
    try:
        member = package.getinfo(name)
    except KeyError as error:
        raise ExtractionError(Reason.DAMAGED, "a part of the package is missing") from error
    if member.flag_bits & _ENCRYPTED:
        raise ExtractionError(Reason.ENCRYPTED, "a password protects the package")
    # No more than this is ever unpacked: zipfile stops at the size the directory names.
    if member.file_size > max_bytes:
        raise ExtractionError(Reason.MEMORY, f"a part unpacks to {member.file_size >> 20} MB")
    if isinstance(package, _Package):
        package.opened_bytes += member.file_size
        if package.opened_bytes > MAX_PACKAGE_BYTES:
            raise ExtractionError(
                Reason.MEMORY, f"its parts unpack to more than {MAX_PACKAGE_BYTES >> 20} MB"
            )
    return package.open(member)


def walk(stream: IO[bytes], events: tuple[str, ...]) -> etree.iterparse:
    """The nodes of a part as they are read; no entity, network or comment among them."""
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


def forget(node: etree._Element) -> None:
    """Keep the tree of a long document small while it is read."""
    node.clear()
    parent = node.getparent()
    while parent is not None and parent[0] is not node:
        del parent[0]


def name_in(tag: str, namespaces: tuple[str, ...]) -> str:
    """The local name of a tag of these namespaces, ``""`` for others."""
    namespace, _, name = tag[1:].rpartition("}")
    return name if namespace in namespaces else ""
