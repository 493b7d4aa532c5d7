"""How far a generation has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationState:
    """What the last commit reached.

    Attributes:
        position: Outbox position.
        cursor: While it is being built, the last record id that went in; ``""`` afterwards.
    """

    position: int = 0
    cursor: str = ""
