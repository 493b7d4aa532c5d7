"""The table of variants: looked through, changed one by one, and words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.analysis.thesaurus import Relation, key_of_term
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import Kind
from query_room.accounts import Permission
from query_room.archive.paging import page_of
from query_room.pages.archive.paging import page_number, pager_of
from query_room.pages.archive.vocabulary_form import FIELDS, entry_of, fields_of
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.pages.forms import FormProblem
    from query_room.room import Room
    from query_room.vocabulary import Effects

_BAD_REQUEST: Final = 400
_MANAGE: Final = Permission.MANAGE_ARCHIVE
_LOOK: Final = "look"


def add_vocabulary(pages: Blueprint, room: Room, asking: Asking) -> None:  # noqa: C901 - routes
    """Add the routes of entries and words."""

    def list_page(problem: FormProblem | None = None) -> str:
        require_account(_MANAGE)
        present = room.vocabulary.present()
        sought = key_of_term(request.args.get("q", ""))
        kind = request.args.get("kind", "")
        found = [
            each
            for each in present.vocabulary.entries
            if (not sought or any(sought in key for key in each.key))
            and (not kind or each.kind == kind)
        ]
        page = page_of(found, page_number())
        return render_template(
            "archive/vocabulary.html",
            present=present,
            entries=page.items,
            pager=pager_of(page, url_for("archive.vocabulary")),
            form=request.form,
            problem=problem,
            asked=request.args,
        )

    def entry_page(
        form: dict[str, str],
        was: tuple[str, str] | None,
        problem: FormProblem | None = None,
        effects: Effects | None = None,
    ) -> str:
        return render_template(
            "archive/vocabulary_entry.html",
            form=form,
            was=was,
            problem=problem,
            effects=effects,
            fields=FIELDS,
            relations=Relation,
            kinds=Kind,
        )

    @pages.get("/vocabulary")
    def vocabulary() -> str:
        """Entries and words in force."""
        return list_page()

    @pages.get("/vocabulary/entry")
    def vocabulary_entry() -> str | Response:
        """One entry to be changed, or an empty form for a new one."""
        require_account(_MANAGE)
        if "term" not in request.args:
            return entry_page({}, None)
        was = (request.args["term"], request.args.get("other", ""))
        key = (key_of_term(was[0]), key_of_term(was[1]))
        for each in room.vocabulary.present().vocabulary.entries:
            if each.key == key:
                return entry_page(fields_of(each), was)
        return make_response(
            list_page(problem_of(VocabularyRefusedError("no_entry"))), _BAD_REQUEST
        )

    @pages.post("/vocabulary/entry")
    def keep_entry() -> AnyResponse | Response | str:
        """Look at what an entry would change, or keep it."""
        by = require_account(_MANAGE)
        form = {name: request.form.get(name, "").strip() for name in (*FIELDS, "reason")}
        was = _was()
        key = (key_of_term(was[0]), key_of_term(was[1])) if was else None
        try:
            entry = entry_of(form)
            if _LOOK in request.form:
                after = room.vocabulary.with_entry(entry, instead_of=key)
                seen = room.vocabulary_effects.of(after, by=by, viewer=asking.viewer())
                return entry_page(form, was, effects=seen)
            number = room.vocabulary.keep_entry(
                entry, instead_of=key, reason=form["reason"], by=by.name
            )
        except VocabularyRefusedError as error:
            return make_response(entry_page(form, was, problem_of(error)), _BAD_REQUEST)
        return done(number)

    @pages.post("/vocabulary/entry/remove")
    def remove_entry() -> AnyResponse | Response:
        """Take an entry out."""
        by = require_account(_MANAGE)
        was = _was() or ("", "")
        try:
            number = room.vocabulary.remove_entry(
                (key_of_term(was[0]), key_of_term(was[1])),
                reason=request.form.get("reason", ""),
                by=by.name,
            )
        except VocabularyRefusedError as error:
            return make_response(list_page(problem_of(error)), _BAD_REQUEST)
        return done(number)

    @pages.post("/vocabulary/words")
    def change_words() -> AnyResponse | Response:
        """Add a word of the office, or take one out."""
        by = require_account(_MANAGE)
        word, reason = request.form.get("word", "").strip(), request.form.get("reason", "")
        change = (
            room.vocabulary.remove_word if "remove" in request.form else room.vocabulary.keep_word
        )
        try:
            number = change(word, reason=reason, by=by.name)
        except VocabularyRefusedError as error:
            return make_response(list_page(problem_of(error)), _BAD_REQUEST)
        return done(number)


def _was() -> tuple[str, str] | None:
    """The terms of the entry that is changed, or ``None`` for a new one."""
    was = (request.form.get("was_term", ""), request.form.get("was_other", ""))
    return was if all(was) else None


def done(number: int) -> AnyResponse:
    """Back to the list, with word of the version that is in force now."""
    flash(gettext("Version %(number)s is in force.", number=number))
    return redirect(url_for("archive.vocabulary"))
