"""Why a record was found: where in its description and on which pages the question was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.analysis.fold import fold
from indexer.analysis.numbers import exact_key, number_keys
from indexer.engine.conditions import Part, Pattern
from search_api.answers import Place, RecordHits, WhyMet
from search_api.highlighting import find_marks_across, is_met_in
from search_api.snippets import snippet_of_page
from search_api.texts import all_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery, Hit, PagesMet
    from indexer.records import Description, Record
    from indexer.storage import TextStore

PAGES_TOLD: Final = 5
"""Pages of a record that its hit names; the record's page lists all."""

PAGES_LISTED: Final = 30
"""Pages of a record that are listed at a time, each with its best lines."""

Where = tuple[int, int]
"""File ordinal and page."""


def why_met(
    record: Record, hit: Hit, query: AnalyzedQuery, pages: PagesMet, viewer: Viewer
) -> WhyMet:
    """Where the record was met, and which parts of the question it lacks."""
    return WhyMet(
        places=tuple(_places(record, query, viewer)),
        pages=pages.pages[:PAGES_TOLD],
        pages_total=len(pages.pages),
        has_more_pages=not pages.is_whole,
        lacks=tuple(dict.fromkeys(query.clauses[number].text for number in hit.lacks)),
    )


def hits_in_record(
    texts: TextStore, record: Record, query: AnalyzedQuery, met: PagesMet, after: int
) -> RecordHits:
    """Pages of one record on which the question was met, with their best lines.

    Args:
        texts: Extracted pages.
        record: Whose.
        query: The question.
        met: Where passages of the record have a run of the question.
        after: How many pages to pass over.
    """
    pages = tuple(sorted({*met.pages, *_broken(texts, record, query, met)}))
    listed = (
        snippet_of_page(texts, record, query, where)
        for where in pages[after : after + PAGES_LISTED]
    )
    return RecordHits(
        total=len(pages),
        is_whole=met.is_whole,
        listed=tuple(each for each in listed if each is not None),
        after=after,
    )


def _broken(
    texts: TextStore, record: Record, query: AnalyzedQuery, met: PagesMet
) -> Iterator[Where]:
    """Pages of a quotation that stands across a page break, where no page has anything whole."""
    quoted = [each for each in query.sought if each.is_phrase and each.part is Part.BODY]
    if met.pages or not quoted:
        return
    pages = all_pages(texts, record)
    for clause in quoted:
        for index, _, _ in find_marks_across([text for _, _, text in pages], clause.chars) or ():
            yield pages[index][:2]


def _places(record: Record, query: AnalyzedQuery, viewer: Viewer) -> Iterator[Place]:
    about = record.description
    if is_met_in(about.title, query, Part.TITLE):
        yield Place.TITLE
    numbers = number_keys(fold(about.document_number)) if about.document_number else ()
    if _is_met_in_code(about.document_number, query, Part.NUMBER, frozenset(numbers)):
        yield Place.NUMBER
    if is_met_in(about.agency, query, Part.AGENCY):
        yield Place.AGENCY
    codes = {exact_key(fold(each)) for each in (about.archival_code, about.index_number)}
    if _is_met_in_code(about.archival_code, query, Part.CODE, frozenset(codes)):
        yield Place.CODE
    if viewer.audience >= Audience.STAFF and any(
        is_met_in(name, query, Part.PERSONS) for name in about.persons
    ):
        yield Place.PERSONS
    if any(is_met_in(text, query, Part.BODY) for text in _rest(about)):
        yield Place.DESCRIPTION


def _rest(about: Description) -> tuple[str, ...]:
    return about.index_number, about.genre, about.fonds_name, about.summary


def _is_met_in_code(text: str, query: AnalyzedQuery, part: Part, keys: frozenset[str]) -> bool:
    """Whether a number or code was met: literally, by its key, or by a pattern that must hold."""
    if not text:
        return False
    if is_met_in(text, query, part):
        return True
    asked = {number for clause in query.sought for number in clause.numbers}
    asked |= {key for each in query.sought if each.part is part for key in number_keys(each.text)}
    if not keys.isdisjoint(filter(None, asked)):
        return True
    return any(isinstance(each, Pattern) and each.part is part for each in query.conditions)
