"""Records by their sound. They come newest first: no score, so no statistics of hidden records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tantivy import Occur, Order, Query

from indexer.engine.embedded.counting import number_of
from indexer.engine.embedded.queries import any_of, literal_run, narrowed, silent, visible
from indexer.engine.query import Hearing, Sounding, Standing
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import DocAddress, Schema, Searcher

    from indexer.engine.query import SoundQuery

_FIELDS: Final = {
    Hearing.EXACT: "sounds",
    Hearing.ROUGH: "rough_sounds",
    Hearing.BEGUN: "sounds",
    Hearing.INITIALS: "initials",
    Hearing.INITIALS_BEGUN: "initials",
    Hearing.LACKING: "told_chars",
}


def sounding(records: Searcher, schema: Schema, query: SoundQuery) -> list[Sounding]:
    """Records that sound as was asked; see the port."""
    if not query.ways:
        return []
    # A name is kept by its rough sound alone: few are spelt in one way.
    field = "named_sounds" if query.names else _FIELDS[query.hearing]
    known = "named_chars" if query.names else "told_chars"
    clauses = [
        (
            Occur.Must,
            silent(any_of(heard(schema, field, way, query.hearing) for way in query.ways)),
        ),
        *visible(schema, query.viewer, query.denied),
        *(visible(schema, query.within, frozenset()) if query.within else ()),
        *narrowed(schema, query.filters),
        *((Occur.MustNot, run_in(schema, known, run)) for run in query.without),
    ]
    stored = "named" if query.names else "told"
    found = newest(records, clauses, query.limit)
    documents = [records.doc(address) for address in found]
    return [
        Sounding(
            record_id=RecordId(str(document.get_first("record_id"))),
            pieces=bytes(document.get_first(stored) or b"").decode(),
        )
        for document in documents
    ]


def heard(schema: Schema, field: str, way: Sequence[str], hearing: Hearing) -> Query:
    """Records that sound one way."""
    match hearing:
        case Hearing.INITIALS:
            return Query.term_query(schema, field, "".join(way))
        case Hearing.INITIALS_BEGUN:
            return Query.regex_query(schema, field, f"{re.escape(''.join(way))}.*")
        case Hearing.LACKING:
            return any_of(
                Query.phrase_query(
                    schema, field, [(at + (at >= gap), each) for at, each in enumerate(way)]
                )
                for gap in range(1, len(way))
            )
        case Hearing.BEGUN:
            return Query.phrase_prefix_query(schema, field, list(way))
        case _:
            return run_in(schema, field, way)


def run_in(schema: Schema, field: str, tokens: Sequence[str]) -> Query:
    """Tokens next to each other, in this order."""
    if len(tokens) == 1:
        return Query.term_query(schema, field, tokens[0])
    return Query.phrase_query(schema, field, list(tokens))


def standing(
    records: Searcher,
    schema: Schema,
    conditions: list[tuple[Occur, Query]],
    runs: Sequence[Sequence[str]],
    where: Standing,
) -> list[int]:
    """In how many records each run stands; see the port.

    Of many runs few stand anywhere: they are asked for all at once, and then in halves.
    """
    if not runs:
        return []
    runs_asked = [
        literal_run(schema, "body", tuple(run))
        if where is Standing.BODY
        else run_in(schema, "told_chars", run)
        for run in runs
    ]
    found = number_of(records, [(Occur.Must, any_of(map(silent, runs_asked))), *conditions])
    if len(runs) == 1 or not found:
        return [found] * len(runs)
    middle = len(runs) // 2
    halves = (runs[:middle], runs[middle:])
    return [
        count for half in halves for count in standing(records, schema, conditions, half, where)
    ]


def newest(records: Searcher, clauses: list[tuple[Occur, Query]], limit: int) -> list[DocAddress]:
    """The newest records that meet all clauses; the order is total, whatever the index holds."""
    found = records.search(
        Query.boolean_query(clauses),
        limit,
        count=False,
        order_by_field="newest",
        order=Order.Desc,
    )
    return [address for _, address in found.hits]
