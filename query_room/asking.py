"""Who sends this HTTP request: with whose rights it is answered, and as whose it is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.database import utc_now
from query_room.sessions import current_account
from search_api.answers import LogContext

if TYPE_CHECKING:
    from query_room.accounts import AccountService


@dataclass(frozen=True, slots=True)
class Asking:
    """Tells who asks, anew for every request: grants end and accounts are disabled."""

    accounts: AccountService

    def viewer(self) -> Viewer:
        """The rights of whoever is signed in; the public's otherwise."""
        account = current_account()
        if account is None:
            return PUBLIC_VIEWER
        return self.accounts.viewer_for(account, utc_now())

    def context(self, channel: str = "web") -> LogContext:
        """Who asks, for the log."""
        account = current_account()
        return LogContext(
            actor=account.name if account is not None else "",
            terminal=request.remote_addr or "",
            channel=channel,
            visit_id=None,
            at=utc_now(),
        )
