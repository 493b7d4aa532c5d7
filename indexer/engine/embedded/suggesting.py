"""What may be meant by what was typed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tantivy import Occur, Query

from indexer.engine.embedded.counting import values
from indexer.engine.embedded.queries import any_of, literal_run, silent
from indexer.engine.embedded.sounding import heard, newest, run_in
from indexer.engine.port import BOUNDARY
from indexer.engine.query import Hearing, Suggested
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tantivy import Schema, Searcher

    from indexer.engine.query import Typed

_VALUES: Final = ("agency", "place")


def suggested(
    records: Searcher,
    schema: Schema,
    typed: Typed,
    rights: list[tuple[Occur, Query]],
    limit: int,
) -> Suggested:
    """Titles, agencies and places; see the port."""
    sounds = _sounds(schema, typed, "title_")
    begins = literal_run(schema, "title", (BOUNDARY, *typed.chars))
    contains = literal_run(schema, "title", typed.chars)
    titles: dict[RecordId, None] = {}
    for kind in (begins, contains, *((any_of(sounds),) if sounds else ())):
        if len(titles) >= limit:
            break
        clauses = [(Occur.Must, silent(kind)), *rights]
        found = newest(records, clauses, limit)
        titles.update(
            dict.fromkeys(RecordId(str(records.doc(each).get_first("record_id"))) for each in found)
        )
    named = any_of([run_in(schema, "told_chars", typed.chars), *_sounds(schema, typed)])
    agencies, places = values(
        records, Query.boolean_query([(Occur.Must, silent(named)), *rights]), _VALUES
    )
    return Suggested(titles=tuple(titles)[:limit], agencies=agencies, places=places)


def _sounds(schema: Schema, typed: Typed, part: str = "") -> list[Query]:
    ways: Iterable[Query] = (
        heard(schema, f"{part}sounds", way, Hearing.BEGUN) for way in typed.ways
    )
    if not typed.initials:
        return list(ways)
    return [*ways, heard(schema, f"{part}initials", tuple(typed.initials), Hearing.INITIALS_BEGUN)]
