"""What a doubtful stretch may have been.

It comes from fixed lists, and from what the viewer may find by sound. A word that everybody knows
may stand anywhere in a record; anything else counts only where it may be found by sound, which
leaves the names of persons out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.analysis.lexicon import is_word, words_sounding
from indexer.analysis.look_alikes import look_alikes
from indexer.analysis.syllables import roughly
from indexer.engine.query import Hearing, Standing
from search_api.answers import Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_api.correcting.doubts import Doubt
    from search_api.correcting.inquiry import Inquiry

_ASKED: Final = 40
"""Candidates of one kind that are asked for."""

_KEPT: Final = 4
_SAFE: Final = 3
"""Characters from which a run is long enough to be taken for what was meant, even if it has one
more or less, or was a word before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a stretch may have been.

    Attributes:
        changed: How many characters differ.
        total: How many records have it.
        is_sure: Whether it may be asked instead.
    """

    text: str
    ground: Ground
    changed: int
    total: int
    is_sure: bool

    @property
    def order(self) -> tuple[int, int, int, str]:
        """What candidates are sorted by: the likeliest first."""
        return self.ground, self.changed, -self.total, self.text


def candidates_of(doubt: Doubt, asked: Inquiry) -> tuple[Candidate, ...]:
    """What the stretch may have been and what records have, the likeliest first."""
    spelt = _latin(doubt, asked) if doubt.is_latin else _han(doubt.run, asked)
    grounds: dict[str, Ground] = {}
    for text, ground in spelt:
        if text != doubt.run:
            grounds[text] = min(ground, grounds.get(text, ground))
    found = [
        Candidate(
            text=text,
            ground=grounds[text],
            changed=_changed(doubt.run, text),
            total=total,
            is_sure=_is_sure(doubt, text, grounds[text]),
        )
        for text, total in asked.standing(grounds).items()
    ]
    return tuple(sorted(found, key=lambda each: each.order)[:_KEPT])


def _latin(doubt: Doubt, asked: Inquiry) -> Iterator[tuple[str, Ground]]:
    if doubt.ways:
        for text in asked.written(doubt.ways, Hearing.EXACT):
            yield text, Ground.PINYIN
    if doubt.initials:
        for text in asked.written((tuple(doubt.run),), Hearing.INITIALS):
            yield text, Ground.INITIALS


def _han(run: str, asked: Inquiry) -> Iterator[tuple[str, Ground]]:
    syllables = asked.analyzer.syllables(run)
    rough = roughly(syllables)
    for text in asked.written((syllables,), Hearing.EXACT, without=run):
        yield text, Ground.SOUND
    for text in islice(words_sounding(run), _ASKED):
        exact = asked.analyzer.syllables(text) == syllables
        yield text, Ground.SOUND if exact else Ground.ROUGH_SOUND
    for text in asked.written((rough,), Hearing.ROUGH, without=run):
        yield text, Ground.ROUGH_SOUND
    if len(run) > 2:  # noqa: PLR2004 - of a pair, anything would be one more
        for text in asked.written((tuple(run),), Hearing.LACKING):
            yield text, Ground.LENGTH
    yield from _standing(_alike(run), asked, Ground.SHAPE)
    yield from _standing(_swapped(run), asked, Ground.SWAPPED)
    yield from _standing(_shortened(run), asked, Ground.LENGTH)


def _standing(texts: Iterable[str], asked: Inquiry, ground: Ground) -> Iterator[tuple[str, Ground]]:
    """Those that are words, or that may be found by sound."""
    given = list(islice(dict.fromkeys(texts), _ASKED * 2))
    told = asked.standing((text for text in given if not is_word(text)), Standing.TOLD)
    for text in given:
        if text in told or is_word(text):
            yield text, ground


def _alike(run: str) -> Iterator[str]:
    for at, character in enumerate(run):
        for other in look_alikes(character):
            yield run[:at] + other + run[at + 1 :]


def _swapped(run: str) -> Iterator[str]:
    for at in range(len(run) - 1):
        yield run[:at] + run[at + 1] + run[at] + run[at + 2 :]


def _shortened(run: str) -> Iterator[str]:
    """The run with a character less; a part of it as it stands is no other run."""
    for at in range(len(run)):
        text = run[:at] + run[at + 1 :]
        if len(text) >= _SAFE and text not in run:
            yield text


def _changed(one: str, other: str) -> int:
    if len(one) != len(other):
        return 1
    return sum(a != b for a, b in zip(one, other, strict=True))


def _is_sure(doubt: Doubt, text: str, ground: Ground) -> bool:
    if doubt.is_latin:
        return ground is Ground.PINYIN or doubt.is_lower
    if ground is Ground.LENGTH:
        return len(text) >= _SAFE
    return not is_word(doubt.run) or (ground is Ground.SOUND and len(text) >= _SAFE)
