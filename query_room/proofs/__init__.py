"""Photographs of identity papers: checked, made small and plain, kept encrypted.

What a phone sends is decoded in a program of its own with limits, and drawn anew as JPEG: nothing
of the file survives but what can be seen, neither the place where it was taken nor anything hidden.
It is kept as an erasable event of the log, so that it is backed up and erased with everything else.
"""

from query_room.proofs.errors import ProofError
from query_room.proofs.model import MAX_BYTES, PreparedProof, ProofKind, StoredProof
from query_room.proofs.preparing import prepare
from query_room.proofs.store import ProofStore

__all__ = [
    "MAX_BYTES",
    "PreparedProof",
    "ProofError",
    "ProofKind",
    "ProofStore",
    "StoredProof",
    "prepare",
]
