"""Catalogues: looked at before an import, and how those of one form are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from indexer.errors import ImportRefusedError, QueryRoomError
from query_room.accounts import Permission
from query_room.archive.catalogues import MAX_UPLOAD_BYTES, CatalogueSource
from query_room.errors import InvalidFieldError
from query_room.pages.archive.catalogue_forms import form_of, is_named, profile_of_form
from query_room.pages.archive.catalogue_view import catalogue_view
from query_room.pages.forms import FormProblem, problem_of
from query_room.pages.guards import require_account
from query_room.upload_limits import takes_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug import Response as AnyResponse

    from indexer.importing.previewing import Preview
    from query_room.room import Room

_BAD_REQUEST = 400
_MANAGE = Permission.MANAGE_ARCHIVE


def add_catalogues(pages: Blueprint, room: Room) -> None:  # noqa: C901 - one block per route
    """Add the routes of catalogues."""

    def list_page(error: QueryRoomError | None = None) -> str:
        by = require_account(_MANAGE)
        return render_template(
            "archive/catalogues.html",
            roots=room.archive.catalogues.roots(by=by),
            places=room.archive.orders.roots(by=by),
            profiles=room.archive.catalogues.profiles(by=by),
            form=request.values,
            problem=_problem(error) if error else None,
        )

    def preview_page(
        source: CatalogueSource,
        shown: Preview,
        form: Mapping[str, str],
        error: QueryRoomError | None = None,
    ) -> str:
        return render_template(
            "archive/catalogue.html",
            source=source,
            shown=shown,
            view=catalogue_view(shown),
            form=form,
            problem=_problem(error) if error else None,
            start_url=_start_url(room, source, shown),
        )

    @pages.get("/catalogues")
    def catalogues() -> str:
        """Choose a catalogue; profiles that are kept."""
        return list_page()

    @pages.post("/catalogues")
    @takes_files(MAX_UPLOAD_BYTES)
    def upload_catalogue() -> AnyResponse | Response:
        """Take a catalogue that is sent, and show it."""
        by = require_account(_MANAGE)
        sent = request.files.get("catalogue")
        try:
            called = room.archive.catalogues.receive(
                sent.filename or "" if sent else "", sent.read() if sent else b"", by=by
            )
        except ImportRefusedError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        folder = request.form.get("folder", "")
        return redirect(url_for("archive.catalogue", upload=called, folder=folder or None))

    @pages.get("/catalogues/preview")
    def catalogue() -> str | Response:
        """How a catalogue would be read and joined; nothing is written."""
        by = require_account(_MANAGE)
        source = _source(request.args)
        try:
            shown = room.archive.catalogues.preview(
                source, by=by, profile=request.args.get("profile", "")
            )
        except ImportRefusedError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        read = shown.catalogue
        form = form_of(read.rules, read.profile.name if read.profile is not None else "")
        return preview_page(source, shown, form)

    @pages.post("/catalogues/preview")
    def settle_catalogue() -> AnyResponse | Response | str:
        """Read it by what was settled; keep that as a profile, if asked to."""
        by = require_account(_MANAGE)
        source = _source(request.form)
        try:
            shown = room.archive.catalogues.preview(source, by=by)
        except ImportRefusedError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        try:
            profile = profile_of_form(request.form, shown.catalogue)
            if "save" in request.form:
                if not is_named(request.form):
                    raise InvalidFieldError("name", "required")  # noqa: TRY301 - one way to be told
                saved = room.archive.catalogues.save(profile, by=by)
                flash(
                    gettext(
                        "Kept as “%(name)s”, version %(version)s.",
                        name=saved.name,
                        version=saved.version,
                    )
                )
                return redirect(_address(source, saved.name))
            shown = room.archive.catalogues.preview(source, by=by, draft=profile)
        except (ImportRefusedError, InvalidFieldError) as error:
            return make_response(preview_page(source, shown, request.form, error), _BAD_REQUEST)
        return preview_page(source, shown, request.form)

    @pages.post("/catalogues/retire")
    def retire_profile() -> AnyResponse | Response:
        """Use a profile no longer."""
        by = require_account(_MANAGE)
        try:
            room.archive.catalogues.retire(request.form.get("name", ""), by=by)
        except ImportRefusedError as error:
            return make_response(list_page(error), _BAD_REQUEST)
        flash(gettext("The profile is used no longer."))
        return redirect(url_for("archive.catalogues"))


def _source(form: Mapping[str, str]) -> CatalogueSource:
    return CatalogueSource(
        path=form.get("path", ""), upload=form.get("upload", ""), folder=form.get("folder", "")
    )


def _start_url(room: Room, source: CatalogueSource, shown: Preview) -> str:
    """Where an import with this catalogue begins, read as it is read here."""
    read = shown.catalogue.profile
    # One that is only tried has no version: an import knows nothing of it.
    profile = read.name if read is not None and read.version else None
    if source.upload:
        return url_for("archive.new_batch", profile=profile)
    way = room.archive.catalogues.way(source, by=require_account(_MANAGE))
    return url_for(
        "archive.folder",
        root=way.root,
        key=way.folder,
        catalogue=way.catalogue,
        profile=profile,
    )


def _address(source: CatalogueSource, profile: str) -> str:
    return url_for(
        "archive.catalogue",
        path=source.path or None,
        upload=source.upload or None,
        folder=source.folder or None,
        profile=profile,
    )


def _problem(error: QueryRoomError) -> FormProblem:
    """What is wrong, with the reader's own words for it behind: archivists pass them on."""
    found = problem_of(error)
    if isinstance(error, InvalidFieldError):
        return found
    return FormProblem(field=found.field, text=f"{found.text} {error}", label=found.label)
