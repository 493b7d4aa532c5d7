"""Errors of proofs."""

from __future__ import annotations

from query_room.errors import RequestLogError


class ProofError(RequestLogError):
    """A photograph cannot be used.

    Attributes:
        reason: ``unsupported``, ``damaged``, ``too_large``, ``too_many_pixels``, ``too_small`` or
            ``too_slow``.
    """

    code = "proof_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
