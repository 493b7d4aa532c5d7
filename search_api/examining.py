"""Why a record is not found: how one record that a viewer names stands to a question.

Only among what the viewer may see: a record they may not see is examined like one that does not
exist, by the same statements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.analysis.question import QueryPart
from indexer.engine.query import AnalyzedQuery, Filters, Order, SearchQuery
from search_api.answering import order_of
from search_api.answers import Question
from search_api.parsing import in_words

if TYPE_CHECKING:
    from indexer.access import RecordAccess, Viewer
    from indexer.analysis.question import Node
    from indexer.engine.query import Examination
    from indexer.indexing.serving import ServingGeneration
    from indexer.records import Record, RecordId
    from search_api.finding import Found
    from search_api.messages import Language

NOTHING_ASKED: Final = Question(text="", filters=Filters(), order=Order.RELEVANCE)
"""The question of somebody who only wants to know where a record is."""

MAX_MEANT: Final = 20
"""Records that are offered where a name may mean several."""

MAX_NAME: Final = 200
"""Code points of a name."""


class Indexed(StrEnum):
    """What the index knows of a record."""

    CURRENT = "current"  # it as it is now
    BEHIND = "behind"  # it as it was before its last change
    ABSENT = "absent"  # nothing yet


class Way(StrEnum):
    """By what a viewer may see a record."""

    GRANTED = "granted"  # a grant to this record
    GRANTED_FONDS = "granted_fonds"  # a grant to its fonds
    OWN_AGENCY = "own_agency"  # internal to an agency of theirs
    AUDIENCE = "audience"  # the circle they belong to


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPart:
    """A part of the question.

    Attributes:
        text: A word or quotation as searched, or ``""`` for a condition. condition: The condition,
            as it was read, or ``None``.
        is_met: Whether the record has it.
    """

    text: str = ""
    condition: Node | None = None
    is_met: bool = False

    def in_words(self, language: Language) -> str:
        """What the record must have."""
        return self.text if self.condition is None else in_words((self.condition,), language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """How a record stands to a question.

    Attributes:
        record: As it is now, its files with what became of each.
        way: By what the viewer may see it.
        indexed: What the index knows of it. waiting: How many changes the index has still to do.
        parts: Of the question, and whether the record has them; none where nothing was asked, or
            the index does not know the record.
        kept_out_by: Filters that it does not pass, by attribute of ``Filters``.
        is_found: Whether the question finds it. rank: Where, as far as can be paged to.
        total: How many records the question finds. relaxed_to: With how many plain parts, where
            none has all.
    """

    record: Record
    way: Way
    indexed: Indexed
    waiting: int
    parts: tuple[AskedPart, ...] = ()
    kept_out_by: tuple[str, ...] = ()
    is_found: bool = False
    rank: int | None = None
    total: int = 0
    relaxed_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a name means to a viewer.

    Attributes:
        examined: The record, where it means one. records: Those it may mean, where several.
    """

    examined: Examined | None = None
    records: tuple[Record, ...] = ()


def examined(
    record: Record,
    question: Question,
    met: Found | None,
    generation: ServingGeneration,
    bounds: tuple[Viewer, frozenset[RecordId], int],
) -> Examined:
    """A record that the viewer may see, beside what a question finds.

    Args:
        record: Which.
        question: What was asked.
        met: What that finds, or ``None`` where nothing was asked.
        generation: The index.
        bounds: The viewer, what nobody may see now, and the newest position of the outbox.
    """
    viewer, denied, newest = bounds
    query = met.query if met else AnalyzedQuery()
    asked = SearchQuery(
        viewer=viewer,
        query=query,
        denied=denied,
        filters=question.filters,
        order=order_of(question, query),
    )
    found = generation.searcher.examine(asked, record.record_id)
    about = Examined(
        record=record,
        way=_way(viewer, record.access),
        indexed=_indexed(record, found),
        waiting=max(0, newest - generation.searcher.position),
    )
    if met is None or found is None:
        return about
    matched = met.result.matched_clauses
    return replace(
        about,
        parts=_parts(met, found, generation),
        kept_out_by=found.kept_out_by,
        is_found=found.is_matched,
        rank=found.rank,
        total=met.result.total,
        relaxed_to=matched if matched < len(query.clauses) else None,
    )


def _indexed(record: Record, found: Examination | None) -> Indexed:
    if found is None:
        return Indexed.ABSENT
    return Indexed.CURRENT if found.revision >= record.revision else Indexed.BEHIND


def _parts(met: Found, found: Examination, generation: ServingGeneration) -> tuple[AskedPart, ...]:
    words = tuple(
        AskedPart(text=clause.text, is_met=at not in found.lacks)
        for at, clause in enumerate(met.query.clauses)
    )
    # A part without a letter, digit or character makes no condition.
    nodes = [
        node
        for node in met.parsed.parts
        if not isinstance(node, QueryPart) and generation.analyzer.query([node]).conditions
    ]
    conditions = tuple(
        AskedPart(condition=node, is_met=at not in found.unmet) for at, node in enumerate(nodes)
    )
    return words + conditions


def _way(viewer: Viewer, access: RecordAccess) -> Way:
    if access.record_id in viewer.granted_records:
        return Way.GRANTED
    if access.fonds and access.fonds in viewer.granted_fonds:
        return Way.GRANTED_FONDS
    return Way.AUDIENCE if access.internal_to is None else Way.OWN_AGENCY
