"""Which lines of a record to show, what to mark on a page; quoted runs may cross pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import RecordNotFoundError, TextMissingError
from search_api.answers import PageSnippet
from search_api.highlighting import Mark, find_marks, find_marks_across, snippet
from search_api.texts import all_pages, file_of, page_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.query import AnalyzedQuery, PassageHit
    from indexer.records import Record
    from indexer.storage import TextStore

Where = tuple[int, int]
"""File ordinal and page."""


def snippets_of(
    texts: TextStore, record: Record, passages: Sequence[PassageHit], query: AnalyzedQuery
) -> tuple[PageSnippet, ...]:
    """One snippet per page, best page first; where nothing is to be marked, the best passage alone.

    A quoted run that no passage has whole stands across a page break: it is looked for in the whole
    text and shown on every page it touches.
    """
    snippets: dict[Where, PageSnippet] = {}
    unmarked: dict[Where, PageSnippet] = {}
    missing = {number for number, clause in enumerate(query.sought) if clause.is_phrase}
    for passage in passages:
        where = (passage.file_ordinal, passage.page)
        if where in snippets and not missing:
            continue
        try:
            text = page_text(texts, record, file_of(record, passage.file_ordinal), passage.page)
        except (TextMissingError, RecordNotFoundError):
            continue  # the index is ahead of or behind the store; `verify index` names it
        piece = text[passage.start : passage.end]
        marks = find_marks(piece, query)
        missing -= {mark.clause for mark in marks}
        if marks:
            snippets.setdefault(where, _page_snippet(where, piece, marks))
        elif not unmarked:
            unmarked[where] = _page_snippet(where, piece, marks)
    if missing and passages:
        across = _snippets_across(texts, record, query.sought[min(missing)].chars)
        rest = {where: each for where, each in snippets.items() if where not in across}
        snippets = {**across, **rest}
    return tuple((snippets or unmarked).values())


def snippet_of_page(
    texts: TextStore, record: Record, query: AnalyzedQuery, where: Where
) -> PageSnippet | None:
    """The best lines of one page, marked; ``None`` where the text store has lost it."""
    ordinal, page = where
    try:
        text = page_text(texts, record, file_of(record, ordinal), page)
    except (TextMissingError, RecordNotFoundError):
        return None
    return _page_snippet(where, text, marks_on_page(texts, record, query, where, text))


def marks_on_page(
    texts: TextStore, record: Record, query: AnalyzedQuery, where: Where, text: str
) -> list[Mark]:
    """What to mark on one page, quoted runs that begin before it or end after it included."""
    marks = find_marks(text, query)
    whole = {mark.clause for mark in marks}
    broken = [
        (number, clause)
        for number, clause in enumerate(query.sought)
        if clause.is_phrase and number not in whole
    ]
    if not broken:
        return marks
    pages = all_pages(texts, record)
    for number, clause in broken:
        places = find_marks_across([each for _, _, each in pages], clause.chars) or []
        marks += [
            Mark(start, end, number) for index, start, end in places if pages[index][:2] == where
        ]
    return marks


def _snippets_across(
    texts: TextStore, record: Record, chars: tuple[str, ...]
) -> dict[Where, PageSnippet]:
    pages = all_pages(texts, record)
    places = find_marks_across([text for _, _, text in pages], chars) or []
    found: dict[Where, PageSnippet] = {}
    for index, start, end in places:
        ordinal, page, text = pages[index]
        found[ordinal, page] = _page_snippet((ordinal, page), text, [Mark(start, end, 0)])
    return found


def _page_snippet(where: Where, text: str, marks: list[Mark]) -> PageSnippet:
    ordinal, page = where
    return PageSnippet(file_ordinal=ordinal, page=page, fragments=snippet(text, marks))
