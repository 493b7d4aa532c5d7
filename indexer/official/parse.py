"""Everything an official document says of itself, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official import ParsedDocument
from indexer.official.document_dates import document_date_of
from indexer.official.document_numbers import document_number_of
from indexer.official.markings import is_marked_internal
from indexer.official.titles import agency_of, genre_of, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_INDEX_NUMBER: Final = re.compile(r"索\s*引\s*号\s*[:：]\s*(?P<number>[A-Za-z0-9/\-]{8,40})")
_CODE: Final = re.compile(r"档\s*号\s*[:：]\s*(?P<code>[A-Z0-9][A-Z0-9·.\-—]{4,40})")
_HEAD: Final = 2_000


def parse_document(pages: Sequence[str]) -> ParsedDocument:
    """Metadata read from the pages of one document; silent where it is not sure."""
    first = pages[0] if pages else ""
    title = title_of(first)
    index_number = _INDEX_NUMBER.search(first[:_HEAD])
    code = _CODE.search(first[:_HEAD])
    return ParsedDocument(
        title=title,
        agency=agency_of(title),
        document_number=document_number_of(first),
        date=document_date_of(tuple(pages)),
        genre=genre_of(title),
        archival_code=code["code"] if code else "",
        index_number=index_number["number"] if index_number else "",
        is_internal=is_marked_internal(first),
    )
