"""What happens to one file inside its process: kind → pages → secrecy guard → text store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError, StorageFullError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.extraction.kinds import UNKNOWN, media_type_of
from indexer.extraction.registry import extractor_for
from indexer.official.markings import find_marking
from indexer.official.parse import parse_document

if TYPE_CHECKING:
    from indexer.storage import TextStore

MAX_PAGES: Final = 20_000
MAX_CHARS: Final = 200_000_000

# Control characters and lone surrogates mean nothing to a reader and break the engines.
_JUNK: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def extract(job: ExtractionJob, store: TextStore) -> Outcome:
    """Extract one file into the text store; every failure is a :class:`Failed` with its reason.

    Raises:
        StorageFullError: The text store is full: not this file's fault, so the batch must stop.
    """
    media_type = UNKNOWN
    try:
        media_type = media_type_of(job.path, job.name)
        return _read(job, store, media_type)
    except StorageFullError:
        raise
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        reason, detail = _reason_of(error)
        return Failed(media_type=media_type, reason=reason, detail=detail)


def _read(job: ExtractionJob, store: TextStore, media_type: str) -> Extracted | Quarantined:
    extractor = extractor_for(media_type)
    pages: list[str] = []
    chars = 0
    for text in extractor.pages(job.path):
        page = _JUNK.sub("", text).strip("\n")
        if not pages and not job.cleared:
            marking = find_marking(page)
            if marking:
                return Quarantined(media_type=media_type, marking=marking)
        pages.append(page)
        chars += len(page)
        if len(pages) > MAX_PAGES or chars > MAX_CHARS:
            limit = f"more than {MAX_PAGES} pages or {MAX_CHARS} characters"
            raise ExtractionError(Reason.MEMORY, limit)
    if not any(page.strip() for page in pages):
        raise ExtractionError(Reason.EMPTY)
    store.put(job.file_hash, extractor.name, pages)
    return Extracted(
        media_type=media_type,
        extractor=extractor.name,
        page_count=len(pages),
        char_count=chars,
        parsed=parse_document(pages),
    )


def _reason_of(error: Exception) -> tuple[Reason, str]:
    """Why a file gave no text, from whatever was raised; never text of the file itself."""
    match error:
        case ExtractionError():
            return Reason(error.reason), error.detail
        case MemoryError():
            return Reason.MEMORY, ""
        case RecursionError():
            return Reason.DAMAGED, "nested too deeply"
        case OSError():
            return Reason.UNREADABLE, error.strerror or type(error).__name__
    return Reason.DAMAGED, f"{type(error).__name__}: {error}"[:200]
