"""What may be meant by what was typed so far: titles, agencies, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold
from indexer.analysis.syllables import are_initials, unfinished
from indexer.analysis.views import runs
from indexer.engine.query import Hearing, Typed
from search_api.answers import Suggestion, SuggestionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.analysis.analyzer import Analyzer
    from indexer.engine.query import Suggested
    from indexer.records import Record, RecordId

_MAX_RUN: Final = 30
_MAX_INITIALS: Final = 10
_NAMES: Final = 2
"""Agencies, and places, that are suggested at most."""


def typed_of(text: str) -> Typed | None:
    """What was typed, as the engine is asked; ``None`` where there is nothing to look for."""
    run = "".join(runs(fold(text)))[:_MAX_RUN]
    if not run:
        return None
    if not (run.isascii() and run.isalpha() and len(run) > 1):
        return Typed(chars=tuple(run))
    initials = run if len(run) <= _MAX_INITIALS and are_initials(run) else ""
    ways = tuple(way for way in unfinished(run) if len(way) > 1 or len(run) > 1)
    return Typed(chars=tuple(run), ways=ways, initials=initials)


def suggestions(
    typed: Typed,
    suggested: Suggested,
    found: Mapping[RecordId, Record],
    analyzer: Analyzer,
    limit: int,
) -> tuple[Suggestion, ...]:
    """Titles first, then a few agencies and places, each once.

    Args:
        typed: What was typed.
        suggested: What the engine found.
        found: The records as they are now, if the viewer may see them now.
        analyzer: Of the generation that answers.
        limit: How many at most.
    """
    names = [
        *_named(suggested.agencies, SuggestionKind.AGENCY, typed, analyzer),
        *_named(suggested.places, SuggestionKind.PLACE, typed, analyzer),
    ]
    titles: dict[str, Suggestion] = {}
    for record_id in suggested.titles:
        if record_id in found:
            title = found[record_id].description.title
            titles.setdefault(
                title,
                Suggestion(
                    text=title,
                    kind=SuggestionKind.TITLE,
                    question=_quoted(title),
                    record_id=record_id,
                ),
            )
    room = max(limit - len(names), limit - 2 * _NAMES)
    return (*tuple(titles.values())[:room], *names)[:limit]


def _named(
    names: Iterable[str], kind: SuggestionKind, typed: Typed, analyzer: Analyzer
) -> Iterator[Suggestion]:
    left = _NAMES
    for name in names:
        if left and _has(name, typed, analyzer):
            left -= 1
            field = "机关:" if kind is SuggestionKind.AGENCY else ""
            yield Suggestion(text=name, kind=kind, question=f"{field}{_quoted(name)}")


def _has(name: str, typed: Typed, analyzer: Analyzer) -> bool:
    run = "".join(runs(fold(name)))
    if "".join(typed.chars) in run:
        return True
    if any(analyzer.written(run, way, Hearing.BEGUN) for way in typed.ways):
        return True
    letters = tuple(typed.initials)
    return bool(letters and analyzer.written(run, letters, Hearing.INITIALS_BEGUN))


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else f"「{text}」"
