"""Everything an official document says of itself, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official import ParsedDocument
from indexer.official.archival_codes import archival_code_of
from indexer.official.document_dates import document_date_of, signature_of
from indexer.official.document_numbers import document_number_of
from indexer.official.markings import is_marked_internal
from indexer.official.titles import agency_in_head, agency_of, genre_of, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = 4_000
"""Code points of page 1 that are read for what stands at its head."""

TAIL: Final = 200_000
"""Code points that are read for a signature: a longer text is a volume, not one paper."""

_INDEX_NUMBER: Final = re.compile(r"索\s*引\s*[号號]\s*[:：]\s*(?P<number>[A-Za-z0-9/\-]{8,40})")
_ORDER_OF: Final = re.compile(r"^(?:中华人民共和国)?(?P<agency>[㐀-鿿]{2,20})令")


def parse_document(pages: Sequence[str]) -> ParsedDocument:
    """Metadata read from the pages of one document; silent where it is not sure."""
    body = _bounded(pages)
    first = next((page for page in body if page.strip()), "")[:HEAD]
    title = title_of(first)
    number = document_number_of(first)
    named = agency_of(title) or agency_in_head(first) or _issuer(number)
    signature = signature_of(body)
    agency = named or (signature.agency if signature else "")
    index_number = _INDEX_NUMBER.search(first)
    return ParsedDocument(
        title=title,
        agency=agency,
        document_number=number,
        date=document_date_of(body, named),
        genre=genre_of(title),
        archival_code=archival_code_of(first),
        index_number=index_number["number"] if index_number else "",
        is_internal=is_marked_internal(first),
    )


def _issuer(number: str) -> str:
    """The agency whose order it is: 国务院 of 中华人民共和国国务院令第466号."""
    match = _ORDER_OF.match(number)
    return match["agency"] if match else ""


def _bounded(pages: Sequence[str]) -> list[str]:
    bounded: list[str] = []
    left = TAIL
    for page in pages:
        bounded.append(page[:left])
        left -= len(page)
        if left <= 0:
            break
    return bounded
