"""What an adapter gives the questions: its indexes as they are at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.port import Pair
    from indexer.records import RecordId

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that were found, in the order asked for: one entry of each list to a document.

    Lists and no objects: of a thousand passages most are only counted.

    Attributes:
        scores: How well they match; 0 where nothing ranks.
        keys: Of their records.
        places: Where the adapter finds them again, in the same snapshot.
    """

    scores: Sequence[float]
    keys: Sequence[int]
    places: Sequence[object]

    def __len__(self) -> int:
        """How many documents."""
        return len(self.keys)

    def only(self, at: Sequence[int]) -> Found:
        """The documents at these places of the lists alone, in this order."""
        return Found(
            [self.scores[each] for each in at],
            [self.keys[each] for each in at],
            [self.places[each] for each in at],
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """What a matched set adds up to.

    Attributes:
        total: Exact number of documents.
        values: For each field asked for, its values with how many documents have each.
    """

    total: int
    values: dict[str, list[tuple[str | int, int]]]


class Snapshot(Protocol):
    """One index at one moment. Two threads may ask it at the same time."""

    @property
    def documents(self) -> int:
        """How many it holds."""

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """In how many documents each token stands."""

    def best(self, wanted: Expression, limit: int, columns: Sequence[str] = ()) -> Found:
        """The documents that score highest, ties in any order.

        Args:
            wanted: What they match.
            limit: How many at most.
            columns: Numbers that :meth:`numbers` will be asked for of some of them.
        """

    def ordered(
        self, wanted: Expression, by: str, *, is_descending: bool, limit: int, offset: int = 0
    ) -> Found:
        """Documents by a number that no two of them share; their score is 0."""

    def tally(self, wanted: Expression, fields: Sequence[str] = (), most: int = 0) -> Tally:
        """Total and values of what matches, at most so many values of each field."""

    def numbers(self, places: Sequence[object], columns: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers in these columns, for each document."""

    def record_ids(self, places: Sequence[object]) -> list[RecordId]:
        """Whose these documents of a records index are."""

    def kept(self, places: Sequence[object], name: str) -> list[str]:
        """The text that each document keeps under a name, or ``""``."""

    def revisions(self, keys: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Of each key that has any, how many documents of which revisions."""


class Indexes(Protocol):
    """The indexes of one generation. Safe to use from several threads."""

    @property
    def position(self) -> int:
        """The outbox position that they have reached."""

    def ask(self, pair: Pair, question: Callable[[Snapshot, Snapshot], Answer]) -> Answer:
        """What the question says of one snapshot of a pair's records and passages.

        It may be asked more than once, where a snapshot is lost on the way, and so changes nothing.
        """

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record that a pair holds, in no order, read as they are asked for."""
