"""What else a word was called: later and earlier names, official terms, short forms.

Terms are looked for in the words of a question; what is found stands for the term in whatever it
was a part of. The text of records is never changed by it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold
from indexer.analysis.views import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_VARIANTS: Final = 12
"""Other forms of one term; those that are fewest steps away."""

MIN_TERM: Final = 2
"""Characters; a single one stands in too many words to be a term."""

_MAX_VISITED: Final = 200


class Relation(StrEnum):
    """What two terms are to each other."""

    SAME = "same"  # either way
    LATER = "later"  # the first became the second
    OFFICIAL = "official"  # people say the first, papers the second; never the other way


@dataclass(frozen=True, slots=True)
class Years:
    """Years from ``first`` to ``last``, both included; ``None`` is open."""

    first: int | None = None
    last: int | None = None

    def meets(self, other: Years) -> bool:
        """Whether there is a year in both."""
        return _begins_by(self.first, other.last) and _begins_by(other.first, self.last)

    def narrowed(self, other: Years) -> Years:
        """The years that are in both."""
        firsts = [each for each in (self.first, other.first) if each is not None]
        lasts = [each for each in (self.last, other.last) if each is not None]
        return Years(max(firsts, default=None), min(lasts, default=None))


ALWAYS: Final = Years()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two terms, each with the years in which it was in use."""

    term: str
    other: str
    relation: Relation
    term_years: Years = ALWAYS
    other_years: Years = ALWAYS


class _Step(StrEnum):
    SAME = "same"
    LATER = "later"
    EARLIER = "earlier"


class Thesaurus:
    """Which other forms a term has.

    Steps are taken from term to term: what followed a follower counts, and cycles end. From a name
    one goes on towards later ones or towards earlier ones, never there and back: two offices that
    were merged have a successor in common and are not each other.

    Args:
        links: In any order; the answers do not depend on it.
    """

    def __init__(self, links: Iterable[Link] = ()) -> None:
        steps: dict[str, set[tuple[str, _Step]]] = {}
        self._years: dict[str, set[Years]] = {}
        for link in links:
            term, other = key_of_term(link.term), key_of_term(link.other)
            if min(len(term), len(other)) < MIN_TERM or term == other:
                continue
            forth = _Step.LATER if link.relation is Relation.LATER else _Step.SAME
            steps.setdefault(term, set()).add((other, forth))
            if link.relation is not Relation.OFFICIAL:
                back = _Step.EARLIER if link.relation is Relation.LATER else _Step.SAME
                steps.setdefault(other, set()).add((term, back))
            for name, years in ((term, link.term_years), (other, link.other_years)):
                if years != ALWAYS:
                    self._years.setdefault(name, set()).add(years)
        self._steps = {term: sorted(others) for term, others in steps.items()}
        lengths: dict[str, set[int]] = {}
        for term in steps:
            lengths.setdefault(term[0], set()).add(len(term))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._reached = lru_cache(maxsize=2_000)(self._reach)

    def variants(self, term: str, years: Years = ALWAYS) -> tuple[str, ...]:
        """Other forms of a folded term that were in use in some of the years, nearest first."""
        return tuple(
            other
            for other in self._reached(term)
            if other not in self._years or any(years.meets(each) for each in self._years[other])
        )[:MAX_VARIANTS]

    def terms_in(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where terms stand in the run that ``words`` make up, as ranges of characters.

        The longest from the left; none lies over another. A term begins and ends where words do,
        or makes up the beginning or the end of one word (拆迁 in 拆迁户).
        """
        run = "".join(words)
        edges = {0}
        word_of: list[tuple[int, int]] = []
        for word in words:
            start = len(word_of)
            word_of += [(start, start + len(word))] * len(word)
            edges.add(len(word_of))
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(run):
            for length in self._lengths.get(run[at], ()):
                end = at + length
                if end > len(run) or run[at:end] not in self._steps:
                    continue
                is_whole = at in edges and end in edges
                is_part = word_of[at] == word_of[end - 1] and (at in edges or end in edges)
                if is_whole or is_part:
                    found.append((at, end))
                    at = end
                    break
            else:
                at += 1
        return found

    def _reach(self, term: str) -> tuple[str, ...]:
        """Every other form, whatever its years, by the number of steps and then by itself."""
        found: dict[str, int] = {}
        seen = {(term, _Step.SAME)}
        queue = deque([(term, _Step.SAME, 0)])
        while queue and len(seen) < _MAX_VISITED:
            name, way, distance = queue.popleft()
            for other, step in self._steps.get(name, ()):
                onward = way if step is _Step.SAME else step
                turns_back = _Step.SAME not in {way, step} and step is not way
                if turns_back or (other, onward) in seen:
                    continue
                seen.add((other, onward))
                queue.append((other, onward, distance + 1))
                if other != term:
                    found.setdefault(other, distance + 1)
        return tuple(sorted(found, key=lambda each: (found[each], each)))


NO_THESAURUS: Final = Thesaurus()


def key_of_term(term: str) -> str:
    """A term as it is compared: folded, without punctuation and space."""
    return "".join(runs(fold(term)))


def _begins_by(first: int | None, last: int | None) -> bool:
    return first is None or last is None or first <= last
