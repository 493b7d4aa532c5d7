"""Which records answer a question, and which come near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.engine.expressions import Every, every, silent
from indexer.engine.query import FEW, Order
from indexer.engine.searching.conditions import required
from indexer.engine.searching.counting import count
from indexer.engine.searching.queries import matching, narrowed, near, visible
from indexer.engine.searching.ranking import top

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.query import SearchQuery
    from indexer.engine.searching.ranking import Ranked
    from indexer.engine.snapshot import Snapshot


def conditions_of(query: SearchQuery) -> list[Expression]:
    """What holds whatever is relaxed: rights, deny-list, filters, conditions of the question."""
    return [
        *visible(query.viewer, query.denied),
        *(visible(query.within, frozenset()) if query.within else ()),
        *narrowed(query.filters),
        *required(query.query.conditions, query.viewer),
    ]


@dataclass(frozen=True, slots=True)
class MatchedSet:
    """Records that may answer a question.

    Attributes:
        expression: What they have. clauses: How many clauses of the question that is at least.
    """

    expression: Expression
    clauses: int


def matched_set(
    records: Snapshot, query: SearchQuery, conditions: Sequence[Expression]
) -> MatchedSet:
    """The first of the sets that has any records, or the last."""
    for matched in matched_sets(query, conditions):
        if count(records, matched.expression, ()).total:
            break
    return matched


def matched_sets(query: SearchQuery, conditions: Sequence[Expression]) -> Iterator[MatchedSet]:
    """What may answer: all that is required first, then a clause less each time; at least one set.

    A sentence ordered by relevance is not narrowed: people ask in words that papers do not use,
    and the right paper often has one or two of them. Ordered by date there is nothing to hold
    back what hardly matches, so there a record must have its share of the sentence.
    """
    clauses = query.query.clauses
    phrases = sum(1 for clause in clauses if clause.is_phrase)
    least = max(1, phrases) if clauses else 0
    most = max(query.query.minimum_match, least)
    if query.order is Order.RELEVANCE and query.query.minimum_match < len(clauses):
        most = least
    for minimum in range(most, least - 1, -1):
        yield MatchedSet(every([silent(matching(query.query, minimum)), *conditions]), minimum)


def nearby(
    records: Snapshot,
    query: SearchQuery,
    conditions: Sequence[Expression],
    evidence: tuple[Expression, ...],
) -> list[Ranked]:
    """What comes nearest to a question that few records answer.

    See :class:`~indexer.engine.query.ResultPage`.
    """
    asked = query.query
    is_first_page = query.order is Order.RELEVANCE and not query.offset
    if not is_first_page or not asked.bigrams or any(each.numbers for each in asked.clauses):
        return []
    return top(records, Every((*conditions, silent(near(asked))), besides=evidence), FEW)
