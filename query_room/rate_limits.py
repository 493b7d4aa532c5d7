"""How often one address of the public may search: a reader never notices, a program must wait."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final, NoReturn, cast

from flask import request
from flask_limiter import Limiter
from werkzeug.exceptions import TooManyRequests

from query_room.request_counts import SCHEME
from query_room.sessions import current_account

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import RouteCallable
    from flask_limiter import RequestLimit

    from query_room.settings import RoomSettings

SUGGESTIONS_PER_SEARCH: Final = 5
"""Typing asks for suggestions many times before one search is sent."""

SEARCHES_PER_EXPORT: Final = 5
"""A list is the work of many searches."""

_HOME_PREFIX: Final = 64
_SEARCHING: Final = ("search.results", "api.search")
_SUGGESTING: Final = ("api.suggest",)
_EXPORTING: Final = ("search.export",)


def init_limiter(app: Flask) -> Limiter:
    """The limiter that views may ask for; it counts by address, in this process's memory."""
    return Limiter(_address, app=app, storage_uri=f"{SCHEME}://", on_breach=_refuse)


def limit_searches(app: Flask, limiter: Limiter, settings: RoomSettings) -> None:
    """Limit searching, lists and suggestions on pages and API alike, once their routes are there.

    Whoever is signed in is known by name and not limited.
    """
    per_minute = settings.searches_per_minute
    for scope, endpoints, limit in (
        ("searches", _SEARCHING, per_minute),
        ("suggestions", _SUGGESTING, per_minute * SUGGESTIONS_PER_SEARCH),
        ("lists", _EXPORTING, max(1, per_minute // SEARCHES_PER_EXPORT)),
    ):
        limited = limiter.shared_limit(
            f"{limit} per minute", scope, exempt_when=lambda: current_account() is not None
        )
        for endpoint in endpoints:
            # Its type allows for views that are coroutines; ours are none.
            view = cast("RouteCallable", limited(app.view_functions[endpoint]))
            app.view_functions[endpoint] = view


def _address() -> str:
    """Whom to count: an IPv4 address, or the network that one household has of IPv6."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    # One machine has as many addresses in it as it likes.
    return str(ip_network((address, _HOME_PREFIX), strict=False))


def _refuse(limit: RequestLimit) -> NoReturn:
    raise TooManyRequests(retry_after=max(1, math.ceil(limit.reset_at - time.time())))
