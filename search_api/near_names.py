"""Names of persons and villages near the one asked for, by sound and by shape.

For the staff alone, and only while a visit is open: somebody stands at the counter and says a name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.analysis.fold import fold
from indexer.analysis.lexicon import characters_sounding
from indexer.analysis.look_alikes import look_alikes
from indexer.analysis.person_names import looks_like_a_name
from indexer.analysis.place_names import looks_like_a_place
from indexer.analysis.question import FieldPart, QueryPart
from indexer.analysis.syllables import roughly, splits
from indexer.analysis.views import runs
from indexer.engine.conditions import Part
from indexer.engine.query import AnalyzedQuery, Hearing
from search_api.answers import Ground, NearName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.access import Viewer
    from search_api.answers import LogContext
    from search_api.correcting import Inquiry

MOST: Final = 8
_LONGEST_PLACE: Final = 6
_SUBSTITUTED: Final = 3
_SYLLABLES: Final = range(2, 5)


def may_ask_for_names(viewer: Viewer, context: LogContext) -> bool:
    """Whether names may be looked for by their sound: by the staff, in a visit."""
    return viewer.audience >= Audience.STAFF and context.visit_id is not None


def near_names(asked: Inquiry) -> tuple[NearName, ...]:
    """The names near the one that the question is, the nearest first; none if it is no name."""
    name = _name_asked_for(asked)
    if not name:
        return ()
    if name.isascii():
        ways = tuple(way for way in splits(name) if len(way) in _SYLLABLES)
    else:
        ways = (asked.analyzer.syllables(name),)
    # The name itself is no condition on those near it.
    asked = replace(asked, wanted=replace(asked.wanted, query=AnalyzedQuery()))
    heard = asked.written(
        tuple(map(roughly, ways)),
        Hearing.ROUGH,
        names=True,
        without="" if name.isascii() else name,
    )
    grounds = dict.fromkeys(heard, Ground.ROUGH_SOUND)
    grounds |= dict.fromkeys(_spelt_otherwise(name), Ground.ROUGH_SOUND)
    for text in grounds:
        if any(asked.analyzer.written(text, way, Hearing.EXACT) == (text,) for way in ways):
            grounds[text] = Ground.SOUND
    for text in _alike(name):
        grounds.setdefault(text, Ground.SHAPE)
    grounds.pop(name, None)
    found = [
        NearName(text=text, ground=grounds[text], total=total)
        for text, total in asked.standing(grounds).items()
    ]
    return tuple(sorted(found, key=lambda each: (each.ground, -each.total, each.text))[:MOST])


def _name_asked_for(asked: Inquiry) -> str:
    """The name that the question is, folded, or ``""``; Latin if it is pinyin."""
    if len(asked.parts) != 1:
        return ""
    (part,) = asked.parts
    if isinstance(part, FieldPart) and part.field is Part.PERSONS:
        text, is_person = part.asked.text, True
    elif isinstance(part, QueryPart):
        text, is_person = part.text, False
    else:
        return ""
    name = "".join(runs(fold(text)))
    if name.isascii():
        return name if name.isalpha() and splits(name) else ""
    is_place = looks_like_a_place(name) and len(name) <= _LONGEST_PLACE
    return name if is_person or is_place or looks_like_a_name(name) else ""


def _spelt_otherwise(name: str) -> Iterator[str]:
    """The name with one character for another of the same sound.

    Two characters are in many a text that names nobody; those are looked for among names alone.
    """
    if name.isascii() or len(name) < _SUBSTITUTED:
        return
    for at, character in enumerate(name):
        for other in characters_sounding(character):
            yield name[:at] + other + name[at + 1 :]


def _alike(name: str) -> Iterator[str]:
    """The name with one character for another that looks like it."""
    if name.isascii() or len(name) < _SUBSTITUTED:
        return
    for at, character in enumerate(name):
        for other in look_alikes(character):
            yield name[:at] + other + name[at + 1 :]
