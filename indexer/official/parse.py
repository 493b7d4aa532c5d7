"""Everything an official document says of itself, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official import ParsedDocument
from indexer.official.agencies import red_head_of, split_agencies
from indexer.official.archival_codes import archival_code_of
from indexer.official.attachments import attachments_of
from indexer.official.document_dates import document_date_of, signature_of
from indexer.official.document_numbers import document_number_of
from indexer.official.heads import copy_number_of, form_of, is_of_signers, signers_of, urgency_of
from indexer.official.legislation import history_of
from indexer.official.lines import lines_of
from indexer.official.markings import internal_marking
from indexer.official.recipients import recipients_of
from indexer.official.relations import relations_of
from indexer.official.tails import read_tail
from indexer.official.titles import agency_of, genre_of, title_of
from indexer.official.web_pages import page_block_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = 4_000
"""Code points of page 1 that are read for what stands at its head."""

TAIL: Final = 200_000
"""Code points that are read for a signature: a longer text is a volume, not one paper."""

_INDEX_NUMBER: Final = re.compile(
    r"索\s{0,4}引\s{0,4}[号號]\s{0,4}[:：]\s{0,4}(?P<number>[A-Za-z0-9/\-]{8,40})"
)
_ORDER_OF: Final = re.compile(r"^(?:中华人民共和国)?(?P<agency>[㐀-鿿]{2,20})令")


def parse_document(pages: Sequence[str]) -> ParsedDocument:
    """Metadata read from the pages of one document; silent where it is not sure."""
    body = _bounded(pages)
    first = next((page for page in body if page.strip()), "")[:HEAD]
    head, lines = lines_of([first]), lines_of(body)
    block = page_block_of(head)
    # What stands below a web page's block is the paper itself.
    top = head[block.length :]
    red_head, signers = red_head_of(top), signers_of(top)
    below = [line for line in top[red_head.length :] if not is_of_signers(line, signers)]
    title = block.title or title_of(below)
    number = block.document_number or document_number_of(head)
    history, signature, tail = history_of(top), signature_of(lines), read_tail(lines)
    signed = signature.agencies if signature else ()
    agency = next(
        filter(
            None,
            (
                block.agency,
                agency_of(title),
                *red_head.agencies[:1],
                _issuer(number),
                history.agency,
                *signed[:1],
            ),
        ),
        "",
    )
    index_number = _INDEX_NUMBER.search(first)
    marking = internal_marking(first)
    genre = genre_of(title)
    return ParsedDocument(
        title=title,
        agency=agency,
        document_number=number,
        date=block.date or document_date_of(lines, agency, tail=tail.length) or history.date,
        genre=genre,
        archival_code=archival_code_of(first),
        index_number=block.index_number or (index_number["number"] if index_number else ""),
        is_internal=bool(marking),
        marking=marking,
        agencies=_all(agency, red_head.agencies, signed),
        form=form_of(number, genre),
        copy_number=copy_number_of(top),
        urgency=urgency_of(top),
        signers=signers,
        recipients=recipients_of(lines[block.length :], title),
        copies=tail.copies,
        subject_words=tail.subject_words,
        attachments=attachments_of(lines),
        notes=tail.notes,
        printed_by=tail.printed_by,
        printed_on=tail.printed_on,
        relations=relations_of(body, title),
        topic=block.topic,
        published_on=block.published_on,
        validity=block.validity,
    )


def _all(agency: str, *others: Sequence[str]) -> tuple[str, ...]:
    """Every agency that issued a paper: those of the source that names the leading one."""
    named = split_agencies(agency)
    for each in others:
        if len(each) > len(named) and named[:1] in {(), tuple(each[:1])}:
            return tuple(each)
    return named or ((agency,) if agency else ())


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
