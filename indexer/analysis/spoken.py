"""The spoken view of a record: what of it may be asked for by sound.

Titles, agencies, fonds and towns are everybody's; names of persons and villages are kept apart,
because only the staff may look for those by sound.
"""

from __future__ import annotations

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
    cut = [segmenter.for_query(piece) for piece in told]
    sounds = [syllables_of(words) for words in cut]
    called = [syllables_of(segmenter.for_query(name)) for name in named]
    return Spoken(
        told=" ".join(told),
        told_chars=_apart(told),
        sounds=_apart(_heard(told, sounds)),
        rough_sounds=_apart(map(roughly, _heard(told, sounds))),
        initials=" ".join(_initials(cut, sounds)),
        title_sounds=_apart(_heard(title, sounds[: len(title)])),
        title_initials=" ".join(_initials(cut[: len(title)], sounds[: len(title)])),
        named=" ".join(named),
        named_chars=_apart(named),
        named_sounds=_apart(map(roughly, _heard(named, called))),
        places=tuple(
            dict.fromkeys(town for words in cut[: len(shown)] for town in towns_of(words))
        ),
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


def _heard(pieces: Sequence[str], sounds: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Every piece as it is read, then the surroundings of what has another reading, with that."""
    yield from sounds
    for characters, read in zip(pieces, sounds, strict=True):
        for at, character in enumerate(characters):
            other = OTHER_READINGS.get(character)
            if other is not None and other != read[at]:
                before, after = read[max(0, at - _AROUND) : at], read[at + 1 : at + 1 + _AROUND]
                yield (*before, other, *after)


def _initials(cut: Sequence[Sequence[str]], sounds: Sequence[Sequence[str]]) -> Iterable[str]:
    tokens: dict[str, None] = {}
    for words, read in zip(cut, sounds, strict=True):
        letters = "".join(each[0] for each in read)
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word))
        for first, start in enumerate(starts):
            for end in starts[first + 1 : first + 1 + _WORDS]:
                if _MIN_INITIALS <= end - start <= MAX_INITIALS:
                    tokens[letters[start:end]] = None
    return tokens


def _apart(pieces: Iterable[Sequence[str]]) -> str:
    return f" {BOUNDARY} ".join(" ".join(piece) for piece in pieces)


def _distinct(pieces: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, pieces)))
