"""What a comparison says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from search_api.replaying.comparing import Fate

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import RecordId
    from search_api.log import LoggedSearch


class Reason(StrEnum):
    """Why a hit is not where it was, as far as the archive's own rows tell."""

    ADDED = "added"  # it came into the archive since
    CHANGED = "changed"  # its description, text or level
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"  # with its batch
    RESTRICTED = "restricted"  # whoever asked then may not see it any more
    HIDDEN = "hidden"  # it cannot be shown any more; who asks is not told why
    OUTRANKED = "outranked"  # it matches still, far behind where it was
    ANALYSIS = "analysis"  # the dictionary, the vocabulary or the analyzer is another
    READING = "reading"  # the question had to be relaxed or corrected in another way
    OTHERS = "others"  # other records came, went or changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedHit:
    """A record of an answer then or now.

    Attributes:
        then: Its rank then, or ``None`` where it was not shown. now: Its rank now, or ``None``
            where it is not found, or where ranks cannot be compared.
        reason: ``None`` where nothing is to be explained; of a record that is beyond, its state.
        content_hash: Of the record as it was shown; as it is now where it was not.
    """

    record_id: RecordId
    fate: Fate
    then: int | None = None
    now: int | None = None
    reason: Reason | None = None
    content_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A logged search and its answer now.

    Attributes:
        search: As it was logged. at: When it was asked again.
        hits: In the order of now, lost ones last.
        is_narrowed: Whether the rights of whoever compares do not reach all that the search did:
            then no ranks and no number of then are told.
        total: Of now, within the rights of both.
        generation: That answered now. dictionary: Its dictionary.
        is_same_analysis: Whether the generations of then and now cut words alike; ``None`` where
            nothing is known of that of then.
    """

    search: LoggedSearch
    at: dt.datetime
    hits: tuple[ComparedHit, ...]
    is_narrowed: bool
    total: int
    generation: int
    dictionary: str
    is_same_analysis: bool | None

    def count(self, fate: Fate) -> int:
        """How many hits fared so."""
        return sum(1 for hit in self.hits if hit.fate is fate)

    @property
    def is_unchanged(self) -> bool:
        """Whether the same answer would be given."""
        return all(hit.fate in {Fate.KEPT, Fate.BEYOND} for hit in self.hits)
