"""Where the question's words stand in the original text, and which lines of it to show.

Works on the few texts that are shown, the same for every engine: the text is folded with the way
back to the original, its letters, digits and Han characters make one stream, and every part of the
question is looked for in it as a literal run, across punctuation and line breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold_with_origins
from indexer.analysis.mongolian import mongolian_words
from indexer.analysis.views import run_spans
from indexer.engine.conditions import Part
from search_api.answers import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.analysis.fold import Folded
    from indexer.engine.query import AnalyzedQuery, Clause

SNIPPET_LENGTH: Final = 160
"""Code points of one snippet, give or take a sentence end."""

_CONTEXT: Final = 30
_SHORT: Final = 200
_STOPS: Final = frozenset("。！？；!?;\n")
_ELLIPSIS: Final = "…"
# A record's title is part of the whole in which words are looked for; the other fields, shown
# beside it, are marked where they were asked for by name.
_SHOWS: Final = {part: frozenset({part}) for part in Part} | {
    Part.TITLE: frozenset({Part.TITLE, Part.BODY})
}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A half-open range of code points of the original text.

    Attributes:
        start: First code point. end: One past the last.
        clause: Which part of the question stands there.
    """

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class _Stream:
    """Letters, digits and Han characters of a text, with the original offset of each."""

    text: str
    origins: tuple[int, ...]


def find_marks(text: str, query: AnalyzedQuery, part: Part = Part.BODY) -> list[Mark]:
    """Every place of ``text`` where a part of the question stands, in order; places may overlap.

    A variant is marked in its own form.

    Args:
        text: The original.
        query: What was asked; what it excludes is never marked.
        part: What the text is; a run that was looked for in one field is marked there alone.
    """
    return _marks_of(text, query, _SHOWS[part])


def is_met_in(text: str, query: AnalyzedQuery, part: Part) -> bool:
    """Whether any part of the question stands in this part of a record, by name or as text."""
    sought = _sought(query, frozenset({part, Part.BODY})) if text else ()
    if not sought:
        return False
    folded, stream = _streams(text)
    return any(
        _stands_in(stream.text, each) or bool(_shaped(folded, each.shape, 0)) for _, each in sought
    )


def _stands_in(stream: str, clause: Clause) -> bool:
    return any((run := "".join(chars)) and run in stream for chars in clause.forms)


def _marks_of(text: str, query: AnalyzedQuery, shows: frozenset[Part]) -> list[Mark]:
    sought = _sought(query, shows)
    if not sought:
        return []
    folded, stream = _streams(text)
    marks = {
        Mark(stream.origins[at], stream.origins[at + len(chars) - 1] + 1, number)
        for number, clause in sought
        for chars in clause.forms
        for at in _occurrences(stream.text, "".join(chars))
    }
    for number, clause in sought:
        marks |= _shaped(folded, clause.shape, number)
    return sorted(marks)


def _sought(query: AnalyzedQuery, shows: frozenset[Part]) -> list[tuple[int, Clause]]:
    """The runs that are marked in such a part of a record, each with its number."""
    return [(number, each) for number, each in enumerate(query.sought) if each.part in shows]


def _shaped(folded: Folded, shape: str, number: int) -> set[Mark]:
    """Where a word of that shape stands, however it is spelled."""
    if not shape:
        return set()
    return {
        Mark(folded.origins[word.start], folded.origins[word.end - 1] + 1, number)
        for word in mongolian_words(folded.text)
        if shape in word.keys
    }


def find_marks_across(
    pages: Sequence[str], chars: tuple[str, ...]
) -> list[tuple[int, int, int]] | None:
    """The first place where a run stands across page breaks.

    Returns:
        ``(page index, start, end)`` for each page it touches, or ``None`` where it stands nowhere.
    """
    streams = [_stream_of(fold_with_origins(page)) for page in pages]
    whole = "".join(stream.text for stream in streams)
    at = whole.find("".join(chars))
    if at < 0:
        return None
    places: list[tuple[int, int, int]] = []
    begin = 0
    for index, stream in enumerate(streams):
        first, last = max(at, begin) - begin, min(at + len(chars), begin + len(stream.text)) - begin
        if first < last:
            places.append((index, stream.origins[first], stream.origins[last - 1] + 1))
        begin += len(stream.text)
    return places


def marked(text: str, marks: Iterable[Mark]) -> tuple[Fragment, ...]:
    """The text in pieces, marked ones apart; overlapping marks become one piece."""
    fragments: list[Fragment] = []
    at = 0
    for start, end in merged(marks):
        if start > at:
            fragments.append(Fragment(text[at:start]))
        fragments.append(Fragment(text[start:end], marked=True))
        at = end
    if at < len(text):
        fragments.append(Fragment(text[at:]))
    return tuple(fragments)


def snippet(text: str, marks: Sequence[Mark]) -> tuple[Fragment, ...]:
    """The lines of ``text`` that show most of the question, marked; its beginning where none does.

    White space is folded to single spaces; what is left out is shown by an ellipsis.
    """
    start = _best_start(text, marks)
    end = min(len(text), start + SNIPPET_LENGTH)
    inside = [
        Mark(mark.start - start, min(mark.end, end) - start, mark.clause)
        for mark in marks
        if start <= mark.start < end
    ]
    pieces = [
        Fragment(_one_line(fragment.text), fragment.marked)
        for fragment in marked(text[start:end], inside)
    ]
    if start > 0 and text[start - 1] not in _STOPS:
        pieces.insert(0, Fragment(_ELLIPSIS))
    if end < len(text):
        pieces.append(Fragment(_ELLIPSIS))
    return tuple(piece for piece in pieces if piece.text)


def _best_start(text: str, marks: Sequence[Mark]) -> int:
    """Where the window with most different parts of the question begins."""
    best, best_value = 0, (0, 0)
    for mark in marks:
        inside = [
            other for other in marks if mark.start <= other.start < mark.start + SNIPPET_LENGTH
        ]
        value = (len({other.clause for other in inside}), len(inside))
        if value > best_value:
            best, best_value = mark.start, value
    if not marks:
        return len(text) - len(text.lstrip())
    # Begin where the sentence does, if that is near.
    for at in range(best, max(0, best - _CONTEXT), -1):
        if text[at - 1] in _STOPS:
            return at
    return max(0, best - _CONTEXT)


def _streams(text: str) -> tuple[Folded, _Stream]:
    """The text folded, and its stream."""
    return _streams_kept(text) if len(text) <= _SHORT else _streams_made(text)


def _streams_made(text: str) -> tuple[Folded, _Stream]:
    folded = fold_with_origins(text)
    return folded, _stream_of(folded)


# Titles, offices and codes are looked into again and again, for one answer and for the next.
_streams_kept = lru_cache(maxsize=2_000)(_streams_made)


def _stream_of(folded: Folded) -> _Stream:
    spans = run_spans(folded.text)
    stream = "".join(folded.text[start:end] for start, end in spans)
    places = chain.from_iterable(folded.origins[start:end] for start, end in spans)
    return _Stream(stream, tuple(places))


def _occurrences(stream: str, run: str) -> Iterable[int]:
    at = stream.find(run) if run else -1
    while at >= 0:
        yield at
        at = stream.find(run, at + 1)


def merged(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """The ranges that marks cover, in order; those that overlap or touch are one."""
    ranges: list[tuple[int, int]] = []
    for mark in sorted(marks):
        if ranges and mark.start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], mark.end))
        else:
            ranges.append((mark.start, mark.end))
    return ranges


def _one_line(text: str) -> str:
    # `str.split` drops the ends; a piece between marks keeps one space there.
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() and inner else ""
    trail = " " if text[-1:].isspace() and inner else ""
    return f"{lead}{inner}{trail}"
