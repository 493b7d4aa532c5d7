"""The pages of a record on which the question was met, from which one goes on to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Record
    from search_api.answers import Fragment, RecordHits


@dataclass(frozen=True, slots=True, kw_only=True)
class HitLine:
    """One page with its best lines. ``file_name``: its file, where the record has several."""

    page: int
    file_name: str
    url: str
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitsView:
    """Pages in reading order.

    Attributes:
        total: How many there are. is_whole: Whether these are all.
        first: Place of the first that is listed.
        previous_url: The ones before, or ``None``. next_url: The ones after.
    """

    total: int
    is_whole: bool
    first: int
    lines: tuple[HitLine, ...]
    previous_url: str | None
    next_url: str | None


def hits_view(
    record: Record, hits: RecordHits, origin: Mapping[str, Any], step: int
) -> HitsView | None:
    """The pages as the record's page lists them, ``step`` at a time; ``None`` without any."""
    if not hits.total:
        return None
    names = {file.ordinal: file.name for file in record.files}

    def turn(after: int) -> str:
        return url_for(
            "records.record", record_id=record.record_id, after=after, _anchor="hits", **origin
        )

    return HitsView(
        total=hits.total,
        is_whole=hits.is_whole,
        first=hits.after + 1,
        lines=tuple(
            HitLine(
                page=each.page,
                file_name=names[each.file_ordinal] if len(names) > 1 else "",
                url=url_for(
                    "records.page",
                    record_id=record.record_id,
                    file=each.file_ordinal,
                    page=each.page,
                    _anchor="hit",
                    **origin,
                ),
                fragments=each.fragments,
            )
            for each in hits.listed
        ),
        previous_url=turn(max(0, hits.after - step)) if hits.after else None,
        next_url=turn(hits.after + step) if hits.after + step < hits.total else None,
    )
