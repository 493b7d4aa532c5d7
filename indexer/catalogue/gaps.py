"""件号 that a catalogue leaves out or gives twice, within the numbering that they belong to.

Source: DA/T 22-2015 5.4: items are numbered from 1 without gaps within fonds, year, retention and
organ; DA/T 13-2022: within a volume.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.catalogue import Place
from indexer.official.archival_codes import parse_archival_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.catalogue import CatalogueRow

_MAX_ITEM: Final = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The items of one fonds, year, retention and organ, or of one volume.

    Attributes:
        place: What they have in common; no item.
        count: Rows. last: The highest number.
        missing: Runs of numbers that no row has, each ``(first, last)``.
        repeated: Numbers that several rows have.
    """

    place: Place
    count: int
    last: int
    missing: tuple[tuple[int, int], ...] = ()
    repeated: tuple[int, ...] = ()

    @property
    def missing_count(self) -> int:
        """How many numbers are missing."""
        return sum(last - first + 1 for first, last in self.missing)


def numberings(rows: Iterable[CatalogueRow]) -> tuple[Numbering, ...]:
    """Every numbering of a catalogue in which a number is missing or stands twice.

    Rows that cannot be used count as well: what they describe is not missing.
    """
    found: defaultdict[Place, Counter[int]] = defaultdict(Counter)
    for row in rows:
        place = numbered_place(row)
        item = place.item
        if item.isdecimal() and item.isascii() and 0 < int(item) <= _MAX_ITEM:
            found[_group(place)][int(item)] += 1
    return tuple(
        numbering
        for place, items in sorted(found.items(), key=lambda each: _order(each[0]))
        for numbering in [_numbering(place, items)]
        if numbering.missing or numbering.repeated
    )


def numbered_place(row: CatalogueRow) -> Place:
    """A row's place by its 档号, and by its own columns where the code does not say."""
    code = parse_archival_code(row.texts.get("archival_code", ""))
    place = row.place
    if code is None:
        return place
    return Place(
        fonds=code.fonds or place.fonds,
        category=code.category or place.category,
        catalogue=code.catalogue or place.catalogue,
        year=str(code.year) if code.year else place.year,
        retention=code.retention or place.retention,
        organ=code.organ or place.organ,
        volume=code.volume or place.volume,
        item=code.item or place.item,
    )


def _group(place: Place) -> Place:
    return Place(
        fonds=place.fonds,
        category=place.category,
        catalogue=place.catalogue,
        year=place.year,
        retention=place.retention.removeprefix("定期"),
        # Items of a volume are numbered within it, whatever organ made them.
        organ="" if place.volume else place.organ,
        volume=place.volume,
    )


def _numbering(place: Place, items: Counter[int]) -> Numbering:
    return Numbering(
        place=place,
        count=items.total(),
        last=max(items),
        missing=tuple(_runs(items)),
        repeated=tuple(sorted(number for number, count in items.items() if count > 1)),
    )


def _runs(items: Iterable[int]) -> Iterator[tuple[int, int]]:
    expected = 1
    for number in sorted(items):
        if number > expected:
            yield expected, number - 1
        expected = number + 1


def _order(place: Place) -> tuple[str, ...]:
    return (
        place.fonds,
        place.category,
        place.catalogue,
        place.year,
        place.retention,
        place.organ,
        place.volume,
    )
