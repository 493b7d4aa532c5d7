"""Our questions as expressions, one function per piece of evidence.

Matching and ranking are apart: what must hold is asked with a constant score of nothing, so that it
never changes the order; what ranks is optional.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.engine.expressions import (
    Best,
    Between,
    Constant,
    Everything,
    Not,
    OneOf,
    Term,
    Weighted,
    every,
    run_in,
    silent,
    some,
)
from indexer.engine.layout import key_of
from indexer.engine.port import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.access import Viewer
    from indexer.engine.expressions import Expression
    from indexer.engine.query import AnalyzedQuery, Clause, Filters, Variant
    from indexer.engine.snapshot import Snapshot
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


def literal_run(field: str, chars: tuple[str, ...]) -> Expression:
    """Characters next to each other, in this order; ``field`` is ``body``, ``title`` or ``""``.

    One character is a term, two are a term of the bigrams view where there is one (passages have
    none), more are a phrase. The pairs of a phrase are asked for first: they stand in few records,
    and positions are compared in those alone, which is some five times faster.
    """
    prefix = f"{field}_" if field else ""
    if len(chars) == 1:
        return Term(f"{prefix}chars", chars[0])
    pairs = ["".join(pair) for pair in pairwise(chars) if field and BOUNDARY not in pair]
    if len(chars) == 2 and pairs:  # noqa: PLR2004 - a pair
        return Term(f"{prefix}bigrams", pairs[0])
    phrase = run_in(f"{prefix}chars", chars)
    if not pairs:
        return phrase
    return every([*(silent(Term(f"{prefix}bigrams", pair)) for pair in pairs), phrase])


def has_clause(clause: Clause) -> Expression:
    """Records that have one part of the question, in its own form or another."""
    run = in_any_form("body", clause)
    if not clause.numbers:
        return run
    return some([run, *(Term("numbers", number) for number in clause.numbers)])


def in_any_form(field: str, clause: Clause) -> Expression:
    """A part of the question as it was asked, or as one of its variants."""
    own = in_own_form(field, clause)
    if not clause.variants:
        return own
    return some([own, *(literal_run(field, each.chars) for each in clause.variants)])


def in_own_form(field: str, clause: Clause) -> Expression:
    """A part of the question as it was asked, letter by letter or by its shape."""
    own = literal_run(field, clause.chars)
    if not clause.shape:
        return own
    return some([own, Term(f"{field}_words" if field else "words", clause.shape)])


def matching(query: AnalyzedQuery, minimum: int) -> Expression:
    """The matched set: quoted parts always, and at least ``minimum`` parts in all."""
    needed = [has_clause(clause) for clause in query.clauses if clause.is_phrase]
    loose = [has_clause(clause) for clause in query.clauses if not clause.is_phrase]
    besides = max(0, minimum - len(needed))
    if besides >= len(loose):
        needed += loose
    elif besides:
        needed.append(some(loose, least=besides))
    return every(needed) if needed else Everything()


def near(query: AnalyzedQuery) -> Expression:
    """Records that lack a part of the question and still have much of it.

    All quoted parts, and a fair share of the pairs of characters: a record that has but a word of
    the question that stands everywhere is not near it.
    """
    quoted = sum(1 for clause in query.clauses if clause.is_phrase)
    share = max(1, int(len(query.bigrams) * NEAR_SHARE))
    pairs = some((Term("body_bigrams", pair) for pair in query.bigrams), least=share)
    return every([matching(query, quoted), pairs])


def visible(viewer: Viewer, denied: frozenset[RecordId]) -> list[Expression]:
    """The viewer's rights and the deny-list, as conditions."""
    conditions: list[Expression] = []
    # The public pair holds public records only: no condition is needed there.
    if not viewer.is_public:
        tokens = [f"audience:{level}" for level in range(int(viewer.audience) + 1)]
        if viewer.audience >= Audience.STAFF:
            tokens += (
                ["internal"]
                if viewer.all_agencies
                else [f"internal:{agency}" for agency in viewer.agencies]
            )
        ways: list[Expression] = [OneOf("access", tuple(tokens))]
        if viewer.granted_records:
            ways.append(_records(viewer.granted_records))
        if viewer.granted_fonds:
            ways.append(OneOf("fonds", tuple(sorted(viewer.granted_fonds))))
        conditions.append(silent(some(ways)))
    if denied:
        conditions.append(Not(_records(denied)))
    return conditions


def narrowed(filters: Filters) -> list[Expression]:
    """The filters as conditions."""
    wanted: list[Expression] = []
    for name, texts in (
        ("agency", filters.agencies),
        ("category", filters.categories),
        ("fonds", filters.fonds),
    ):
        if texts:
            wanted.append(OneOf(name, texts))
    for name, numbers in (("year", filters.years), ("audience", filters.audiences)):
        if numbers:
            wanted.append(OneOf(name, tuple(int(number) for number in numbers)))
    if filters.date_from:
        wanted.append(Between("last_day", first=int(filters.date_from.strftime("%Y%m%d"))))
    if filters.date_to:
        wanted.append(Between("first_day", 1, int(filters.date_to.strftime("%Y%m%d"))))
    return [silent(each) for each in wanted]


def some_of(among: frozenset[RecordId] | None, after: int) -> list[Expression]:
    """The records of a matched set that alone are wanted, as conditions."""
    chosen: list[Expression] = []
    if among is not None:
        chosen.append(silent(_records(among)))
    if after:
        chosen.append(silent(Between("revision", first=after + 1)))
    return chosen


def record_evidence(
    records: Snapshot, query: AnalyzedQuery, weights: Weights
) -> tuple[Expression, ...]:
    """What ranks a record among those that match."""
    views = (
        ("body_words", query.words, weights.body_words),
        ("body_bigrams", query.bigrams, weights.body_bigrams),
        ("body_chars", query.chars, weights.body_chars),
    )
    evidence: list[Expression] = [
        Weighted(Term(field, token), weight)
        for field, tokens, weight in views
        if weight
        for token in telling(records, field, tokens)
    ]
    fields = {"body_words": weights.body_words, "body_bigrams": weights.body_bigrams}
    evidence += variant_tokens(records, query, fields, weights.variants)
    evidence += [
        Constant(title, weight) for title, weight in titles_asked_for(query, weights) if weight
    ]
    numbers = {number for clause in query.clauses for number in clause.numbers}
    evidence += [Constant(Term("numbers", number), weights.number) for number in sorted(numbers)]
    return tuple(evidence)


def titles_asked_for(query: AnalyzedQuery, weights: Weights) -> list[tuple[Expression, float]]:
    """Titles that are what was asked for, each with what that is worth."""
    asked: list[tuple[Expression, float]] = []
    own = [in_own_form("title", each) for each in query.clauses]
    forms = [(own, 1.0)]
    if any(clause.variants for clause in query.clauses):
        either = [in_any_form("title", each) for each in query.clauses]
        # A title with the asked words themselves has both.
        forms = [(own, 1 - weights.variants), (either, weights.variants)]
    for parts, share in forms if own else ():
        asked.append((every(parts), weights.title_has_all * share))
        most = some(parts, least=math.ceil(len(parts) * TITLE_SHARE))
        asked.append((most, weights.title_has_most * share))
    if 1 < len(query.run) <= MAX_RUN:
        asked.append((literal_run("title", (BOUNDARY, *query.run)), weights.title_begins))
    return asked


def variant_tokens(
    index: Snapshot, query: AnalyzedQuery, fields: Mapping[str, float], weight: float
) -> list[Expression]:
    """What ranks by the other forms of asked words: of several forms of one word, the best.

    Args:
        index: Where it ranks.
        query: The question.
        fields: What a token counts in each field; one whose name ends in ``bigrams`` holds pairs.
        weight: What a form is worth as a share of the word itself.
    """
    asked = {*query.words, *query.bigrams}

    def form(variant: Variant) -> Expression:
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
        return some(
            Weighted(Term(field, token), factor * weight * variant.share)
            for field, factor in fields.items()
            for token in telling(index, field, tokens[field])
            if factor
        )

    of_words = dict.fromkeys(clause.variants for clause in query.sought if clause.variants)
    return [Best(tuple(map(form, variants))) for variants in (of_words if weight else ())]


def passage_terms(
    passages: Snapshot, query: AnalyzedQuery, weights: Weights
) -> tuple[Expression, ...]:
    """The tokens that rank a passage within the records found."""
    own = [
        Term(field, token)
        for field, tokens in (("words", query.words), ("chars", query.chars))
        for token in telling(passages, field, tokens)
    ]
    return (*own, *variant_tokens(passages, query, {"words": 1.0}, weights.variants))


def passage_runs(query: AnalyzedQuery, weights: Weights) -> tuple[Expression, ...]:
    """The literal runs that rank a passage within the records found."""
    runs: list[Expression] = [
        Weighted(literal_run("", clause.chars), 3.0) for clause in query.clauses if clause.is_phrase
    ]
    if 1 < len(query.run) <= MAX_RUN:
        runs.append(literal_run("", query.run))
    # Without a weight they still say where the record was met.
    runs += [
        Weighted(literal_run("", each.chars), weights.variants * each.share)
        for each in query.variants
    ]
    return tuple(runs)


def telling(index: Snapshot, field: str, tokens: Sequence[str]) -> Sequence[str]:
    """The tokens that tell documents apart; all of them where none does.

    What stands in more than half of many documents hardly moves a score, and reading where it
    stands is most of the work of a question.
    """
    if not tokens or index.documents <= COMMON_LEAST:
        return tokens
    limit = max(COMMON_LEAST, int(index.documents * COMMON_SHARE))
    found = zip(tokens, index.frequencies(field, tokens), strict=True)
    return [token for token, frequency in found if frequency <= limit] or tokens


def _records(record_ids: frozenset[RecordId]) -> OneOf:
    return OneOf("key", tuple(key_of(each) for each in record_ids))
