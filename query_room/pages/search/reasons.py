"""Why a record is in the answer, in words: where it was met, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import url_for
from flask_babel import LazyString, gettext, ngettext

from query_room.pages.labels import PLACES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.records import Record
    from search_api.answers import WhyMet

Label: TypeAlias = "str | LazyString"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsView:
    """The line under a hit.

    Attributes:
        places: Where it was met, pages last.
        more: How many pages more it was met on, or ``""``. more_url: Where they are listed.
        lacks: Parts of the question it has nowhere.
    """

    places: tuple[Label, ...]
    more: str
    more_url: str
    lacks: tuple[str, ...]


def reasons_view(record: Record, why: WhyMet, origin: Mapping[str, Any]) -> ReasonsView:
    """The reasons as the result page tells them."""
    return ReasonsView(
        places=(*(PLACES[place] for place in why.places), *_pages(record, why)),
        more=_more(why),
        more_url=url_for("records.record", record_id=record.record_id, _anchor="hits", **origin),
        lacks=why.lacks,
    )


def _pages(record: Record, why: WhyMet) -> Iterator[str]:
    roles = {file.ordinal: file.role for file in record.files}
    for ordinal, places in groupby(why.pages, key=lambda where: where[0]):
        if ordinal in roles:
            numbers = gettext(", ").join(str(page) for _, page in places)
            yield str(
                gettext("%(file)s page %(numbers)s", file=ROLES[roles[ordinal]], numbers=numbers)
            )


def _more(why: WhyMet) -> str:
    more = why.pages_total - len(why.pages)
    if why.has_more_pages:
        return str(gettext("more pages"))
    if not more:
        return ""
    return str(ngettext("%(shown)s more page", "%(shown)s more pages", more, shown=f"{more:,}"))
