"""Errors of notices."""

from __future__ import annotations

from query_room.errors import RequestLogError


class NoticeNotFoundError(RequestLogError):
    """No notice of that number failed or was not sent."""

    code = "notice_not_found"
