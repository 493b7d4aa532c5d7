"""Errors of letters."""

from __future__ import annotations

from query_room.errors import RequestLogError


class LetterError(RequestLogError):
    """A letter cannot be made: its template is broken.

    Attributes:
        template: Name of the template's file. detail: Where and why.
    """

    code = "letter_failed"

    def __init__(self, template: str, detail: str) -> None:
        super().__init__(f"{template}: {detail}")
        self.template = template
        self.detail = detail
