"""The two sides of an index.

A generation holds two indexes, *records* (whole texts: matching, totals, facets, ranking) and
*passages* (where a record was met), and each of them twice: *full*, and *public* with public
records only, so that a public viewer's answer depends on nothing that is not public, term
statistics included. Engines receive finished tokens joined by single spaces; they analyse nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.access import RecordAccess, Viewer
    from indexer.engine.query import (
        Alike,
        AnalyzedQuery,
        Examination,
        PagesMet,
        ResultPage,
        SearchQuery,
        Sounding,
        SoundQuery,
        Standing,
        Suggested,
        Typed,
        WordCounts,
    )
    from indexer.records import RecordId


BOUNDARY: Final = "¶"
"""A token no text yields: it stands where one part of a record ends and the next begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """One text as the index stores it: tokens joined by spaces, one string per view.

    Attributes:
        words: jieba search-mode words, for ranking.
        bigrams: Neighbouring pairs of characters, for ranking and for two-character words.
        chars: Every letter, digit and Han character in its order, for literal runs.
    """

    words: str
    bigrams: str
    chars: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTokens:
    """What a record says of itself, field by field: tokens joined by spaces.

    Attributes:
        agency: Characters of the agency's name.
        persons: Characters of the names that the catalogue gives, :data:`BOUNDARY` between two.
        number: The document number: Han characters, and whole runs of digits and of letters.
        code: The reference code in the same way.
        number_keys: The document number as one token, for patterns.
        code_keys: The reference code as one token, with its separators and without.
    """

    agency: str = ""
    persons: str = ""
    number: str = ""
    code: str = ""
    number_keys: str = ""
    code_keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What of a record may be asked for by its sound, and how it sounds.

    Attributes:
        told: Title, agency, fonds and towns, without the names of persons: what everybody who may
            see the record may find by sound. Pieces joined by spaces.
        told_chars: Its characters, :data:`BOUNDARY` between two pieces.
        sounds: Its syllables, one for each character, toneless; what has another reading besides
            follows with that. rough_sounds: The same, with what many do not tell apart as one.
        initials: First letters of the syllables of up to five words each, as one token.
        title_sounds: Of the title alone. title_initials: The same.
        named: Persons and villages: what only the staff may find by sound, while a visit is open.
        named_chars: Its characters. named_sounds: Its syllables, rough.
        places: Facet values: the towns that title and agency name.
    """

    told: str = ""
    told_chars: str = ""
    sounds: str = ""
    rough_sounds: str = ""
    initials: str = ""
    title_sounds: str = ""
    title_initials: str = ""
    named: str = ""
    named_chars: str = ""
    named_sounds: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzedPassage:
    """A page, or a piece of a long page.

    Attributes:
        file_ordinal: Which of the record's files.
        page: 1-based page of that file.
        start: First code point within the page's text. end: One past the last.
        views: Its tokens.
    """

    file_ordinal: int
    page: int
    start: int
    end: int
    views: Views


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzedRecord:
    """A record ready to be indexed.

    Attributes:
        access: What the viewer filter needs; ``audience`` is never ``None`` here.
        revision: Outbox position of the change; a replay of the same revision changes nothing.
        title: Views of the title; ``chars`` begins with :data:`BOUNDARY`.
        body: Views of title, description and whole text, page breaks closed up; in ``chars`` the
            parts are kept apart by :data:`BOUNDARY`, so that no literal run reaches across them.
        numbers: Keys of the record's own document number and reference codes, joined by spaces.
        fields: The same by field, for questions that name one.
        spoken: What of it may be asked for by its sound.
        agency: Facet value, or ``""``. category: Facet value, or ``""``.
        first_day: ``yyyymmdd`` of the earliest day its date can mean, 0 where undated.
        last_day: ``yyyymmdd`` of the latest such day, 0 where undated.
        year: 0 where undated.
        passages: In reading order.
    """

    access: RecordAccess
    revision: int
    title: Views
    body: Views
    numbers: str
    fields: FieldTokens
    agency: str
    category: str
    first_day: int
    last_day: int
    year: int
    passages: tuple[AnalyzedPassage, ...]
    spoken: Spoken = Spoken()


class Pair(StrEnum):
    """One of a generation's two pairs of indexes."""

    FULL = "full"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one pair of indexes holds of a record.

    Attributes:
        revisions: Of the record itself: one, or none where only passages of it are there.
        passages: How many passages it has of each revision; those of any other than the record's
            own are left over.
    """

    revisions: tuple[int, ...] = ()
    passages: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a generation holds."""

    records: int
    passages: int


class IndexWriter(Protocol):
    """Writes one generation.

    Of an engine with one writer exactly one process holds it at a time; of one with many
    (:func:`~indexer.engine.opening.allows_many_writers`) any number on any host, in any order.
    """

    @property
    def position(self) -> int:
        """The outbox position that the last commit reached; 0 for a new generation."""

    @property
    def cursor(self) -> str:
        """While the generation is being built, what the last commit was told; else ``""``."""

    def counts(self) -> Counts:
        """What the last commit holds, not public records included."""

    def put(self, records: Iterable[AnalyzedRecord]) -> None:
        """Add records with their passages; a record already there is replaced whole.

        A record already there with the same revision is left alone, so that going on after a crash
        ends in the same index as an undisturbed run.
        """

    def delete(self, gone: Mapping[RecordId, int]) -> None:
        """Remove records and their passages, each as of an outbox position; unknown ones, too.

        Where many write, what was put with a later revision stays. What is removed and then put
        again before the same commit is put anew, whatever its revision.
        """

    def flush(self) -> None:
        """Make everything put and deleted so far durable and visible, and note nothing."""

    def commit(self, position: int, cursor: str = "") -> None:
        """Do the same, and note position and cursor, unless a later position was noted."""

    def close(self) -> None:
        """Let go of the writer.

        What was not committed is seen by no search, and comes again: the position is before it.
        """


class Searcher(Protocol):
    """Answers from one generation. Safe to use from several threads."""

    @property
    def position(self) -> int:
        """The outbox position this searcher's answers have reached."""

    def search(self, query: SearchQuery) -> ResultPage:
        """The matched set's total, facets and one page of hits, for the query's viewer.

        Nothing the viewer may not see, and nothing denied, changes any part of the answer; a viewer
        for whom :attr:`Viewer.is_public` holds is answered from public records alone.

        Raises:
            EngineUnavailableError: The engine does not answer.
        """

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record that a pair holds, in no order, read as they are asked for.

        What is committed meanwhile may be among them or not.
        """

    def held(self, pair: Pair, record_ids: Sequence[RecordId]) -> Mapping[RecordId, Held]:
        """What a pair holds of these records and their passages, whoever may see them.

        Records of which it holds nothing are left out.
        """

    def counts(self, pair: Pair) -> Counts:
        """How many records and passages a pair holds, those of no record included."""

    def count(self, query: SearchQuery) -> int:
        """How many records have every part of the question (of a sentence its share), unrelaxed.

        Within rights, deny-list and filters like :meth:`search`.
        """

    def sounding(self, query: SoundQuery) -> Sequence[Sounding]:
        """Records that sound as was asked, the newest first.

        Nothing the viewer may not see, and nothing denied, changes any part of the answer. A
        public viewer, and any below the staff, is answered with nothing where names are asked for.
        """

    def standing(
        self, query: SearchQuery, runs: Sequence[Sequence[str]], where: Standing
    ) -> Sequence[int]:
        """In how many records each literal run stands, among those that meet the conditions.

        Of ``query`` only its plain parts are left aside.
        """

    def suggest(
        self, typed: Typed, viewer: Viewer, denied: frozenset[RecordId], limit: int
    ) -> Suggested:
        """What begins with or contains what was typed, or sounds so, if the viewer may see it.

        Nothing the viewer may not see, and nothing denied, changes any part of it.
        """

    def pages_met(
        self,
        query: AnalyzedQuery,
        record_ids: Sequence[RecordId],
        viewer: Viewer,
        denied: frozenset[RecordId],
    ) -> Mapping[RecordId, PagesMet]:
        """The pages of these records on which any run that the question asks for stands.

        A run stands on a page where one of its passages has it whole. Records that the viewer may
        not see, and those met on no page, are left out.
        """

    def examine(self, query: SearchQuery, record_id: RecordId) -> Examination | None:
        """How one record stands to a question; ``None`` where there is no such record here.

        A record that the viewer may not see, or that is denied, is no record here. Offset, limit
        and facets of the question count for nothing.
        """

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """In how many public records each of these words stands, whoever asks."""

    def alike(
        self,
        words: Mapping[str, float],
        viewer: Viewer,
        denied: frozenset[RecordId],
        limit: int,
    ) -> Sequence[Alike]:
        """Records that have at least two of some words, those with most weight of them first.

        A word in a title counts twice, how often it stands anywhere counts nothing, and ties fall
        to the record's key: nothing but the records themselves, as far as the viewer may see them,
        decides the order.

        Args:
            words: As the index has them, with their weights.
            viewer: Whose rights count.
            denied: Records that nobody may see now.
            limit: How many records.
        """
