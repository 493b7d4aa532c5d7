"""Records by their sound. They come newest first: no score, so no statistics of hidden records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.engine.conditions import MANY
from indexer.engine.expressions import Not, Phrase, Term, Wildcard, every, run_in, silent, some
from indexer.engine.query import Hearing, Sounding, Standing
from indexer.engine.searching.queries import literal_run, narrowed, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.query import SoundQuery
    from indexer.engine.snapshot import Found, Snapshot

_FIELDS: Final = {
    Hearing.EXACT: "sounds",
    Hearing.ROUGH: "rough_sounds",
    Hearing.BEGUN: "sounds",
    Hearing.INITIALS: "initials",
    Hearing.INITIALS_BEGUN: "initials",
    Hearing.LACKING: "told_chars",
}


def sounding(records: Snapshot, query: SoundQuery) -> list[Sounding]:
    """Records that sound as was asked; see the port."""
    if not query.ways:
        return []
    # A name is kept by its rough sound alone: few are spelt in one way.
    field = "named_sounds" if query.names else _FIELDS[query.hearing]
    known = "named_chars" if query.names else "told_chars"
    conditions = [
        silent(some(heard(field, way, query.hearing) for way in query.ways)),
        *visible(query.viewer, query.denied),
        *(visible(query.within, frozenset()) if query.within else ()),
        *narrowed(query.filters),
        *(Not(run_in(known, tuple(run))) for run in query.without),
    ]
    found = newest(records, conditions, query.limit).places
    kept = records.kept(found, "named" if query.names else "told")
    return [
        Sounding(record_id=record_id, pieces=pieces)
        for record_id, pieces in zip(records.record_ids(found), kept, strict=True)
    ]


def heard(field: str, way: Sequence[str], hearing: Hearing) -> Expression:
    """Records that sound one way."""
    match hearing:
        case Hearing.INITIALS:
            return Term(field, "".join(way))
        case Hearing.INITIALS_BEGUN:
            return Wildcard(field, "".join(way) + MANY)
        case Hearing.LACKING:
            return some(Phrase(field, tuple(way), gap=gap) for gap in range(1, len(way)))
        case Hearing.BEGUN:
            return Phrase(field, tuple(way), is_begun=True)
        case _:
            return run_in(field, tuple(way))


def standing(
    records: Snapshot,
    conditions: Sequence[Expression],
    runs: Sequence[Sequence[str]],
    where: Standing,
) -> list[int]:
    """In how many records each run stands; see the port.

    Of many runs few stand anywhere: they are asked for all at once, and then in halves.
    """
    if not runs:
        return []
    runs_asked = [
        literal_run("body", tuple(run))
        if where is Standing.BODY
        else run_in("told_chars", tuple(run))
        for run in runs
    ]
    found = records.tally(every([some(map(silent, runs_asked)), *conditions])).total
    if len(runs) == 1 or not found:
        return [found] * len(runs)
    middle = len(runs) // 2
    halves = (runs[:middle], runs[middle:])
    return [count for half in halves for count in standing(records, conditions, half, where)]


def newest(records: Snapshot, conditions: Sequence[Expression], limit: int) -> Found:
    """The newest records that meet all conditions; the order is total, whatever the index holds."""
    return records.ordered(every(conditions), "newest", is_descending=True, limit=limit)
