"""What happens to one file inside its process: kind → pages → secrecy guard → text store.

Details of failures name kinds and exceptions, never words of a library about the content: a file
whose text may not be kept must not leave it in a message either.
"""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Final

from indexer.copies.fingerprint import fingerprint_of
from indexer.errors import ExtractionError, StorageError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.extraction.kinds import UNKNOWN, media_type_of
from indexer.extraction.page_text import MAX_PAGES
from indexer.extraction.registry import extractor_for
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


def extract(job: ExtractionJob, store: TextStore) -> Outcome:
    """Extract one file into the text store; every failure is a :class:`Failed` with its reason.

    Raises:
        StorageError: The text store refuses the text: not this file's fault, so the batch must
            stop.
    """
    media_type = UNKNOWN
    try:
        media_type = media_type_of(job.path, job.name)
        extractor = extractor_for(media_type)
        pages = _pages(extractor, job)
        parsed = parse_document(pages)
        fingerprint = fingerprint_of(pages)
        store.put(job.file_hash, extractor.name, pages)
    except _MarkedError as marked:
        return Quarantined(media_type=media_type, marking=str(marked))
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        reason, detail = _why(error)
        return Failed(media_type=media_type, reason=reason, detail=detail)
    return Extracted(
        media_type=media_type,
        extractor=extractor.name,
        page_count=len(pages),
        char_count=sum(map(len, pages)),
        parsed=parsed,
        fingerprint=fingerprint,
    )


def _why(error: Exception) -> tuple[Reason, str]:
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


def _pages(extractor: Extractor, job: ExtractionJob) -> list[str]:
    """All pages, cleaned. The first that has text goes past the secrecy guard before the next."""
    pages: list[str] = []
    chars = 0
    is_guarded = job.cleared
    for text in extractor.pages(job.path):
        page = clean(text)
        if not is_guarded and page.strip():
            is_guarded = True
            marking = find_marking(page)
            if marking:
                raise _MarkedError(marking)
        pages.append(page)
        chars += len(page)
        if len(pages) > MAX_PAGES or chars > MAX_CHARS:
            limits = f"more than {MAX_PAGES} pages or {MAX_CHARS} characters"
            raise ExtractionError(Reason.MEMORY, limits)
    if not any(page.strip() for page in pages):
        raise ExtractionError(Reason.EMPTY)
    return pages
