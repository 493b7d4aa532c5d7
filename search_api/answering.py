"""What a question must have to be asked, and the answer that is made of what the engine found."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer.engine.conditions import Part
from indexer.engine.query import MAX_RELEVANCE_DEPTH, Order, PagesMet
from indexer.errors import InvalidQueryError
from search_api.answers import AnswerHit, QueryReading
from search_api.highlighting import find_marks, marked
from search_api.log import LoggedHit, SearchEntry
from search_api.meeting import why_met
from search_api.snippets import snippets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery, Hit, ResultPage
    from indexer.records import FileHash, Record, RecordId
    from indexer.storage import TextStore
    from search_api.answers import Fragment, LogContext, Question, Repeal, SearchAnswer
    from search_api.parsing import ParsedQuestion


def require_askable(question: Question, query: AnalyzedQuery) -> None:
    """Nothing, if the question looks for something and its page is not too deep.

    Raises:
        InvalidQueryError: It does not.
    """
    if question.text.strip() and query.is_empty:
        raise InvalidQueryError("nothing_to_search", "q")
    if query.is_empty and question.filters.is_empty:
        raise InvalidQueryError("empty", "q")
    by_relevance = query.ranks and question.order is Order.RELEVANCE
    if by_relevance and question.page * question.page_size > MAX_RELEVANCE_DEPTH:
        raise InvalidQueryError("page_out_of_range", "page", str(MAX_RELEVANCE_DEPTH))


def order_of(question: Question, query: AnalyzedQuery) -> Order:
    """The order asked for; without words there is no relevance, and the newest come first."""
    if not query.ranks and question.order is Order.RELEVANCE:
        return Order.NEWEST
    return question.order


def reading_of(parsed: ParsedQuestion, query: AnalyzedQuery, result: ResultPage) -> QueryReading:
    """How the question was read, and how far it was relaxed."""
    relaxed = result.matched_clauses < len(query.clauses)
    return QueryReading(
        clauses=tuple(clause.text for clause in query.clauses),
        tokens=tuple(dict.fromkeys((*query.words, *query.bigrams, *query.chars))),
        parsed=parsed,
        relaxed_to=result.matched_clauses if relaxed else None,
        also_searched=tuple(dict.fromkeys(variant.text for variant in query.variants)),
    )


def hits_of(
    texts: TextStore,
    met: Sequence[Hit],
    *,
    query: AnalyzedQuery,
    found: Mapping[RecordId, Record],
    copies: Mapping[RecordId, int],
    pages: Mapping[RecordId, PagesMet],
    repealed: Mapping[RecordId, Repeal],
    viewer: Viewer,
    after: int,
) -> tuple[AnswerHit, ...]:
    """Hits of a screen, with their titles and best passages marked.

    Args:
        texts: Extracted pages.
        met: What the engine found, in its order.
        query: What it was asked.
        found: The records as they are now, if the viewer may see them now; the others are left out.
        copies: How many copies of each record the viewer may see.
        pages: On which pages each was met.
        repealed: Those of them whose document is known to be repealed.
        viewer: Who asks.
        after: How many hits come before these.
    """
    texts.expect(_texts_of(met, found))
    hits: list[AnswerHit] = []
    for rank, hit in enumerate(met, start=after + 1):
        if (record := found.get(hit.record_id)) is None:
            continue
        title = record.description.title
        hits.append(
            AnswerHit(
                rank=rank,
                record=record,
                title=marked(title, find_marks(title, query, Part.TITLE)),
                fields=_fields(record, query),
                pages=snippets_of(texts, record, hit.passages, query),
                copies=copies.get(hit.record_id, 0),
                repeal=repealed.get(hit.record_id),
                why=why_met(record, hit, query, pages.get(hit.record_id, PagesMet()), viewer),
            )
        )
    return tuple(hits)


def _texts_of(
    met: Sequence[Hit], found: Mapping[RecordId, Record]
) -> dict[tuple[FileHash, str], None]:
    """The texts in which the hits were met, each once."""
    return {
        (file.file_hash, file.extractor): None
        for hit in met
        if hit.record_id in found
        for file in found[hit.record_id].files
        if file.file_hash is not None
        and any(passage.file_ordinal == file.ordinal for passage in hit.passages)
    }


def _fields(record: Record, query: AnalyzedQuery) -> dict[Part, tuple[Fragment, ...]]:
    about = record.description
    texts = {
        Part.NUMBER: about.document_number,
        Part.AGENCY: about.agency,
        Part.CODE: about.archival_code,
    }
    return {
        part: marked(text, find_marks(text, query, part)) for part, text in texts.items() if text
    }


def entry_of(answer: SearchAnswer, viewer: Viewer, context: LogContext) -> SearchEntry:
    """The answer as the log keeps it."""
    filters = answer.question.filters
    named = {
        name: str(value) if name.startswith("date") else [str(each) for each in value]
        for name, value in asdict(filters).items()
        if value
    }
    return SearchEntry(
        search_id=answer.search_id,
        text=answer.question.text,
        literal=answer.question.literal,
        as_typed=answer.question.as_typed,
        corrected_to="" if answer.corrected is None else answer.corrected.text,
        clauses=answer.reading.clauses,
        tokens=answer.reading.tokens,
        also_searched=answer.reading.also_searched,
        filters=named,
        order=answer.question.order,
        page=answer.question.page,
        page_size=answer.question.page_size,
        since=answer.question.since,
        audience=viewer.audience.slug,
        agencies=tuple(sorted(viewer.agencies)),
        all_agencies=viewer.all_agencies,
        granted_records=tuple(sorted(viewer.granted_records)),
        granted_fonds=tuple(sorted(viewer.granted_fonds)),
        generation=answer.generation,
        dictionary=answer.dictionary,
        total=answer.total,
        relaxed_to=answer.reading.relaxed_to,
        hits=tuple(
            LoggedHit(
                rank=hit.rank,
                record_id=hit.record.record_id,
                content_hash=hit.record.content_hash,
                pages=tuple((page.file_ordinal, page.page) for page in hit.pages),
            )
            for hit in (*answer.shown, *answer.nearby)
        ),
        context=context,
    )
