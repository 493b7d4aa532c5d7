"""The use case: a logged search asked again, in the generation that answers or in any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now
from indexer.engine.query import MAX_RELEVANCE_DEPTH, Order
from indexer.repositories import browsing, generations, withdrawals
from search_api.errors import BodyErasedError
from search_api.finding import Asked, find
from search_api.replaying.asking import logged_question, logged_viewer, reaches
from search_api.replaying.comparing import Change, Fate, compare
from search_api.replaying.model import ComparedHit, Comparison, Reason
from search_api.replaying.reasons import Circumstances, reason_of, what_happened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.indexing.serving import Serving, ServingGeneration
    from indexer.records import RecordId
    from search_api.finding import Found
    from search_api.log import LoggedSearch, SearchEntry

AROUND: Final = 100
"""Ranks before and behind the screen of then that are looked through for what left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Where records stand in an answer, as far as it was looked at.

    Attributes:
        ranks: 1-based, of hits and of what comes near them. total: Of the matched set.
        relaxed_to: How many clauses each hit has, where no record had all; else ``None``.
        corrected_to: What was asked instead of what was typed, or ``""``.
    """

    ranks: dict[RecordId, int]
    total: int
    relaxed_to: int | None
    corrected_to: str


class Replays:
    """Asks logged searches again; logging that is for whoever it is done for.

    Args:
        engine: The database. serving: The index.
    """

    def __init__(self, *, engine: Engine, serving: Serving) -> None:
        self._engine = engine
        self._serving = serving

    def replay(self, search: LoggedSearch, within: Viewer | None = None) -> Comparison:
        """What became of an answer.

        Args:
            search: Of the log.
            within: The rights of whoever compares; ``None`` for the system itself, which shows
                nobody more than identifiers.

        Raises:
            BodyErasedError: What was asked is not kept any more.
            EngineUnavailableError: No index answers.
            InvalidQueryError: This version cannot ask the question any more.
        """
        entry = search.entry
        if entry is None:
            raise BodyErasedError(f"what search {search.search_id} asked was erased")
        asked_with = logged_viewer(entry)
        is_narrowed = within is not None and not reaches(within, asked_with)
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            ask = _Asking(connection, generation, entry, within if is_narrowed else None)
            is_same = _is_same_analysis(connection, entry, generation)
            if is_narrowed and within is not None:
                total, hits = _narrowed(ask, search, within)
            else:
                total, hits = _whole(ask, search, is_same_analysis=is_same)
        return Comparison(
            search=search,
            at=utc_now(),
            hits=hits,
            is_narrowed=is_narrowed,
            total=total,
            generation=generation.number,
            dictionary=generation.analyzer.dictionary,
            is_same_analysis=is_same,
        )


def rank(connection: Connection, generation: ServingGeneration, entry: SearchEntry) -> Ranking:
    """Where the records of a logged search's screen, and those around it, stand in a generation.

    With the rights of whoever asked: for those who show identifiers and numbers alone.

    Raises:
        InvalidQueryError: This version cannot ask the question any more.
        EngineUnavailableError: The index does not answer.
    """
    return _Asking(connection, generation, entry, None).ranking()


class _Asking:
    """One logged question, asked in one generation for two viewers."""

    def __init__(
        self,
        connection: Connection,
        generation: ServingGeneration,
        entry: SearchEntry,
        within: Viewer | None,
    ) -> None:
        self.connection = connection
        self.entry = entry
        self.viewer = logged_viewer(entry)
        self._generation = generation
        self._within = within
        self._question = logged_question(entry)
        self._denied = withdrawals.denied_records(connection, generation.searcher.position)

    @property
    def screen(self) -> range:
        """The ranks that were shown."""
        first = (self.entry.page - 1) * self.entry.page_size
        return range(first + 1, first + self.entry.page_size + 1)

    def ranking(self) -> Ranking:
        """The screen and what stands around it, as the viewers may see it in this moment."""
        screen = self.screen
        start = max(0, screen.start - 1 - AROUND)
        end = screen.stop - 1 + AROUND
        if self.entry.order == Order.RELEVANCE:
            end = min(end, MAX_RELEVANCE_DEPTH)
        found = self._find(span=(start, end - start))
        met = [hit.record_id for hit in (*found.result.hits, *found.result.nearby)]
        seen = self.seen(met)
        parts = len(found.query.clauses)
        matched = found.result.matched_clauses
        return Ranking(
            ranks={each: at for at, each in enumerate(met, start=start + 1) if each in seen},
            total=found.result.total,
            relaxed_to=matched if matched < parts else None,
            corrected_to=found.corrected.text if found.corrected else "",
        )

    def matching(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """Those of the records that match still, wherever they rank."""
        if not ids:
            return frozenset()
        found = self._find(span=(0, len(ids)), among=frozenset(ids))
        return frozenset(self.seen([hit.record_id for hit in found.result.hits]))

    def seen(self, ids: Sequence[RecordId]) -> set[RecordId]:
        """Those of the records that both viewers may see in this moment."""
        left = list(ids)
        for viewer in (self.viewer, self._within):
            if viewer is not None:
                visible = browsing.visible_to(viewer, self._denied)
                left = browsing.seen(self.connection, visible, left)
        return set(left)

    def _find(self, span: tuple[int, int], among: frozenset[RecordId] | None = None) -> Found:
        return find(
            self._generation,
            Asked(
                question=self._question,
                viewer=self.viewer,
                within=self._within,
                denied=self._denied,
                among=among,
                span=span,
            ),
        )


def _whole(
    ask: _Asking, search: LoggedSearch, *, is_same_analysis: bool | None
) -> tuple[int, tuple[ComparedHit, ...]]:
    """The comparison for somebody who sees all that was seen then."""
    then = {hit.record_id: hit.rank for hit in ask.entry.hits}
    now = ask.ranking()
    changes = compare(then, now.ranks, ask.screen)
    since = what_happened(
        ask.connection, {each.record_id for each in changes}, ask.viewer, search.at
    )
    lost = {each.record_id for each in changes if each.fate is Fate.LOST} & since.visible
    circumstances = Circumstances(
        hashes={hit.record_id: hit.content_hash for hit in ask.entry.hits},
        still=ask.matching(lost),
        is_same_analysis=is_same_analysis,
        is_read_alike=(now.relaxed_to, now.corrected_to)
        == (ask.entry.relaxed_to, ask.entry.corrected_to),
    )
    return now.total, tuple(
        ComparedHit(
            record_id=each.record_id,
            fate=each.fate,
            then=each.then,
            now=each.now,
            reason=reason_of(each, since, circumstances),
            content_hash=circumstances.hashes.get(each.record_id)
            or since.records[each.record_id].content_hash,
        )
        for each in changes
    )


def _narrowed(
    ask: _Asking, search: LoggedSearch, within: Viewer
) -> tuple[int, tuple[ComparedHit, ...]]:
    """The comparison for somebody who may not see all that was seen then: without ranks."""
    hashes = {hit.record_id: hit.content_hash for hit in ask.entry.hits}
    now = ask.ranking()
    mine = browsing.seen(
        ask.connection,
        browsing.visible_to(within, withdrawals.withdrawn_records(ask.connection)),
        list(hashes),
    )
    matching = ask.matching(mine) | (now.ranks.keys() & hashes.keys())
    around = {each for each, at in now.ranks.items() if at in ask.screen} - hashes.keys()
    since = what_happened(ask.connection, {*hashes, *around}, ask.viewer, search.at)
    circumstances = Circumstances(hashes=hashes)
    hits = []
    for hit in ask.entry.hits:
        if hit.record_id not in mine:
            fate = Fate.BEYOND
        else:
            fate = Fate.KEPT if hit.record_id in matching else Fate.LOST
        change = Change(record_id=hit.record_id, fate=fate, then=None, now=None)
        hits.append(
            ComparedHit(
                record_id=hit.record_id,
                fate=fate,
                reason=reason_of(change, since, circumstances),
                content_hash=hit.content_hash,
            )
        )
    # What is neither new nor changed may have stood behind something that is not for these eyes.
    hits += [
        ComparedHit(
            record_id=each,
            fate=Fate.GAINED,
            reason=Reason.ADDED if each in since.added else Reason.CHANGED,
            content_hash=since.records[each].content_hash,
        )
        for each in sorted(around & (since.added | since.touched), key=now.ranks.__getitem__)
    ]
    return now.total, tuple(hits)


def _is_same_analysis(
    connection: Connection, entry: SearchEntry, generation: ServingGeneration
) -> bool | None:
    """Whether words are cut as they were when the search was made."""
    if entry.dictionary != generation.analyzer.dictionary:
        return False
    rows = {row.number: row for row in generations.list_all(connection)}
    then, now = rows.get(entry.generation), rows.get(generation.number)
    if then is None or now is None:
        return None
    return all(
        getattr(then, name) == getattr(now, name)
        for name in ("analyzer", "schema_version", "vocabulary")
    )
