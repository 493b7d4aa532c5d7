"""Routes of signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from query_room.errors import SignInLockedError, SignInRefusedError
from query_room.languages import message_language
from query_room.messages import message
from query_room.pages.addresses import local_path
from query_room.sessions import begin_session, current_account, end_session

if TYPE_CHECKING:
    from flask import Response
    from flask_limiter import Limiter
    from werkzeug import Response as AnyResponse

    from query_room.room import Room

_UNAUTHORIZED = 401


def create_blueprint(room: Room, limiter: Limiter) -> Blueprint:
    """The pages of signing in; attempts are limited by address here, by name in the accounts."""
    pages = Blueprint("sign_in", __name__)

    @pages.get("/sign-in")
    def form() -> str:
        """The form."""
        return render_template("sign_in.html", name="", problem="", onward=_onward())

    @pages.post("/sign-in")
    @limiter.limit("20 per minute")
    def sign_in() -> AnyResponse | Response:
        """Sign in, then go where one was going."""
        name = request.form.get("name", "")
        try:
            account = room.accounts.authenticate(
                name, request.form.get("password", ""), terminal=request.remote_addr or ""
            )
        except (SignInRefusedError, SignInLockedError) as error:
            problem = message(error, message_language())
            page = render_template("sign_in.html", name=name, problem=problem, onward=_onward())
            return make_response(page, _UNAUTHORIZED)
        begin_session(account)
        return redirect(_onward() or url_for("search.home"))

    @pages.post("/sign-out")
    def sign_out() -> AnyResponse:
        """Sign out and forget the session."""
        account = current_account()
        if account is not None:
            room.accounts.sign_out(account, terminal=request.remote_addr or "")
        end_session()
        return redirect(url_for("search.home"))

    return pages


def _onward() -> str:
    """Where to go afterwards: a path of this site, or nowhere."""
    return local_path(request.values.get("next", ""))
