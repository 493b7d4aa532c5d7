"""Annual reports: tables, checks, what is behind each number, issuing."""

from query_room.pages.reports.views import create_blueprint

__all__ = ["create_blueprint"]
