"""Our questions as tantivy queries, one function per piece of evidence.

Matching and ranking are apart: what must hold is asked with a constant score of nothing, so that it
never changes the order; what ranks is optional.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tantivy import FieldType, Occur, Query

from indexer.access import Audience
from indexer.engine.embedded.schema import key_of
from indexer.engine.port import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tantivy import Schema, Searcher

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery, Clause, Filters, Variant
    from indexer.engine.weights import Weights
    from indexer.records import RecordId

MAX_RUN: Final = 40
"""Characters of a question beyond which it is not looked for as one run."""

NEAR_SHARE: Final = 0.3
"""The share of a question's pairs of characters that a record near it has."""

TITLE_SHARE: Final = 2 / 3
"""The share of a question's parts that a title has which has most of it."""

COMMON_SHARE: Final = 0.5
"""A token in a larger share of the documents than this is common, if there are many of them."""

COMMON_LEAST: Final = 10_000
"""Documents up to which every token takes part in ranking."""


def silent(query: Query) -> Query:
    """The same matches, without a score."""
    return Query.const_score_query(query, 0.0)


def all_of(queries: Iterable[Query]) -> Query:
    """What every query matches, scores summed."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query]) -> Query:
    """What at least one query matches, scores summed."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def literal_run(schema: Schema, field: str, chars: tuple[str, ...]) -> Query:
    """Characters next to each other, in this order; ``field`` is ``body``, ``title`` or ``""``.

    One character is a term, two are a term of the bigrams view where there is one (passages have
    none), more are a phrase. The pairs of a phrase are asked for first: they stand in few records,
    and positions are compared in those alone, which is some five times faster.
    """
    prefix = f"{field}_" if field else ""
    if len(chars) == 1:
        return Query.term_query(schema, f"{prefix}chars", chars[0])
    pairs = ["".join(pair) for pair in pairwise(chars) if field and BOUNDARY not in pair]
    if len(chars) == 2 and pairs:  # noqa: PLR2004 - a pair
        return Query.term_query(schema, f"{prefix}bigrams", pairs[0])
    phrase = Query.phrase_query(schema, f"{prefix}chars", list(chars))
    if not pairs:
        return phrase
    terms = [silent(Query.term_query(schema, f"{prefix}bigrams", pair)) for pair in pairs]
    return all_of([*terms, phrase])


def has_clause(schema: Schema, clause: Clause) -> Query:
    """Records that have one part of the question, in its own form or another."""
    run = in_any_form(schema, "body", clause)
    if not clause.numbers:
        return run
    return any_of(
        [run, *(Query.term_query(schema, "numbers", number) for number in clause.numbers)]
    )


def in_any_form(schema: Schema, field: str, clause: Clause) -> Query:
    """A part of the question as it was asked, or as one of its variants."""
    own = in_own_form(schema, field, clause)
    if not clause.variants:
        return own
    return any_of([own, *(literal_run(schema, field, each.chars) for each in clause.variants)])


def in_own_form(schema: Schema, field: str, clause: Clause) -> Query:
    """A part of the question as it was asked, letter by letter or by its shape."""
    own = literal_run(schema, field, clause.chars)
    if not clause.shape:
        return own
    words = f"{field}_words" if field else "words"
    return any_of([own, Query.term_query(schema, words, clause.shape)])


def matching(schema: Schema, query: AnalyzedQuery, minimum: int) -> Query:
    """The matched set: quoted parts always, and at least ``minimum`` parts in all."""
    phrases = [has_clause(schema, clause) for clause in query.clauses if clause.is_phrase]
    loose = [has_clause(schema, clause) for clause in query.clauses if not clause.is_phrase]
    needed = max(0, minimum - len(phrases))
    subqueries = [(Occur.Must, phrase) for phrase in phrases]
    if loose and needed >= len(loose):
        subqueries += [(Occur.Must, each) for each in loose]
    elif loose and needed:
        some = Query.boolean_query(
            [(Occur.Should, each) for each in loose], minimum_number_should_match=needed
        )
        subqueries.append((Occur.Must, some))
    return Query.boolean_query(subqueries) if subqueries else Query.all_query()


def near(schema: Schema, query: AnalyzedQuery) -> Query:
    """Records that lack a part of the question and still have much of it.

    All quoted parts, and a fair share of the pairs of characters: a record that has but a word of
    the question that stands everywhere is not near it.
    """
    quoted = sum(1 for clause in query.clauses if clause.is_phrase)
    some = Query.boolean_query(
        [(Occur.Should, Query.term_query(schema, "body_bigrams", pair)) for pair in query.bigrams],
        minimum_number_should_match=max(1, int(len(query.bigrams) * NEAR_SHARE)),
    )
    return all_of([matching(schema, query, quoted), some])


def visible(
    schema: Schema, viewer: Viewer, denied: frozenset[RecordId]
) -> list[tuple[Occur, Query]]:
    """The viewer's rights and the deny-list, as clauses of the query."""
    clauses: list[tuple[Occur, Query]] = []
    # The public pair holds public records only: no clause is needed there.
    if not viewer.is_public:
        tokens = [f"audience:{level}" for level in range(int(viewer.audience) + 1)]
        if viewer.audience >= Audience.STAFF:
            tokens += (
                ["internal"]
                if viewer.all_agencies
                else [f"internal:{agency}" for agency in viewer.agencies]
            )
        ways = [Query.term_set_query(schema, "access", tokens)]
        if viewer.granted_records:
            granted = [key_of(record_id) for record_id in viewer.granted_records]
            ways.append(Query.term_set_query(schema, "key", granted))
        if viewer.granted_fonds:
            ways.append(Query.term_set_query(schema, "fonds", sorted(viewer.granted_fonds)))
        clauses.append((Occur.Must, silent(any_of(ways))))
    if denied:
        keys = [key_of(record_id) for record_id in denied]
        clauses.append((Occur.MustNot, Query.term_set_query(schema, "key", keys)))
    return clauses


def narrowed(schema: Schema, filters: Filters) -> list[tuple[Occur, Query]]:
    """The filters as clauses of the query."""
    wanted: list[Query] = []
    for name, texts in (
        ("agency", filters.agencies),
        ("category", filters.categories),
        ("fonds", filters.fonds),
    ):
        if texts:
            wanted.append(Query.term_set_query(schema, name, list(texts)))
    for name, numbers in (("year", filters.years), ("audience", filters.audiences)):
        if numbers:
            wanted.append(Query.term_set_query(schema, name, [int(number) for number in numbers]))
    unsigned = FieldType.Unsigned
    if filters.date_from:
        first = int(filters.date_from.strftime("%Y%m%d"))
        wanted.append(Query.range_query(schema, "last_day", unsigned, lower_bound=first))
    if filters.date_to:
        last = int(filters.date_to.strftime("%Y%m%d"))
        wanted.append(Query.range_query(schema, "first_day", unsigned, 1, last))
    return [(Occur.Must, silent(query)) for query in wanted]


def some_of(
    schema: Schema, among: frozenset[RecordId] | None, after: int
) -> list[tuple[Occur, Query]]:
    """The records of a matched set that alone are wanted, as clauses of the query."""
    chosen: list[Query] = []
    if among is not None:
        chosen.append(Query.term_set_query(schema, "key", [key_of(each) for each in among]))
    if after:
        revised = Query.range_query(
            schema, "revision", FieldType.Unsigned, after, 2**63, include_lower=False
        )
        chosen.append(revised)
    return [(Occur.Must, silent(query)) for query in chosen]


def record_evidence(
    schema: Schema, records: Searcher, query: AnalyzedQuery, weights: Weights
) -> list[Query]:
    """What ranks a record among those that match."""
    views = (
        ("body_words", query.words, weights.body_words),
        ("body_bigrams", query.bigrams, weights.body_bigrams),
        ("body_chars", query.chars, weights.body_chars),
    )
    evidence = [
        Query.boost_query(Query.term_query(schema, field, token), weight)
        for field, tokens, weight in views
        if weight
        for token in telling(records, field, tokens)
    ]
    fields = {"body_words": weights.body_words, "body_bigrams": weights.body_bigrams}
    evidence += variant_tokens(schema, records, query, fields, weights.variants)
    evidence += [
        Query.const_score_query(title, weight)
        for title, weight in titles_asked_for(schema, query, weights)
        if weight
    ]
    numbers = {number for clause in query.clauses for number in clause.numbers}
    evidence += [
        Query.const_score_query(Query.term_query(schema, "numbers", number), weights.number)
        for number in sorted(numbers)
    ]
    return evidence


def titles_asked_for(
    schema: Schema, query: AnalyzedQuery, weights: Weights
) -> list[tuple[Query, float]]:
    """Titles that are what was asked for, each with what that is worth."""
    asked: list[tuple[Query, float]] = []
    own = [in_own_form(schema, "title", each) for each in query.clauses]
    forms = [(own, 1.0)]
    if any(clause.variants for clause in query.clauses):
        either = [in_any_form(schema, "title", each) for each in query.clauses]
        # A title with the asked words themselves has both.
        forms = [(own, 1 - weights.variants), (either, weights.variants)]
    for parts, share in forms if own else ():
        asked.append((all_of(parts), weights.title_has_all * share))
        most = Query.boolean_query(
            [(Occur.Should, part) for part in parts],
            minimum_number_should_match=math.ceil(len(parts) * TITLE_SHARE),
        )
        asked.append((most, weights.title_has_most * share))
    if 1 < len(query.run) <= MAX_RUN:
        asked.append((literal_run(schema, "title", (BOUNDARY, *query.run)), weights.title_begins))
    return asked


def variant_tokens(
    schema: Schema,
    searcher: Searcher,
    query: AnalyzedQuery,
    fields: Mapping[str, float],
    weight: float,
) -> list[Query]:
    """What ranks by the other forms of asked words: of several forms of one word, the best.

    Args:
        schema: Of the index.
        searcher: Of the same.
        query: The question.
        fields: What a token counts in each field; one whose name ends in ``bigrams`` holds pairs.
        weight: What a form is worth as a share of the word itself.
    """
    asked = {*query.words, *query.bigrams}

    def form(variant: Variant) -> Query:
        pairs = ["".join(pair) for pair in pairwise(variant.chars)]
        # What was asked for counts as such already.
        tokens = {
            field: [
                each
                for each in (pairs if field.endswith("bigrams") else variant.words)
                if each not in asked
            ]
            for field in fields
        }
        return any_of(
            Query.boost_query(
                Query.term_query(schema, field, token), factor * weight * variant.share
            )
            for field, factor in fields.items()
            for token in telling(searcher, field, tokens[field])
            if factor
        )

    of_words = dict.fromkeys(clause.variants for clause in query.sought if clause.variants)
    return [
        Query.disjunction_max_query([form(each) for each in variants])
        for variants in (of_words if weight else ())
    ]


def passage_terms(
    schema: Schema, passages: Searcher, query: AnalyzedQuery, weights: Weights
) -> list[Query]:
    """The tokens that rank a passage within the records found."""
    own = [
        Query.term_query(schema, field, token)
        for field, tokens in (("words", query.words), ("chars", query.chars))
        for token in telling(passages, field, tokens)
    ]
    return own + variant_tokens(schema, passages, query, {"words": 1.0}, weights.variants)


def passage_runs(schema: Schema, query: AnalyzedQuery, weights: Weights) -> list[Query]:
    """The literal runs that rank a passage within the records found."""
    runs = [
        Query.boost_query(literal_run(schema, "", clause.chars), 3.0)
        for clause in query.clauses
        if clause.is_phrase
    ]
    if 1 < len(query.run) <= MAX_RUN:
        runs.append(literal_run(schema, "", query.run))
    # Without a weight they still say where the record was met.
    runs += [
        Query.boost_query(literal_run(schema, "", each.chars), weights.variants * each.share)
        for each in query.variants
    ]
    return runs


def telling(searcher: Searcher, field: str, tokens: Sequence[str]) -> Sequence[str]:
    """The tokens that tell documents apart; all of them where none does.

    What stands in more than half of many documents hardly moves a score, and reading where it
    stands is most of the work of a question.
    """
    limit = max(COMMON_LEAST, int(searcher.num_docs * COMMON_SHARE))
    return [each for each in tokens if searcher.doc_freq(field, each) <= limit] or tokens
