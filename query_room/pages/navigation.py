"""The links in the head of every page: each for those who may follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import request, url_for
from flask_babel import LazyString, lazy_gettext

from query_room.accounts import Permission
from query_room.sessions import current_account

if TYPE_CHECKING:
    from query_room.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A page that the head links to.

    Attributes:
        endpoint: Its view; its blueprint is shown as the present one wherever one is within it.
        permission: What an account needs to see the link, or ``None`` where everybody does.
        for_public: Whether only who is not signed in sees it.
    """

    endpoint: str
    label: LazyString
    permission: Permission | None = None
    for_public: bool = False

    @property
    def is_here(self) -> bool:
        """Whether the reader is on one of its pages."""
        return request.blueprint == self.endpoint.partition(".")[0]

    @property
    def url(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)


DESTINATIONS: Final = (
    Destination(endpoint="search.home", label=lazy_gettext("Search")),
    Destination(endpoint="browse.browse", label=lazy_gettext("Browse")),
    Destination(endpoint="applying.form", label=lazy_gettext("Apply"), for_public=True),
    Destination(endpoint="following.form", label=lazy_gettext("Follow"), for_public=True),
    Destination(
        endpoint="requests.desk",
        label=lazy_gettext("Requests"),
        permission=Permission.HANDLE_REQUESTS,
    ),
    Destination(
        endpoint="visits.day",
        label=lazy_gettext("Counter"),
        permission=Permission.SERVE_VISITORS,
    ),
    Destination(
        endpoint="register.period",
        label=lazy_gettext("Register"),
        permission=Permission.SERVE_VISITORS,
    ),
    Destination(
        endpoint="handovers.queue",
        label=lazy_gettext("Archivist look-ups"),
        permission=Permission.SERVE_VISITORS,
    ),
    Destination(
        endpoint="reports.overview",
        label=lazy_gettext("Annual report"),
        permission=Permission.MAKE_REPORTS,
    ),
    Destination(
        endpoint="archive.overview",
        label=lazy_gettext("Archive"),
        permission=Permission.MANAGE_ARCHIVE,
    ),
    Destination(
        endpoint="organs.overview",
        label=lazy_gettext("Organs"),
        permission=Permission.MANAGE_ORGANS,
    ),
    Destination(
        endpoint="log.day", label=lazy_gettext("Event log"), permission=Permission.READ_LOG
    ),
)


def destinations() -> tuple[Destination, ...]:
    """The links for whoever asks."""
    account = current_account()
    return tuple(
        each
        for each in DESTINATIONS
        if _may(account, each.permission) and not (each.for_public and account is not None)
    )


def _may(account: Account | None, permission: Permission | None) -> bool:
    return permission is None or (account is not None and account.may(permission))
