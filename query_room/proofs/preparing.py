"""Checking a photograph and having it drawn anew, away from everything else."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from query_room.proofs import drawing
from query_room.proofs.errors import ProofError
from query_room.proofs.model import MAX_BYTES, PreparedProof, ProofKind

_TIMEOUT_S: Final = 30.0
_REASONS: Final = {
    drawing.DAMAGED: "damaged",
    drawing.UNSUPPORTED: "unsupported",
    drawing.TOO_MANY_PIXELS: "too_many_pixels",
    drawing.TOO_SMALL: "too_small",
}


def prepare(content: bytes, kind: ProofKind) -> PreparedProof:
    """The photograph, drawn anew. What it is tells its content, not its name.

    Raises:
        ProofError: It cannot be used; the reason says why.
    """
    if len(content) > MAX_BYTES:
        raise ProofError("too_large")
    try:
        done = subprocess.run(
            [sys.executable, "-m", drawing.__name__],
            input=content,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ProofError("too_slow") from error
    if done.returncode != 0 or not done.stdout:
        # A decoder that died of its limits leaves another status.
        raise ProofError(_REASONS.get(done.returncode, "damaged"))
    return PreparedProof(kind=kind, jpeg=done.stdout)
