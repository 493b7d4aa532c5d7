"""When a correction is asked instead of what was typed, and when it is only proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.engine.query import FEW
from search_api.correcting.choosing import MOST, corrections

if TYPE_CHECKING:
    from indexer.engine.query import AnalyzedQuery, ResultPage
    from search_api.answers import Correction
    from search_api.correcting.inquiry import Inquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is to be asked: the question as typed, or as it was meant.

    Attributes:
        query: What is asked in the end.
        corrected: What was asked instead of what was typed, or ``None``.
        proposals: What else may be meant, the likeliest first.
    """

    query: AnalyzedQuery
    corrected: Correction | None = None
    proposals: tuple[Correction, ...] = ()


def forgive(asked: Inquiry, result: ResultPage) -> Meant:
    """What is to be asked.

    Where no record has all that was typed, the likeliest correction that has records is asked
    instead; it beats an answer with a part of the question, and one to the question in pairs. Where
    a few have it, corrections that more have are proposed.

    Args:
        asked: The question.
        result: The answer to it as typed.
    """
    query = asked.wanted.query
    if _has_all(query, result):
        few = result.total < FEW
        proposals = corrections(asked, better_than=result.total)[:MOST] if few else ()
        return Meant(query=query, proposals=proposals)
    found = corrections(asked)
    if found and found[0].is_sure:
        best, others = found[0], found[1:]
        return Meant(query=asked.analyzer.query(best.parts), corrected=best, proposals=others)
    return replace(as_typed(asked, result), proposals=found[:MOST])


def as_typed(asked: Inquiry, result: ResultPage) -> Meant:
    """What is to be asked in the very characters that were typed; perhaps in pairs of them."""
    query = asked.wanted.query
    looser = None if result.total else asked.analyzer.loosened(query)
    return Meant(query=looser or query)


def _has_all(query: AnalyzedQuery, result: ResultPage) -> bool:
    """Whether the records found have all of the question; of a sentence, any part of it."""
    is_sentence = query.minimum_match < len(query.clauses)
    return bool(result.total) and (is_sentence or result.matched_clauses >= len(query.clauses))
