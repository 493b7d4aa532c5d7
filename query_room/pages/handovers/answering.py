"""One handover: its steps, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from indexer.errors import QueryRoomError, RecordNotFoundError
from query_room.accounts import Permission
from query_room.errors import HandoverNotFoundError, PermissionDeniedError
from query_room.outcomes import Outcome
from query_room.pages.counter_labels import OUTCOMES, STEPS
from query_room.pages.forms import FormProblem, chosen, problem_of
from query_room.pages.guards import require_account
from query_room.pages.handovers import picks
from query_room.pages.handovers.view_models import handover_view
from query_room.visits import NewAnswer, Step

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_SERVE = Permission.SERVE_VISITORS
_ANSWER = Permission.ANSWER_HANDOVERS


def add_answering(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes of one handover."""
    steps = {
        Step.TAKE: room.handovers.take,
        Step.PUT_BACK: room.handovers.put_back,
        Step.DELIVER: room.handovers.deliver,
        Step.CANCEL: room.handovers.cancel,
    }

    def show(handover_id: str, problem: FormProblem | None = None) -> str:
        by = require_account(_SERVE)
        viewer = asking.viewer()
        found = room.handovers.load(handover_id, by=by, viewer=viewer)
        view = handover_view(
            found,
            room.history.of_visit(found.visit_id, by=by, viewer=viewer),
            picks.picks_in_hand(),
            account=by,
            find_record=lambda record_id: room.search.record(record_id, viewer),
        )
        return render_template(
            "handovers/handover.html",
            view=view,
            form=request.form,
            problem=problem,
            outcomes=OUTCOMES,
            steps=STEPS,
        )

    @pages.get("/<handover_id>")
    def handover(handover_id: str) -> str:
        """One handover: what was asked, where it stands, what was answered."""
        return show(handover_id)

    @pages.post("/<handover_id>/steps/<step>")
    def take_step(handover_id: str, step: str) -> AnyResponse:
        """Take it, put it back, tell the visitor, ask no longer."""
        by = require_account(_SERVE)
        if step not in {each.value for each in steps}:
            abort(404)
        steps[Step(step)](handover_id, by=by)
        if step == Step.TAKE:
            picks.work_at(handover_id)
        elif (held := picks.picks_in_hand()) is not None and held.handover_id == handover_id:
            picks.put_down()
        return redirect(url_for("handovers.handover", handover_id=handover_id))

    @pages.post("/<handover_id>/answer")
    def answer(handover_id: str) -> AnyResponse | Response:
        """Send the answer back to the visit."""
        by = require_account(_ANSWER)
        held = picks.picks_in_hand()
        mine = held if held is not None and held.handover_id == handover_id else None
        try:
            outcome = chosen(request.form, "outcome", Outcome)
            answered = NewAnswer(
                text=request.form.get("text", ""),
                outcome=outcome,
                records=mine.records if mine else (),
                searches=mine.searches if mine else (),
            )
            room.handovers.answer(handover_id, answered, by=by, viewer=asking.viewer())
        except (PermissionDeniedError, RecordNotFoundError, HandoverNotFoundError):
            raise
        except QueryRoomError as error:
            return make_response(show(handover_id, problem_of(error)), _BAD_REQUEST)
        picks.put_down()
        flash(gettext("Answered. The counter tells the visitor."))
        return redirect(url_for("handovers.handover", handover_id=handover_id))
