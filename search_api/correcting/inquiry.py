"""What is asked of the index on the way to a correction, always within the viewer's rights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.analysis.question import QueryPart
from indexer.engine.query import SoundQuery, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.analysis.analyzer import Analyzer
    from indexer.analysis.question import Node
    from indexer.engine.port import Searcher
    from indexer.engine.query import Hearing, SearchQuery

_FORMS: Final = 6
_ROUNDS: Final = 3
_RECORDS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question on its way, with who asks.

    Attributes:
        searcher: The generation that answers. analyzer: Its analyzer.
        wanted: The question as it was asked, with rights, deny-list and filters.
        parts: The question as it was read.
    """

    searcher: Searcher
    analyzer: Analyzer
    wanted: SearchQuery
    parts: tuple[Node, ...]

    def count(self, parts: Sequence[Node]) -> int:
        """How many records have all of another question."""
        return self.searcher.count(replace(self.wanted, query=self.analyzer.query(parts)))

    def has_in_any_form(self, word: str) -> bool:
        """Whether a record has a word, or what else it was called."""
        conditions = [part for part in self.parts if not isinstance(part, QueryPart)]
        return self.count([*conditions, QueryPart(word)]) > 0

    def standing(self, runs: Iterable[str], where: Standing = Standing.BODY) -> dict[str, int]:
        """The literal runs that stand in records which meet the conditions, and in how many."""
        given = tuple(dict.fromkeys(runs))
        counts = self.searcher.standing(self.wanted, given, where)
        return {run: count for run, count in zip(given, counts, strict=True) if count}

    def written(
        self,
        ways: tuple[tuple[str, ...], ...],
        hearing: Hearing,
        *,
        names: bool = False,
        without: str = "",
    ) -> tuple[str, ...]:
        """The runs in records that sound so, each once, those of the newest records first.

        Args:
            ways: As in :class:`SoundQuery`.
            hearing: How closely.
            names: Whether persons and villages are meant.
            without: A run that is known already.
        """
        known = {without: None} if without else {}
        for _ in range(_ROUNDS):
            found = self.searcher.sounding(
                SoundQuery(
                    viewer=self.wanted.viewer,
                    within=self.wanted.within,
                    denied=self.wanted.denied,
                    filters=self.wanted.filters,
                    ways=ways,
                    hearing=hearing,
                    names=names,
                    without=tuple(map(tuple, known)),
                    limit=_RECORDS,
                )
            )
            forms = [
                form
                for each in found
                for way in ways
                for form in self.analyzer.written(each.pieces, way, hearing)
            ]
            before = len(known)
            known.update(dict.fromkeys(forms))
            if len(known) == before or len(found) < _RECORDS or len(known) > _FORMS:
                break
        known.pop(without, None)
        return tuple(known)[:_FORMS]
