"""The form of an entry as a page, and what came back with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request

from query_room.pages.counter_labels import OUTCOMES
from query_room.pages.register.forms import parse_entry
from query_room.pages.register.view_models import item_form
from query_room.register.rules import MAX_ITEMS

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from indexer.records import Record
    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.pages.forms import FormProblem
    from query_room.register import NewEntry
    from query_room.room import Room
    from query_room.visits import Visit


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form with which an entry is written or corrected."""

    room: Room
    asking: Asking

    def records(self, form: MultiDict[str, str]) -> list[Record]:
        """The records of a form, within the rights of whoever fills it in."""
        wanted = list(dict.fromkeys(form.getlist("record")))[:MAX_ITEMS]
        viewer = self.asking.viewer()
        return [self.room.search.record(each, viewer) for each in wanted]

    def show(
        self,
        visit: Visit,
        form: MultiDict[str, str],
        by: Account,
        *,
        problem: FormProblem | None = None,
        corrects: str | None = None,
    ) -> str:
        """The form as a page."""
        search_id = form.get("search", "")
        shown = self.room.history.hits_of(visit.visit_id, search_id, by=by)
        items = [
            item_form(record, standing=visit.standing, is_by_hand=record.record_id not in shown)
            for record in self.records(form)
        ]
        return render_template(
            "register/form.html",
            visit=visit,
            form=form,
            items=items,
            item_fields=[f"item-{item.record_id}" for item in items],
            outcomes=OUTCOMES,
            problem=problem,
            corrects=corrects,
        )

    def filled_in(self, visit: Visit, by: Account) -> NewEntry:
        """The entry that was sent.

        Raises:
            InvalidFieldError: A field cannot be used.
        """
        search_id = request.form.get("search", "")
        return parse_entry(
            request.form, self.room.history.hits_of(visit.visit_id, search_id, by=by)
        )
