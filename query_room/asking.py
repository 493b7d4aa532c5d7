"""Who sends this HTTP request: with whose rights it is answered, and as whose it is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g, request

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.database import utc_now
from query_room.in_hand import request_in_hand
from query_room.sessions import current_account
from search_api.answers import LogContext

if TYPE_CHECKING:
    from query_room.accounts import AccountService
    from query_room.visits import Visit, VisitService


@dataclass(frozen=True, slots=True)
class Asking:
    """Tells who asks, anew for every request: grants end and accounts are disabled."""

    accounts: AccountService
    visits: VisitService

    def viewer(self) -> Viewer:
        """The rights of whoever is signed in; the public's otherwise."""
        account = current_account()
        if account is None:
            return PUBLIC_VIEWER
        return self.accounts.viewer_for(account, utc_now())

    def visit(self) -> Visit | None:
        """The visit that whoever is signed in has open; read once per HTTP request."""
        if "visit" not in g:
            account = current_account()
            g.visit = None if account is None else self.visits.current_visit(account)
        found: Visit | None = g.visit
        return found

    def context(self, channel: str = "web") -> LogContext:
        """Who asks, for the log; at the counter, in which visit."""
        account = current_account()
        visit = self.visit()
        return LogContext(
            actor=account.name if account is not None else "",
            terminal=request.remote_addr or "",
            channel=channel,
            visit_id=None if visit is None else visit.visit_id,
            request_id=None if account is None else request_in_hand(),
            at=utc_now(),
        )
