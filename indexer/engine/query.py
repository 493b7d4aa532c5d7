"""What is asked of an engine and what comes back, in our words: no engine's term crosses here."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.engine.conditions import Part, asks_for_something

if TYPE_CHECKING:
    import datetime as dt

    from indexer.access import Audience, Viewer
    from indexer.engine.conditions import Condition
    from indexer.records import RecordId

MAX_RELEVANCE_DEPTH: Final = 1_000
"""How many records can be paged through by relevance; by date there is no end."""

FEW: Final = 10
"""An answer with fewer records than this is followed by those that come nearest to it."""


class Order(StrEnum):
    """How hits are ordered; ties always fall to the record's key."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class FacetField(StrEnum):
    """What hits are counted by."""

    AGENCY = "agency"
    YEAR = "year"
    CATEGORY = "category"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another form under which a part of the question is found: a later name, an official term.

    Attributes:
        chars: What must stand in a record in this order, like :attr:`Clause.chars`.
        words: Its jieba words, for ranking.
        stands_for: How many characters of the question it takes the place of, 1 or more.
    """

    chars: tuple[str, ...]
    words: tuple[str, ...]
    stands_for: int

    @property
    def text(self) -> str:
        """The form itself, folded."""
        return "".join(self.chars)

    @property
    def share(self) -> float:
        """Asked characters per character of its own, at most 1: a long name gains nothing by it."""
        return min(1.0, self.stands_for / len(self.chars))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One part of the question: a word, or a quoted run.

    Attributes:
        text: As it was typed, folded to one line; for telling how the query was read.
        chars: Its letters, digits and Han characters, folded, one token each; what must stand in a
            record in this order with only punctuation and space between.
        is_phrase: Quoted by the asker: stays in the matched set however far the rest is relaxed.
        numbers: Keys of the document number or reference code that this part may be; a record that
            bears one of them has the part, and comes first.
        part: Where it is looked for, and marked.
        variants: Other forms; a record that has one of them has the part, and it is marked. A
            quoted run has none. Where several clauses make up one name they share its variants.
        shape: A token of the words view that stands for the same word however it is spelled; a
            record that has it has the part. ``""`` for what is told by its characters alone.
    """

    text: str
    chars: tuple[str, ...]
    is_phrase: bool = False
    numbers: tuple[str, ...] = ()
    part: Part = Part.BODY
    variants: tuple[Variant, ...] = ()
    shape: str = ""

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The runs of which a record must have one, its own first."""
        return (self.chars, *(variant.chars for variant in self.variants))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzedQuery:
    """The question as tokens, made by the analyzer of the generation that will answer.

    Attributes:
        clauses: The plain parts, in order; what is relaxed where no record has them all.
        conditions: What must hold besides, whatever is relaxed.
        sought_besides: Runs that the conditions ask for, for marking them; never excluded ones.
        words: Distinct jieba words of the whole question, for ranking.
        bigrams: Distinct character pairs of the question, for ranking.
        chars: Distinct characters of the question, for ranking.
        run: The whole question as one literal run, for ranking titles that contain it.
        minimum_match: How many clauses a record must have; ``len(clauses)`` unless the question is
            a long sentence.
    """

    clauses: tuple[Clause, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sought_besides: tuple[Clause, ...] = ()
    words: tuple[str, ...] = ()
    bigrams: tuple[str, ...] = ()
    chars: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    minimum_match: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; exclusions alone ask for nothing."""
        return not self.clauses and not any(map(asks_for_something, self.conditions))

    @property
    def ranks(self) -> bool:
        """Whether there is anything that tells better records from worse ones."""
        return bool(self.clauses or self.chars)

    @property
    def sought(self) -> tuple[Clause, ...]:
        """Every run whose places are marked."""
        return self.clauses + self.sought_besides

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Every other form that is looked for, each once, in the order of the question."""
        found = {each.chars: each for clause in self.sought for each in clause.variants}
        return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What hits must be besides matching; several values of one field mean any of them."""

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    fonds: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()

    def apart(self) -> dict[str, Filters]:
        """Each filter that is set, alone, by the name of its attribute."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: Filters(**{name: value}) for name, value in values.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """One question to an engine. It cannot be made without a viewer.

    Attributes:
        viewer: Whose rights the engine filters by.
        within: Somebody whose rights the engine filters by besides, or ``None``; where either is
            the public, public records alone are asked.
        query: The analyzed question.
        denied: Records withdrawn or newly restricted; hidden from every viewer.
        among: Of the matched set these records alone, or ``None`` for all of it; how far the
            question is relaxed does not depend on them.
        after: Of the matched set the records with a revision above this one alone, in the same way.
        filters: Narrowing.
        order: Of the hits.
        offset: 0-based first hit wanted.
        limit: How many hits.
        facets: Which counts to return.
    """

    viewer: Viewer
    within: Viewer | None = None
    query: AnalyzedQuery
    denied: frozenset[RecordId] = field(default_factory=frozenset)
    among: frozenset[RecordId] | None = None
    after: int = 0
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[FacetField, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether public records alone answer it."""
        return self.viewer.is_public or (self.within is not None and self.within.is_public)


class Hearing(StrEnum):
    """How closely a record must sound like what was asked."""

    EXACT = "exact"  # every syllable
    ROUGH = "rough"  # syllables that many do not tell apart are one
    BEGUN = "begun"  # every syllable, the last of which is only begun
    INITIALS = "initials"  # first letters of whole words
    INITIALS_BEGUN = "initials_begun"  # the same, and perhaps more of them
    LACKING = "lacking"  # no sound: every character, and one more between two of them


class Standing(StrEnum):
    """Where a literal run stands."""

    BODY = "body"  # title, description and whole text
    TOLD = "told"  # what everybody may find by sound: no names of persons


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundQuery:
    """What may be found by its sound: :class:`~indexer.engine.port.Spoken`.

    Attributes:
        viewer: Whose rights the engine filters by.
        within: As in :class:`SearchQuery`. denied: The same. filters: Narrowing.
        ways: Sequences of syllables, any of which will do; rough ones for ``ROUGH``. For initials
            each letter is one, for ``LACKING`` each character.
        hearing: How closely.
        names: Whether persons and villages are asked for, and not what everybody may ask for; a
            viewer below the staff is answered with nothing.
        without: Runs already known: records are wanted that have something else of that sound.
        limit: How many records, the newest first.
    """

    viewer: Viewer
    within: Viewer | None = None
    denied: frozenset[RecordId]
    filters: Filters = field(default_factory=Filters)
    ways: tuple[tuple[str, ...], ...]
    hearing: Hearing = Hearing.EXACT
    names: bool = False
    without: tuple[tuple[str, ...], ...] = ()
    limit: int = 10

    @property
    def is_public(self) -> bool:
        """Whether public records alone answer it."""
        return self.viewer.is_public or (self.within is not None and self.within.is_public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """A record that sounds as was asked, with what of it may be asked for by sound."""

    record_id: RecordId
    pieces: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed so far.

    Attributes:
        chars: Its letters, digits and Han characters, folded.
        ways: The syllables that it may be, the last of each way only begun.
        initials: The first letters that it may be, or ``""``.
    """

    chars: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...] = ()
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What may be meant by what was typed.

    Attributes:
        titles: Records whose title begins with it, then those whose title contains it, then those
            that sound so; of each kind the newest first.
        agencies: Agencies of records that have it, most frequent first, or sound so: not all of
            them have it in their own name.
        places: Towns of titles and agencies in the same way.
    """

    titles: tuple[RecordId, ...] = ()
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """Where in a record the question was met.

    Attributes:
        file_ordinal: Which of the record's files.
        page: 1-based page of that file.
        start: First code point of the passage in the page's text.
        end: One past its last code point.
    """

    file_ordinal: int
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that matched.

    Attributes:
        record_id: Which.
        passages: Its best passages, best first (possibly none).
        lacks: Which of the question's clauses it has nowhere, by their place in the question.
        score: By relevance what it was ranked by, to be compared within one answer alone; else 0.
            It knows of records that the viewer may not see, and is shown to nobody.
    """

    record_id: RecordId
    passages: tuple[PassageHit, ...] = ()
    lacks: tuple[int, ...] = ()
    score: float = field(default=0.0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesMet:
    """The pages of one record on which a run that the question asks for stands.

    Attributes:
        pages: ``(file ordinal, page)``, each once, in reading order.
        is_whole: Whether these are all of them.
    """

    pages: tuple[tuple[int, int], ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """How many matched records have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """One screen of hits.

    Attributes:
        total: Exact number of records in the matched set.
        hits: In the order asked for.
        facets: Per field asked for, most frequent first, then by value.
        matched_clauses: How many clauses every hit has; fewer than asked when nothing had all.
        nearby: Where some but fewer than :data:`FEW` records match, those that lack a part of the
            question and come nearest, best first: together with the hits at most :data:`FEW`, on
            the first page by relevance alone. They have every quoted part. Never in total and
            facets; none for a document number or reference code, which is there or is not.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[FacetField, tuple[FacetCount, ...]]
    matched_clauses: int
    nearby: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """How one record stands to a question.

    Attributes:
        revision: Which state of the record the index holds.
        lacks: Clauses of the question that it has nowhere, by their place.
        unmet: Conditions of the question that it does not meet, by their place.
        kept_out_by: Filters it does not pass, by the name of their attribute of :class:`Filters`.
        is_matched: Whether it is in the answer.
        rank: Its 1-based place there; ``None`` where it is not in it, or by relevance lies deeper
            than :data:`MAX_RELEVANCE_DEPTH`.
    """

    revision: int
    lacks: tuple[int, ...]
    unmet: tuple[int, ...]
    kept_out_by: tuple[str, ...]
    is_matched: bool
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """In how many public records words stand; what anybody may count for themselves.

    Attributes:
        records: How many public records there are. having: How many of them have each word.
    """

    records: int
    having: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A record with words that were asked for. ``words``: which, the weightiest first."""

    record_id: RecordId
    words: tuple[str, ...]
