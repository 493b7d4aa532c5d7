"""What the browsing page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.repositories.browsing import BrowseEntry

_LEVELS = ("fonds", "category", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A step on the way here."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch below this one, or an item."""

    code: str
    label: str
    count: int
    url: str
    is_item: bool


def branches_of(entries: Sequence[BrowseEntry], path: tuple[str, ...]) -> tuple[Branch, ...]:
    """Entries with their addresses."""
    return tuple(_branch(entry, path) for entry in entries)


def _branch(entry: BrowseEntry, path: tuple[str, ...]) -> Branch:
    if entry.record_id is not None:
        url = url_for("records.record", record_id=entry.record_id)
    else:
        below: dict[str, Any] = dict(zip(_LEVELS, (*path, entry.value), strict=False))
        url = url_for("browse.browse", **below)
    return Branch(
        code=entry.value if entry.label != entry.value else "",
        label=entry.label or gettext("(none)"),
        count=entry.count,
        url=url,
        is_item=entry.record_id is not None,
    )
