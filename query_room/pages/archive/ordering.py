"""Beginning an import: which folder of the server, and how its files are to come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from indexer.catalogue.reading import SUFFIXES
from indexer.errors import ImportRefusedError
from indexer.ordering.requests import path_key
from indexer.storage.names import shown
from query_room.accounts import Permission
from query_room.archive.ordering import ImportWishes
from query_room.errors import InvalidFieldError
from query_room.pages.archive.labels import LEVEL_HINTS
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.room import Room

_BAD_REQUEST = 400
_NOT_FOUND = 404
_MANAGE = Permission.MANAGE_ARCHIVE
_MAX_DIGITS = 3


def add_ordering(pages: Blueprint, room: Room) -> None:
    """Add the routes that begin an import."""

    def folder_page(root: int, key: str, problem: FormProblem | None = None) -> str:
        by = require_account(_MANAGE)
        place = room.archive.orders.place(root, key, by=by)
        return render_template(
            "archive/folder.html",
            place=place,
            folder_path=path_key(place.path),
            catalogues=_with_chosen(place.catalogues, request.values.get("catalogue", "")),
            profiles=profile_names(room, by),
            level_hints=LEVEL_HINTS,
            problem=problem,
            form=request.values,
        )

    @pages.get("/batches/new")
    def new_batch() -> str:
        """Where the files are: on the server, or on one's own machine."""
        return new_batch_page(room)

    @pages.get("/batches/new/folder")
    def folder() -> str | Response:
        """A folder of the server, and how to import it."""
        require_account(_MANAGE)
        try:
            return folder_page(_number(request.args), request.args.get("key", ""))
        except ImportRefusedError as error:
            # Not there, or out of bounds: which of the two is nobody's business.
            return make_response(new_batch_page(room, problem_of(error)), _NOT_FOUND)

    @pages.post("/batches/new/folder")
    def try_folder() -> AnyResponse | Response:
        """Look what importing a folder would do."""
        by = require_account(_MANAGE)
        root, key = _number(request.form), request.form.get("key", "")
        try:
            order_id = room.archive.orders.try_folder(
                root, key, request.form.get("catalogue", ""), wishes_of(request.form), by=by
            )
        except InvalidFieldError as error:
            return make_response(folder_page(root, key, problem_of(error)), _BAD_REQUEST)
        except ImportRefusedError as error:
            return make_response(new_batch_page(room, problem_of(error)), _NOT_FOUND)
        return redirect(url_for("archive.order", order_id=order_id))


def new_batch_page(
    room: Room, problem: FormProblem | None = None, form: Mapping[str, str] | None = None
) -> str:
    """The page where an import begins.

    Args:
        room: Whose.
        problem: What was wrong with what was sent.
        form: What was sent.
    """
    by = require_account(_MANAGE)
    return render_template(
        "archive/new_batch.html",
        roots=room.archive.orders.roots(by=by),
        profiles=profile_names(room, by),
        catalogue_suffixes=SUFFIXES,
        level_hints=LEVEL_HINTS,
        limit_mb=room.settings.upload_mb,
        limit_files=room.settings.upload_files,
        problem=problem,
        form=form or request.args,
    )


def wishes_of(form: Mapping[str, str]) -> ImportWishes:
    """How files are to be imported, as a form says it."""
    return ImportWishes(
        level=form.get("level", ""),
        source_name=form.get("source", ""),
        in_place=form.get("originals") == "in_place",
        profile=form.get("profile", ""),
    )


def profile_names(room: Room, by: Account) -> list[str]:
    """What the profiles in force are called, the one saved last first."""
    return [each.name for each in room.archive.catalogues.profiles(by=by)]


def _with_chosen(catalogues: tuple[tuple[str, str], ...], key: str) -> tuple[tuple[str, str], ...]:
    """Catalogues of a folder, and the one that was chosen from another folder."""
    if not key or key in dict(catalogues):
        return catalogues
    return (*catalogues, (key, shown(key)))


def _number(given: Mapping[str, str]) -> int:
    """The root that an address or form names; one that there cannot be where it names none."""
    text = given.get("root", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else -1
