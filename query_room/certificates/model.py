"""A certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from query_room.letters import LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate that was issued.

    Attributes:
        kind: 查档证明 or 查无证明. number: ``清档证〔2026〕3号``.
        text_hash: Salted digest of what it says; the log holds the same.
    """

    certificate_id: str
    entry_id: str
    visit_id: str
    kind: LetterKind
    number: str
    day: dt.date
    text_hash: str
    issued_by: str
