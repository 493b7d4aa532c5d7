"""Page texts of records, read from the text store for whoever may see the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import RecordNotFoundError, TextMissingError
from indexer.rendering import DRAWABLE, MAX_PAGES

if TYPE_CHECKING:
    from indexer.records import Record, RecordFile
    from indexer.storage import TextStore


def file_of(record: Record, ordinal: int) -> RecordFile:
    """The record's file with that ordinal.

    Raises:
        RecordNotFoundError: It has no such file.
    """
    for file in record.files:
        if file.ordinal == ordinal:
            return file
    raise RecordNotFoundError(record.record_id)


def page_range(file: RecordFile) -> range:
    """The 1-based pages of the file that belong to the record and have text."""
    last = min(file.last_page or file.page_count, file.page_count)
    return range(file.first_page, last + 1)


def pictured_range(file: RecordFile) -> range:
    """The 1-based pages of the file that belong to the record and may have a picture.

    Of a file without text nobody has counted the pages: the range may go beyond its end.
    """
    if file.file_hash is None or file.media_type not in DRAWABLE:
        return range(0)
    if file.page_count:
        return page_range(file)
    return range(file.first_page, (file.last_page or MAX_PAGES) + 1)


def last_page(file: RecordFile, page_count: int) -> int:
    """The last page of the file that belongs to the record.

    Args:
        file: With text or without.
        page_count: Of the file itself, where nothing else tells.
    """
    if file.page_count:
        return page_range(file)[-1]
    return min(file.last_page or page_count, page_count)


def page_text(texts: TextStore, record: Record, file: RecordFile, page: int) -> str:
    """One page.

    Raises:
        RecordNotFoundError: The record has no such page.
        TextMissingError: It should be there and is not.
    """
    if file.file_hash is None or page not in page_range(file):
        raise RecordNotFoundError(record.record_id)
    return texts.page(file.file_hash, file.extractor, page)


def all_pages(texts: TextStore, record: Record) -> list[tuple[int, int, str]]:
    """Every page of the record as ``(file ordinal, page, text)``; a missing text is left out."""
    pages: list[tuple[int, int, str]] = []
    for file in record.files:
        if file.file_hash is None or not file.page_count:
            continue
        try:
            whole = texts.pages(file.file_hash, file.extractor)
        except TextMissingError:
            continue
        pages += [(file.ordinal, page, whole[page - 1]) for page in page_range(file)]
    return pages
