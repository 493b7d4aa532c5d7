"""What is attached to documents: PDF and OFD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pypdfium2

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of, of_bytes, refused, write
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.ofd_package import OfdPackage, nodes, resolved
from indexer.extraction.package import opened_package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.containers.budget import Workplace
    from indexer.extraction.ofd_package import OfdDocument

_MAX_SUFFIX: Final = 5


def read_pdf(path: Path, workplace: Workplace) -> Contents:
    """The files embedded in a PDF document.

    Raises:
        ExtractionError: pdfium cannot open it.
        LimitError: There are too many.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
    try:
        count = document.count_attachments()
        workplace.budget.must_hold(members=count)
        members: list[RawMember] = []
        for number in range(count):
            attached = document.get_attachment(number)
            name = attached.get_name() or "附件"
            try:
                content = bytes(attached.get_data())
            except pypdfium2.PdfiumError:
                problem = ExtractionError(Reason.DAMAGED, "named, but not there")
                members.append(
                    RawMember(name=name, size=0, blocks=refused(problem), problem=problem)
                )
                continue
            members.append(RawMember(name=name, size=len(content), blocks=of_bytes(content)))
        return Contents(members=tuple(members))
    finally:
        document.close()


def read_ofd(path: Path, workplace: Workplace) -> Contents:
    """The files attached to an OFD document, under the names that it gives them.

    Raises:
        ExtractionError: Not a sound package.
    """
    with opened_package(path) as package:
        parts = OfdPackage(package)
        names = {name.casefold(): name for name in package.namelist()}
        members = [
            _kept(package, names[part.casefold()], name, workplace)
            for document in parts.documents()
            for name, part in _attached(parts, document)
            if part.casefold() in names
        ]
    return Contents(members=tuple(members))


def _attached(parts: OfdPackage, document: OfdDocument) -> Iterator[tuple[str, str]]:
    """Names and parts of the attachments that are to be seen."""
    tree = parts.tree(document.attachments) if document.attachments else None
    for each in nodes(tree, "Attachment") if tree is not None else ():
        place = next(
            (node.text or "" for node in nodes(each, "FileLoc")), each.get("FileLoc") or ""
        )
        if place.strip() and (each.get("Visible") or "").lower() != "false":
            part = resolved(document.attachments, place)
            yield _named(each.get("Name") or "", each.get("Format") or "", part), part


def _named(name: str, form: str, part: str) -> str:
    """Its name; producers leave the suffix to its format, or to its part."""
    suffix = form or part.rpartition(".")[2]
    if not name:
        return part.rpartition("/")[2]
    has_suffix = 0 < len(name.rpartition(".")[2]) <= _MAX_SUFFIX and "." in name
    return name if has_suffix or not 0 < len(suffix) <= _MAX_SUFFIX else f"{name}.{suffix.lower()}"


def _kept(package: zipfile.ZipFile, part: str, name: str, workplace: Workplace) -> RawMember:
    # The package is closed before anybody reads: what is attached is put aside.
    workplace.budget.must_hold(size=package.getinfo(part).file_size)
    inner = workplace.new_path()
    with package.open(part) as stream:
        size = write(inner, iter(lambda: stream.read(1 << 18), b""), workplace.budget.bytes_left)
    return RawMember(name=name, size=size, blocks=lambda: blocks_of(inner))
