"""Sessions of people who sign in: Flask-Login around our accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import g, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user, logout_user

if TYPE_CHECKING:
    from flask import Flask
    from flask.sessions import SessionMixin

    from query_room.accounts import Account, AccountService

IDLE: Final = dt.timedelta(minutes=30)
"""A session that is not used for so long has ended."""


@dataclass(frozen=True, slots=True)
class _SessionUser:
    """What Flask-Login asks of a user; the credential version ends sessions of old passwords."""

    account: Account
    is_active: bool = True
    is_authenticated: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The account and the password it signed in with, without the password."""
        return f"{self.account.credential_version}:{self.account.name}"


class _Sessions(SecureCookieSessionInterface):
    """Flask's sessions; what a page asks for by itself does not keep one alive."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        if g.get("is_unattended", False):
            return False
        return super().should_set_cookie(app, session)


def leave_session_as_it_is() -> None:
    """Do not count this request as a use of the session: nobody pressed anything."""
    g.is_unattended = True


def init_sessions(app: Flask, accounts: AccountService) -> None:
    """Know who is signed in on every request."""
    app.config["PERMANENT_SESSION_LIFETIME"] = IDLE
    app.session_interface = _Sessions()
    manager = LoginManager(app)
    manager.session_protection = "strong"

    @manager.user_loader  # type: ignore[untyped-decorator] # the library has no types
    def load(identity: str) -> _SessionUser | None:
        version, _, name = identity.partition(":")
        account = accounts.of_session(name, int(version)) if version.isdigit() else None
        return None if account is None else _SessionUser(account)

    app.context_processor(lambda: {"account": current_account()})


def begin_session(account: Account) -> None:
    """Let an account that has proved itself into a fresh session."""
    # What stood in the session before belongs to whoever sat here before.
    session.clear()
    session.permanent = True
    login_user(_SessionUser(account))


def end_session() -> None:
    """Forget who was signed in and everything else of the session."""
    logout_user()
    session.clear()


def current_account() -> Account | None:
    """The account that is signed in, or ``None``."""
    user = current_user
    return user.account if user and user.is_authenticated else None
