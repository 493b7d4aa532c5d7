"""Routes of organs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.organs import OrganNotFoundError
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.organs.forms import FIELDS, parse_duties, parse_organ, parse_steps
from query_room.pages.requests.labels import DUTIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.pages.forms import FormProblem
    from query_room.room import Room

_BAD_REQUEST = 400
_MANAGE = Permission.MANAGE_ORGANS
_SPARE_STEPS = 2


def create_blueprint(room: Room) -> Blueprint:  # noqa: C901 - one line per route
    """The pages of organs."""
    pages = Blueprint("organs", __name__, url_prefix="/organs")
    pages.context_processor(lambda: {"duties": DUTIES, "fields": FIELDS})

    def list_page(problem: FormProblem | None = None) -> str:
        organs = room.organs.list_all()
        return render_template(
            "organs/overview.html",
            organs=organs,
            names={organ.organ_id: organ.name for organ in organs},
            people={organ.organ_id: room.organs.members(organ.organ_id) for organ in organs},
            form=request.form,
            problem=problem,
        )

    def organ_page(organ_id: str, section: str = "", problem: FormProblem | None = None) -> str:
        organ = room.organs.load(organ_id)
        members = {each.account_name: each.duties for each in room.organs.members(organ_id)}
        known = {field: getattr(organ, field) or "" for field in FIELDS}
        return render_template(
            "organs/organ.html",
            it=organ,
            others=[each for each in room.organs.list_all() if each.organ_id != organ_id],
            members=members,
            accounts=[
                account
                for account in room.accounts.list_all()
                if account.name in members or account.may(Permission.HANDLE_REQUESTS)
            ],
            steps=room.organs.review_steps(organ_id),
            spare_steps=_SPARE_STEPS,
            form=request.form if section == "facts" else known,
            section=section,
            problem=problem,
        )

    def act(
        organ_id: str, section: str, done: str, step: Callable[[str], object]
    ) -> AnyResponse | Response:
        by = require_account(_MANAGE)
        try:
            step(by.name)
        except (PermissionDeniedError, OrganNotFoundError):
            raise
        except QueryRoomError as error:
            return make_response(organ_page(organ_id, section, problem_of(error)), _BAD_REQUEST)
        flash(done)
        return redirect(url_for("organs.organ", organ_id=organ_id))

    @pages.get("/")
    def overview() -> str:
        """Every organ with its people."""
        require_account(_MANAGE)
        return list_page()

    @pages.post("/")
    def add() -> AnyResponse | Response:
        """Add an organ."""
        by = require_account(_MANAGE)
        try:
            new = room.organs.add(
                parse_organ(request.form, request.form.get("organ_id", "")), by=by.name
            )
        except QueryRoomError as error:
            return make_response(list_page(problem_of(error)), _BAD_REQUEST)
        flash(gettext("The organ is added; say who works for it."))
        return redirect(url_for("organs.organ", organ_id=new.organ_id))

    @pages.get("/<organ_id>")
    def organ(organ_id: str) -> str:
        """One organ: what its letters say of it, its people, who signs."""
        require_account(_MANAGE)
        return organ_page(organ_id)

    @pages.post("/<organ_id>")
    def change(organ_id: str) -> AnyResponse | Response:
        """Change what letters say of it."""
        return act(
            organ_id,
            "facts",
            gettext("Kept. Letters from now on say so; earlier ones stay as they were."),
            lambda by: room.organs.change(parse_organ(request.form, organ_id), by=by),
        )

    @pages.post("/<organ_id>/duties")
    def set_duties(organ_id: str) -> AnyResponse | Response:
        """Say what an account is entrusted with."""

        def step(by: str) -> None:
            account = room.accounts.load(request.form.get("account", ""))
            given = parse_duties(request.form)
            if given and not account.may(Permission.HANDLE_REQUESTS):
                raise InvalidFieldError("account", "unknown")
            room.organs.set_duties(organ_id, account.name, given, by=by)

        return act(organ_id, "duties", gettext("The duties are set."), step)

    @pages.post("/<organ_id>/steps")
    def set_steps(organ_id: str) -> AnyResponse | Response:
        """Say who signs, in order."""
        return act(
            organ_id,
            "steps",
            gettext("The steps are set; reviews that are open go on as they began."),
            lambda by: room.organs.set_review_steps(organ_id, parse_steps(request.form), by=by),
        )

    @pages.post("/<organ_id>/close")
    def close(organ_id: str) -> AnyResponse | Response:
        """Let it take no more requests."""
        return act(
            organ_id,
            "close",
            gettext("The organ takes no more requests."),
            lambda by: room.organs.close(organ_id, by=by),
        )

    return pages
