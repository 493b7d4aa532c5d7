"""What happens to one file inside its process: kind → pages → secrecy guard → text store.

Details of failures name kinds and exceptions, never words of a library about the content: a file
whose text may not be kept must not leave it in a message either.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from indexer.copies.fingerprint import fingerprint_of
from indexer.errors import ExtractionError, StorageError
from indexer.extraction import (
    Extracted,
    ExtractionJob,
    Failed,
    Outcome,
    PicturePage,
    Quarantined,
    Reason,
)
from indexer.extraction.kinds import UNKNOWN, media_type_of
from indexer.extraction.page_text import MAX_PAGES
from indexer.extraction.registry import CONVERTED, extractor_for
from indexer.official.markings import find_marking
from indexer.official.parse import parse_document

if TYPE_CHECKING:
    from indexer.extraction import Extractor
    from indexer.storage import TextStore

MAX_CHARS: Final = 200_000_000
"""In code points, over all pages of a file."""

_OF_THE_FILE: Final = frozenset({None, errno.EINVAL})
_LINE_END: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Control characters and lone surrogates mean nothing to a reader and break databases and engines.
_MEANINGLESS: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class _MarkedError(Exception):
    """A state-secret marking stands on the first page."""


@dataclass(slots=True)
class _Read:
    """What an extractor gave, cleaned.

    Attributes:
        pictures: Numbers of pages, from 1, whose text stands in a picture.
        is_guarded: Whether no such page stands before or at the first that has text.
    """

    pages: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    has_text: bool = False
    is_guarded: bool = False


def extract(job: ExtractionJob, store: TextStore) -> Outcome:
    """Extract one file into the text store; every failure is a :class:`Failed` with its reason.

    Raises:
        StorageError: The text store refuses the text: not this file's fault, so the batch must
            stop.
    """
    media_type = UNKNOWN
    try:
        media_type = job.converted_from or media_type_of(job.path, job.name)
        extractor = CONVERTED if job.converted_from else extractor_for(media_type)
        read = _read(extractor, job)
        if not read.has_text:
            return _without_text(media_type, read)
        parsed = parse_document(read.pages)
        fingerprint = fingerprint_of(read.pages)
        store.put(job.file_hash, extractor.name, read.pages)
    except _MarkedError as marked:
        return Quarantined(media_type=media_type, marking=str(marked))
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        reason, detail = why(error)
        return Failed(media_type=media_type, reason=reason, detail=detail)
    return Extracted(
        media_type=media_type,
        extractor=extractor.name,
        page_count=len(read.pages),
        char_count=sum(map(len, read.pages)),
        parsed=parsed,
        fingerprint=fingerprint,
        unread_pages=tuple(read.pictures),
        is_guarded=read.is_guarded,
    )


def _without_text(media_type: str, read: _Read) -> Failed:
    if read.pictures:
        return Failed(
            media_type=media_type,
            reason=Reason.NEEDS_OCR,
            detail="page images or fonts without text",
            unread_pages=tuple(read.pictures),
        )
    return Failed(media_type=media_type, reason=Reason.EMPTY, detail="")


def why(error: Exception) -> tuple[Reason, str]:
    """The reason that an exception is for a file, and its detail."""
    match error:
        case ExtractionError():
            return Reason(error.reason), error.detail
        case MemoryError():
            return Reason.MEMORY, ""
        case RecursionError():
            return Reason.DAMAGED, "nested too deeply"
        case OSError() if error.errno in _OF_THE_FILE:
            # Libraries raise what is no refusal of the disk, or seek before the beginning.
            return Reason.DAMAGED, type(error).__name__
        case OSError():
            return Reason.UNREADABLE, error.strerror or type(error).__name__
    return Reason.INTERNAL, type(error).__name__


def clean(page: str) -> str:
    """A page with one kind of line end and without characters that mean nothing."""
    return _MEANINGLESS.sub("", _LINE_END.sub("\n", page)).strip("\n")


def _read(extractor: Extractor, job: ExtractionJob) -> _Read:
    """All pages, cleaned. The first that has text goes past the secrecy guard before the next."""
    read = _Read()
    chars = 0
    is_heard = job.cleared
    for found in extractor.pages(job.path):
        is_picture = isinstance(found, PicturePage)
        page = clean(found.text if isinstance(found, PicturePage) else found)
        if is_picture:
            read.pictures.append(len(read.pages) + 1)
        elif page.strip() and not read.has_text:
            read.is_guarded = not read.pictures
        if not is_heard and page.strip():
            is_heard = not is_picture
            marking = find_marking(page)
            if marking:
                raise _MarkedError(marking)
        read.has_text |= bool(page.strip())
        read.pages.append(page)
        chars += len(page)
        if len(read.pages) > MAX_PAGES or chars > MAX_CHARS:
            limits = f"more than {MAX_PAGES} pages or {MAX_CHARS} characters"
            raise ExtractionError(Reason.MEMORY, limits)
    return read
