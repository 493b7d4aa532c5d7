"""Coverage: how much of the archive can be searched, record by record and file by file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from flask import Blueprint, render_template, request

from indexer.records import TextState
from indexer.repositories.coverage import Branch
from query_room.accounts import Permission
from query_room.archive import Grouping
from query_room.errors import InvalidFieldError
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.archive.view_models import branch_names, coverage_view, covered_record
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room

E = TypeVar("E", bound=StrEnum)
_MANAGE: Final = Permission.MANAGE_ARCHIVE
_MAX_VALUE: Final = 200
_YEAR: Final = 4


def add_coverage(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of coverage."""

    @pages.get("/coverage")
    def coverage() -> str:
        """How much of the archive can be searched, by fonds or by year."""
        by = require_account(_MANAGE)
        grouping = _one_of(Grouping, "by") or Grouping.FONDS
        found = room.archive.coverage.overview(grouping, by=by, viewer=asking.viewer())
        return render_template(
            "archive/coverage.html",
            view=coverage_view(found, grouping),
            recognition=found.recognition,
        )

    @pages.get("/coverage/records")
    def covered() -> str:
        """Records of a fonds or a year, or those with so much text."""
        by = require_account(_MANAGE)
        branch = Branch(
            state=_one_of(TextState, "state"),
            fonds=_narrowed("fonds", _MAX_VALUE),
            year=_narrowed("year", _YEAR),
        )
        page = room.archive.coverage.records(branch, page_number(), by=by, viewer=asking.viewer())
        return render_template(
            "archive/covered.html",
            records=[covered_record(each) for each in page.items],
            names=branch_names(branch),
            pager=pager_of(page),
        )

    @pages.get("/unread")
    def unread() -> str:
        """Files that gave no text, with the reason of each."""
        by = require_account(_MANAGE)
        reason = request.args.get("reason", "")
        page, counts = room.archive.coverage.unread(reason, page_number(), by=by)
        return render_template(
            "archive/unread.html",
            files=page.items,
            counts=counts,
            reason=reason,
            pager=pager_of(page),
        )


def _one_of(kind: type[E], name: str) -> E | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise InvalidFieldError(name, "unknown") from None


def _narrowed(name: str, limit: int) -> str | None:
    """The value asked for; an empty one asks for what has none."""
    text = request.args.get(name)
    # A NUL ends a text for PostgreSQL: no such value was ever stored.
    if text is not None and (len(text) > limit or "\0" in text):
        raise InvalidFieldError(name, "unknown")
    return text
