"""Whole records and whole questions to tokens: what the other rooms call."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from indexer.analysis.codes import code_field_keys, code_tokens, number_field_keys
from indexer.analysis.fold import fold
from indexer.analysis.hearing import written
from indexer.analysis.mongolian import mongolian_words
from indexer.analysis.numbers import exact_key, leading_number, number_key, number_keys
from indexer.analysis.pieces import Cutting, Piece, Stretch, stretches
from indexer.analysis.question import DatePart, QueryPart
from indexer.analysis.requirements import Requirements
from indexer.analysis.sounds import syllables_of
from indexer.analysis.spoken import spoken_of
from indexer.analysis.stopwords import STOPWORDS
from indexer.analysis.thesaurus import ALWAYS, NO_THESAURUS, Thesaurus, Years, key_of_term
from indexer.analysis.views import apart, bigrams_of, joined, runs, views_of
from indexer.analysis.words import segmenter_for
from indexer.engine.port import BOUNDARY, AnalyzedPassage, AnalyzedRecord, FieldTokens, Views
from indexer.engine.query import AnalyzedQuery, Clause
from indexer.passages import cut

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from indexer.analysis.question import Node
    from indexer.engine.query import Hearing
    from indexer.records import Description, Record

ANALYZER: Final = "zh/3"
"""Name and version of the chain below; a generation remembers which one wrote it."""

SENTENCE: Final = 4
"""From this many words in one unbroken stretch on, a question is a sentence, not keywords."""

SENTENCE_SHARE: Final = 0.3
"""The share of a sentence's words that a record must have; nobody's file repeats a sentence."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page of a record, for analysis."""

    file_ordinal: int
    page: int
    text: str


class Analyzer:
    """The whole policy from text to tokens, for one dictionary.

    Args:
        user_words: The office's own words, as written.
        thesaurus: Other forms of the words of questions.
    """

    name: Final = ANALYZER

    def __init__(self, user_words: Sequence[str] = (), thesaurus: Thesaurus = NO_THESAURUS) -> None:
        self._user_words = keys_of_words(user_words)
        self._segmenter = segmenter_for(self._user_words)
        self._cutting = Cutting(self._segmenter, thesaurus)

    @property
    def dictionary(self) -> str:
        """Checksum of every word list that decides how text is cut."""
        return self._segmenter.dictionary

    def literal(self) -> Analyzer:
        """The same, for questions that are looked for in their own form alone."""
        return Analyzer(self._user_words)

    def views(self, text: str) -> Views:
        """The views of one text."""
        return views_of(fold(text), self._segmenter)

    def words(self, text: str) -> list[str]:
        """The words of a text that carry matter, in order: two characters or more, no figures."""
        return [
            word
            for run in runs(fold(text))
            for word in self._segmenter.for_query(run)
            if len(word) > 1 and word not in STOPWORDS and not word.isnumeric()
        ]

    def record(self, record: Record, pages: Iterable[PageSource]) -> AnalyzedRecord:
        """A record with its passages, ready to be indexed.

        Raises:
            ValueError: Nobody may see the record here, so it has no place in an index.
        """
        description = record.description
        pages = tuple(pages)
        passages = tuple(self._passages(pages))
        title = self.views(description.title)
        rest = (
            description.agency,
            description.document_number,
            description.archival_code,
            description.index_number,
            description.genre,
            description.fonds_name,
            description.summary,
            *description.persons,
        )
        body = apart((title, *map(self.views, rest), joined(passage.views for passage in passages)))
        codes = (
            *number_keys(fold(description.document_number)),
            exact_key(fold(description.archival_code)),
            exact_key(fold(description.index_number)),
            exact_key(fold(record.external_id)),
        )
        date = description.date
        return AnalyzedRecord(
            access=record.access,
            revision=record.revision,
            title=Views(
                words=title.words,
                bigrams=title.bigrams,
                chars=f"{BOUNDARY} {title.chars} {BOUNDARY}",
            ),
            body=body,
            numbers=" ".join(dict.fromkeys(filter(None, codes))),
            fields=_fields(description),
            agency=description.agency,
            category=description.category,
            first_day=_day_number(date.first_day) if date else 0,
            last_day=_day_number(date.last_day) if date else 0,
            year=date.year if date else 0,
            passages=passages,
            spoken=spoken_of(description, (page.text for page in pages), self._segmenter),
        )

    def query(self, parts: Sequence[Node], years: Years = ALWAYS) -> AnalyzedQuery:
        """A question as tokens; a text without letters, digits or Han characters has no clause.

        Args:
            parts: The question.
            years: Those that its filters leave: other forms that were not in use are left out.
        """
        clauses: list[Clause] = []
        cut = partial(self._cutting.kept, years=_years_asked(parts, years))
        requirements = Requirements(pieces=cut)
        is_sentence = False
        for part in parts:
            if not isinstance(part, QueryPart):
                requirements.add(part)
                continue
            folded = fold(part.text)
            if part.is_phrase:
                clauses.extend(self._phrase(folded))
                continue
            clauses.extend(_words_of_question(folded, cut))
            is_sentence |= any(len(cut(stretch)) >= SENTENCE for stretch in folded.split())
        distinct = tuple(dict.fromkeys(clauses))
        plain = [fold(part.text) for part in parts if isinstance(part, QueryPart)]
        whole = [*plain, *map(fold, requirements.ranking)]
        streams = ["".join(runs(text)) for text in whole]
        loose = sum(1 for clause in distinct if not clause.is_phrase)
        words = [word for text in whole for word in self._query_words(text)]
        return AnalyzedQuery(
            clauses=distinct,
            conditions=tuple(requirements.conditions),
            sought_besides=tuple(dict.fromkeys(requirements.sought)),
            words=tuple(dict.fromkeys(words)),
            bigrams=tuple(dict.fromkeys(pair for stream in streams for pair in bigrams_of(stream))),
            chars=tuple(dict.fromkeys("".join(streams))),
            run=tuple("".join("".join(runs(text)) for text in plain)),
            minimum_match=len(distinct)
            if not is_sentence
            else len(distinct) - loose + math.ceil(loose * SENTENCE_SHARE),
        )

    def loosened(self, query: AnalyzedQuery) -> AnalyzedQuery | None:
        """The question in smaller parts, for when no record has even one of its own.

        A name that no dictionary knows is one literal run (``松瓦乡改镇``); where nobody wrote it
        in one run, its pairs of characters find those who wrote it in pieces (``松瓦乡撤乡改镇``).
        Quoted parts stay as they are, and so do letters and digits: pairs of those stand anywhere.
        ``None`` where nothing can be taken apart.
        """
        parts: dict[Clause, None] = {}
        for clause in query.clauses:
            whole = clause.is_phrase or clause.shape or clause.text.isascii()
            if whole or len(clause.chars) < 3:  # noqa: PLR2004 - more than a pair
                parts[clause] = None
                continue
            for pair in bigrams_of("".join(clause.chars)):
                parts[Clause(text=pair, chars=tuple(pair), variants=clause.variants)] = None
        clauses = tuple(parts)
        if clauses == query.clauses:
            return None
        return replace(query, clauses=clauses, minimum_match=len(clauses))

    def stretches(self, folded: str) -> tuple[Stretch, ...]:
        """The words of a folded question with their places, those that carry nothing included."""
        return stretches(folded, self._segmenter)

    def syllables(self, run: str) -> tuple[str, ...]:
        """How a folded run is read: one syllable for each character."""
        return syllables_of(self._segmenter.for_query(run))

    def written(self, pieces: str, asked: Sequence[str], hearing: Hearing) -> tuple[str, ...]:
        """The runs that sound as was asked; see :func:`indexer.analysis.hearing.written`."""
        return written(pieces, asked, hearing, self._segmenter)

    def _passages(self, pages: Iterable[PageSource]) -> Iterable[AnalyzedPassage]:
        for page in pages:
            for span in cut(page.text):
                yield AnalyzedPassage(
                    file_ordinal=page.file_ordinal,
                    page=page.page,
                    start=span.start,
                    end=span.end,
                    views=self.views(page.text[span.start : span.end]),
                )

    def _phrase(self, folded: str) -> list[Clause]:
        stream = "".join(runs(folded))
        if not stream:
            return []
        key = number_key(folded)
        return [
            Clause(
                text=" ".join(folded.split()),
                chars=tuple(stream),
                is_phrase=True,
                numbers=(key,) if key else (),
            )
        ]

    def _query_words(self, folded: str) -> list[str]:
        words = [word for run in runs(folded) for word in self._segmenter.for_query(run)]
        return words + [key for word in mongolian_words(folded) for key in word.keys[:1]]


def keys_of_words(user_words: Iterable[str]) -> tuple[str, ...]:
    """The office's own words as text is compared with them, each once."""
    return tuple(sorted({key_of_term(word) for word in user_words}))


@lru_cache(maxsize=4)
def analyzer_for(user_words: tuple[str, ...] = ()) -> Analyzer:
    """One analyzer per dictionary and process: loading a dictionary takes half a second."""
    return Analyzer(user_words)


def _words_of_question(folded: str, cut: Callable[[str], list[Piece]]) -> list[Clause]:
    key, rest = number_key(folded), ""
    if not key:
        key, rest = leading_number(folded)
    clauses: list[Clause] = []
    numbers: tuple[str, ...] = ()
    if key:
        head = folded[: len(folded) - len(rest)] if rest else folded
        stream = "".join(runs(head))
        clauses.append(Clause(text=stream, chars=tuple(stream), numbers=(key,)))
        folded = rest
    elif any(character.isdigit() for character in folded) and (code := exact_key(folded)):
        # Perhaps a reference code: whoever bears it comes first, and its parts still match.
        numbers = (code,)
    clauses += [
        Clause(
            text=piece.typed or piece.text,
            chars=tuple(piece.text),
            numbers=numbers,
            variants=piece.variants,
            shape=piece.shape,
        )
        for piece in cut(folded)
    ]
    return clauses


def _years_asked(parts: Sequence[Node], years: Years) -> Years:
    """The years that the filters and the dates of a question leave."""
    for part in parts:
        if isinstance(part, DatePart):
            first = part.first.year if part.first else None
            last = part.last.year if part.last else None
            years = years.narrowed(Years(first, last))
    return years


def _day_number(day: dt.date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _fields(description: Description) -> FieldTokens:
    number, code = fold(description.document_number), fold(description.archival_code)
    persons = ["".join(runs(fold(name))) for name in description.persons]
    return FieldTokens(
        agency=" ".join("".join(runs(fold(description.agency)))),
        persons=f" {BOUNDARY} ".join(" ".join(name) for name in persons if name),
        number=" ".join(code_tokens(number)),
        code=" ".join(code_tokens(code)),
        number_keys=" ".join(number_field_keys(number)),
        code_keys=" ".join(code_field_keys(code)),
    )
