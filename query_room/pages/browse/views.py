"""Routes of browsing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext

from query_room.pages.browse.view_models import Branch, Crumb, branches_of
from search_api.service import BROWSE_PAGE

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room

_LEVELS = ("fonds", "category", "volume")


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of browsing."""
    pages = Blueprint("browse", __name__)

    @pages.get("/browse")
    def browse() -> str:
        """What lies below one branch, counted within the reader's rights."""
        path = _path()
        number = request.args.get("page", "1")
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 1_000_000):  # noqa: PLR2004
            abort(404)
        page = int(number)
        entries = room.search.browse(asking.viewer(), path, page)
        if not entries and (path or page > 1):
            # Absent and forbidden branches are one answer.
            abort(404)
        branches: tuple[Branch, ...] = branches_of(entries, path)
        items = sum(branch.is_item for branch in branches)
        following: dict[str, Any] = dict(zip(_LEVELS, path, strict=False))
        return render_template(
            "browse.html",
            branches=branches,
            crumbs=_crumbs(path),
            previous_url=url_for("browse.browse", **following, page=page - 1) if page > 1 else None,
            next_url=url_for("browse.browse", **following, page=page + 1)
            if items == BROWSE_PAGE
            else None,
        )

    return pages


def _path() -> tuple[str, ...]:
    """The branch in the address, from the top down to the first level that is not named."""
    path: list[str] = []
    for level in _LEVELS:
        if level not in request.args:
            break
        path.append(request.args[level])
    return tuple(path)


def _crumbs(path: tuple[str, ...]) -> tuple[Crumb, ...]:
    crumbs = [Crumb(label=gettext("All fonds"), url=url_for("browse.browse"))]
    for depth, value in enumerate(path, start=1):
        above: dict[str, Any] = dict(zip(_LEVELS, path[:depth], strict=False))
        address = url_for("browse.browse", **above)
        crumbs.append(Crumb(label=value or gettext("(none)"), url=address))
    return tuple(crumbs)
