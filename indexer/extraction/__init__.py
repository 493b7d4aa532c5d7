"""File to text, page by page, each file in a process that can be killed.

The parts: a *kind* is told from a file's content (:mod:`~indexer.extraction.kinds`), an *extractor*
turns a file of that kind into pages (one module per format), and the *pool*
(:mod:`~indexer.extraction.pool`) runs extractors in limited processes, asks the secrecy guard
before any text is kept, and writes the pages to the text store.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.copies.fingerprint import Fingerprint
    from indexer.official import ParsedDocument
    from indexer.records import FileHash


class Reason(StrEnum):
    """Why a file gave no text."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    NEEDS_OCR = "needs_ocr"
    NEEDS_TOOL = "needs_tool"
    QUARANTINED = "quarantined"
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # the file system refused it
    INTERNAL = "internal"  # the extractor itself failed; the detail names the exception


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A page whose text stands in a picture, all of it or nearly: it is to be recognised.

    Attributes:
        text: What can be read without that: a page number, the stamp of a scanner.
    """

    text: str = ""


class Extractor(Protocol):
    """Reads one family of formats."""

    @property
    def name(self) -> str:
        """Name and version, e.g. ``docx/1``; a new version means extracting again."""

    def pages(self, path: Path) -> Iterator[str | PicturePage]:
        """The text of each page in order; formats without pages give one.

        Raises:
            ExtractionError: The file cannot be read; the reason says why.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionJob:
    """One content to extract.

    Attributes:
        path: Where its bytes are (the stored original, or the file in place).
        file_hash: Its SHA-256.
        name: The file's own name; a hint where content does not tell the kind (txt, csv).
        cleared: A reviewer has said that a marking on it is no state secret.
        converted_from: Its media type, where what lies at the path is what an office program has
            made of it.
    """

    path: Path
    file_hash: FileHash
    name: str
    cleared: bool = False
    converted_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The pages are in the text store under ``(file_hash, extractor)``.

    Attributes:
        unread_pages: Pages, from 1, whose text stands in a picture and is still to be recognised.
        is_guarded: Whether the secrecy guard has seen the file's first page: not where it is one
            of those.
    """

    media_type: str
    extractor: str
    page_count: int
    char_count: int
    parsed: ParsedDocument
    fingerprint: Fingerprint
    unread_pages: tuple[int, ...] = ()
    is_guarded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """There is no text, and why.

    Attributes:
        unread_pages: Where that is for want of recognition, the pages, from 1, that wait for it.
    """

    media_type: str
    reason: Reason
    detail: str
    unread_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A state-secret marking stands on it; nothing of its text was kept.

    Attributes:
        marking: The marking itself, e.g. ``机密★10年``.
    """

    media_type: str
    marking: str


Outcome = Extracted | Failed | Quarantined
