"""What may be meant by what was typed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.engine.expressions import every, run_in, silent, some
from indexer.engine.port import BOUNDARY
from indexer.engine.query import Hearing, Suggested
from indexer.engine.searching.counting import values
from indexer.engine.searching.queries import literal_run
from indexer.engine.searching.sounding import heard, newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.query import Typed
    from indexer.engine.snapshot import Snapshot
    from indexer.records import RecordId

_VALUES: Final = ("agency", "place")


def suggested(
    records: Snapshot, typed: Typed, rights: Sequence[Expression], limit: int
) -> Suggested:
    """Titles, agencies and places; see the port."""
    sounds = _sounds(typed, "title_")
    begins = literal_run("title", (BOUNDARY, *typed.chars))
    contains = literal_run("title", typed.chars)
    titles: dict[RecordId, None] = {}
    for kind in (begins, contains, *((some(sounds),) if sounds else ())):
        if len(titles) >= limit:
            break
        found = newest(records, [silent(kind), *rights], limit)
        titles.update(dict.fromkeys(records.record_ids(found.places)))
    named = some([run_in("told_chars", typed.chars), *_sounds(typed)])
    agencies, places = values(records, every([silent(named), *rights]), _VALUES)
    return Suggested(titles=tuple(titles)[:limit], agencies=agencies, places=places)


def _sounds(typed: Typed, part: str = "") -> list[Expression]:
    sounds = [heard(f"{part}sounds", way, Hearing.BEGUN) for way in typed.ways]
    if typed.initials:
        sounds.append(heard(f"{part}initials", tuple(typed.initials), Hearing.INITIALS_BEGUN))
    return sounds
