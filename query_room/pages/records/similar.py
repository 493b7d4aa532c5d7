"""Records like the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext

if TYPE_CHECKING:
    from search_api.answers import SimilarRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarView:
    """A record like another. ``shared``: the words both have, in one line."""

    title: str
    url: str
    facts: tuple[str, ...]
    shared: str


def similar_view(similar: SimilarRecord) -> SimilarView:
    """The record as the list shows it."""
    about = similar.record.description
    date = about.date.isoformat() if about.date else ""
    facts = (about.document_number, about.agency, date)
    return SimilarView(
        title=about.title or gettext("(without title)"),
        url=url_for("records.record", record_id=similar.record.record_id),
        facts=tuple(filter(None, facts)),
        shared=gettext(", ").join(similar.shared),
    )
