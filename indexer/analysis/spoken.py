"""The spoken view of a record: what of it may be asked for by sound.

Titles, agencies, fonds and towns are everybody's; names of persons and villages are kept apart,
because only the staff may look for those by sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold
from indexer.analysis.person_names import person_spans
from indexer.analysis.place_names import places_in, towns_of
from indexer.analysis.sounds import OTHER_READINGS, syllables_of
from indexer.analysis.syllables import roughly
from indexer.analysis.views import runs
from indexer.engine.port import BOUNDARY, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.analysis.words import Segmenter
    from indexer.records import Description

MAX_INITIALS: Final = 10
"""First letters of the longest token of initials."""

_MIN_INITIALS: Final = 2
_WORDS: Final = 5
_AROUND: Final = 6
_READ: Final = 8_192


def spoken_of(description: Description, texts: Iterable[str], segmenter: Segmenter) -> Spoken:
    """The spoken view of a record.

    Args:
        description: What the catalogue says.
        texts: Its pages, as written.
        segmenter: Cuts words.
    """
    persons = ["".join(runs(fold(name))) for name in description.persons]
    title, met = _without_persons("".join(runs(fold(description.title))), persons, segmenter)
    title = _distinct(title)
    offices = ["".join(runs(fold(each))) for each in (description.agency, description.fonds_name)]
    here = places_in([*title, *offices])
    there = places_in(map(fold, texts))
    shown = _distinct([*title, *offices])
    told = _distinct([*shown, *there.towns])
    named = _distinct([*persons, *met, *here.villages, *there.villages])
    aloud = [_aloud(piece, segmenter) for piece in told]
    return Spoken(
        told=" ".join(told),
        told_chars=_apart(told),
        sounds=_together(each.sounds for each in aloud),
        rough_sounds=_together(each.rough_sounds for each in aloud),
        initials=_each_once(each.initials for each in aloud),
        title_sounds=_together(each.sounds for each in aloud[: len(title)]),
        title_initials=_each_once(each.initials for each in aloud[: len(title)]),
        named=" ".join(named),
        named_chars=_apart(named),
        named_sounds=_together(_aloud(name, segmenter).rough_sounds for name in named),
        places=tuple(dict.fromkeys(town for each in aloud[: len(shown)] for town in each.towns)),
    )


@dataclass(frozen=True, slots=True)
class _Aloud:
    """A piece as it is read, as tokens: agencies and towns are read once for many records."""

    sounds: str
    rough_sounds: str
    initials: tuple[str, ...]
    towns: tuple[str, ...]


@lru_cache(maxsize=_READ)
def _aloud(piece: str, segmenter: Segmenter) -> _Aloud:
    words = segmenter.for_query(piece)
    read = syllables_of(words)
    heard = [read, *_read_otherwise(piece, read)]
    return _Aloud(
        sounds=_apart(heard),
        rough_sounds=_apart(map(roughly, heard)),
        initials=tuple(_initials(words, read)),
        towns=towns_of(words),
    )


def _without_persons(
    stream: str, persons: Sequence[str], segmenter: Segmenter
) -> tuple[list[str], list[str]]:
    """A title in pieces between the names of persons, and those names."""
    marked = stream
    for name in sorted(filter(None, persons), key=len, reverse=True):
        marked = marked.replace(name, " ")
    pieces: list[str] = []
    met: list[str] = []
    for part in marked.split():
        at = 0
        for start, end in person_spans(segmenter.for_query(part)):
            pieces.append(part[at:start])
            met.append(part[start:end])
            at = end
        pieces.append(part[at:])
    return pieces, met


def _read_otherwise(characters: str, read: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The surroundings of each character that has another reading, with that reading."""
    for at, character in enumerate(characters):
        other = OTHER_READINGS.get(character)
        if other is not None and other != read[at]:
            before, after = read[max(0, at - _AROUND) : at], read[at + 1 : at + 1 + _AROUND]
            yield (*before, other, *after)


def _initials(words: Sequence[str], read: Sequence[str]) -> Iterator[str]:
    letters = "".join(syllable[0] for syllable in read)
    ends = list(accumulate(map(len, words)))
    for first, start in enumerate([0, *ends[:-1]]):
        for end in ends[first : first + _WORDS]:
            if _MIN_INITIALS <= end - start <= MAX_INITIALS:
                yield letters[start:end]


def _apart(pieces: Iterable[Sequence[str]]) -> str:
    return _together(map(" ".join, pieces))


def _together(pieces: Iterable[str]) -> str:
    return f" {BOUNDARY} ".join(pieces)


def _each_once(pieces: Iterable[Iterable[str]]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(pieces)))


def _distinct(pieces: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, pieces)))
