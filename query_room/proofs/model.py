"""Proofs of identity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

MAX_BYTES: Final = 12 << 20
"""What a phone sends at most: a large photograph has some 8 MB."""


class ProofKind(StrEnum):
    """What a photograph shows."""

    IDENTITY = "identity"  # 身份证件
    MANDATE = "mandate"  # 授权委托书
    OTHER = "other"  # 其他证明


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedProof:
    """A photograph that was checked and drawn anew. ``jpeg``: its bytes."""

    kind: ProofKind
    jpeg: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProof:
    """A photograph that is kept. ``event_id``: its event in the log."""

    event_id: int
    kept_at: dt.datetime
