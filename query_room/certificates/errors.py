"""Errors of certificates."""

from __future__ import annotations

from query_room.errors import RequestLogError


class CertificateRefusedError(RequestLogError):
    """A certificate cannot be issued.

    Attributes:
        reason: ``issued_before``, ``corrected``, ``nothing_to_attest``, ``hidden``,
            ``needs_archivist_search`` or ``unknown``.
    """

    code = "certificate_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
