"""What a question finds in one generation of the index, before anything is shown or logged.

A search, a question that is asked again and a comparison of two generations all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from indexer.analysis.thesaurus import Years
from indexer.engine.query import FacetField, Filters, ResultPage, SearchQuery
from search_api.answering import order_of, require_askable
from search_api.correcting import Inquiry, as_typed, forgive
from search_api.parsing import literally, parse, within_rights

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.analysis.analyzer import Analyzer
    from indexer.engine.query import AnalyzedQuery
    from indexer.indexing.serving import ServingGeneration
    from indexer.records import RecordId
    from search_api.answers import Correction, Question
    from search_api.parsing import ParsedQuestion


ASKED_FOR: Final = "asked"
"""Why a question is read literally: whoever asks wants it so."""

NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and all that bounds its answer.

    Attributes:
        viewer: Whose rights count. within: Whose rights must allow it besides, or ``None``.
        denied: Records withdrawn, or restricted since the generation's position.
        among: The only records of the answer that are wanted, or ``None`` for all.
        after: Records that changed after this position of the outbox alone.
        span: How many hits to pass over and how many are wanted, where that is not the page that
            the question names.
        facets: Which counts are wanted.
    """

    question: Question
    viewer: Viewer
    within: Viewer | None = None
    denied: frozenset[RecordId] = field(default_factory=frozenset)
    among: frozenset[RecordId] | None = None
    after: int = 0
    span: tuple[int, int] | None = None
    facets: tuple[FacetField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the engine says.

    Attributes:
        parsed: How the question was read. query: As tokens of the generation.
        offset: How many hits come before this page of them.
        inquiry: The question as typed, for asking more of the kind.
        corrected: What was asked instead, because no record has all that was typed, or ``None``.
        proposals: What else may be meant.
    """

    parsed: ParsedQuestion
    query: AnalyzedQuery
    result: ResultPage
    offset: int
    inquiry: Inquiry
    corrected: Correction | None = None
    proposals: tuple[Correction, ...] = ()


def find(generation: ServingGeneration, asked: Asked) -> Found:
    """One page of what a question finds.

    Raises:
        InvalidQueryError: The question has nothing to look for, or the page lies too deep.
        EngineUnavailableError: The index does not answer.
    """
    question = asked.question
    parsed = read(question.text, asked.viewer, literal=question.literal)
    if asked.within is not None:
        parsed = within_rights(parsed, asked.within)
    query = analyzed(generation.analyzer, parsed, question.filters)
    require_askable(question, query)
    offset, limit = asked.span or ((question.page - 1) * question.page_size, question.page_size)
    wanted = SearchQuery(
        viewer=asked.viewer,
        within=asked.within,
        query=query,
        denied=asked.denied,
        among=asked.among,
        after=max(asked.after, question.since),
        filters=question.filters,
        order=order_of(question, query),
        offset=offset,
        limit=limit,
        facets=asked.facets,
    )
    # That none of some records matches says nothing of the others: what is asked in the end is
    # decided on all of them.
    inquiry = Inquiry(
        searcher=generation.searcher,
        analyzer=generation.analyzer,
        wanted=replace(wanted, among=None, after=0),
        parts=parsed.parts,
    )
    result = generation.searcher.search(wanted)
    is_whole = wanted == inquiry.wanted
    decided = result if is_whole or result.total else generation.searcher.search(inquiry.wanted)
    meant = forgive(inquiry, decided) if question.may_be_corrected else as_typed(inquiry, decided)
    if meant.query != query:
        result = generation.searcher.search(replace(wanted, query=meant.query))
    if question.since and _is_relaxed(meant.query, result, asked_for=query):
        result = ResultPage(total=0, hits=(), facets={}, matched_clauses=result.matched_clauses)
    return Found(
        parsed=parsed,
        query=meant.query,
        result=result,
        offset=offset,
        inquiry=inquiry,
        corrected=meant.corrected,
        proposals=meant.proposals,
    )


def _is_relaxed(query: AnalyzedQuery, result: ResultPage, *, asked_for: AnalyzedQuery) -> bool:
    return query is not asked_for or result.matched_clauses < query.minimum_match


def analyzed(
    analyzer: Analyzer, parsed: ParsedQuestion, filters: Filters = NO_FILTERS
) -> AnalyzedQuery:
    """The question as tokens, with other forms of its words that were in use in the years asked.

    What was asked for as plain text is looked for in its own form alone.
    """
    if parsed.literal_because == ASKED_FOR:
        analyzer = analyzer.literal()
    return analyzer.query(parsed.parts, _years_of(filters))


def read(text: str, viewer: Viewer, *, literal: bool) -> ParsedQuestion:
    """The question that the viewer may ask; with its signs as text, where that was wanted."""
    parsed = literally(text, ASKED_FOR) if literal and text.strip() else parse(text)
    return within_rights(parsed, viewer)


def _years_of(filters: Filters) -> Years:
    first, last = filters.date_from, filters.date_to
    asked = Years(min(filters.years, default=None), max(filters.years, default=None))
    return asked.narrowed(Years(first.year if first else None, last.year if last else None))
