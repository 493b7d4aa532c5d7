"""What the search service answers with: domain objects that pages and JSON are both made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from indexer.analysis.question import Node
    from indexer.copies import CopyKind
    from indexer.engine.conditions import Part
    from indexer.engine.query import FacetCount, FacetField, Filters, Order
    from indexer.page_words import Box
    from indexer.records import Record, RecordFile, RecordId
    from indexer.rendering import Picture
    from search_api.parsing import ParsedQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, before any analysis.

    Attributes:
        text: As typed; may be empty where filters are given.
        literal: Whether its signs are to be taken as text, too.
        as_typed: Whether it is to be asked in these very characters, whatever may be meant.
        filters: Narrowing. order: Of the hits.
        page: 1-based. page_size: 1 to 100.
        since: Only what came or changed after this position of the outbox; 0 for everything. Such a
            question is never relaxed: what is new must be what was asked for.
    """

    text: str
    literal: bool = False
    as_typed: bool = False
    filters: Filters
    order: Order
    page: int = 1
    page_size: int = 10
    since: int = 0

    @property
    def may_be_corrected(self) -> bool:
        """Whether something else may be asked where nothing has what was typed."""
        return not (self.literal or self.as_typed or self.since)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of original text; marked where the question's words stand in it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSnippet:
    """The best lines of one page.

    Attributes:
        file_ordinal: Which of the record's files. page: 1-based page of that file.
        fragments: Original text in pieces; joined they are the snippet.
    """

    file_ordinal: int
    page: int
    fragments: tuple[Fragment, ...]


class Place(StrEnum):
    """Where in its description a record was met, in the order in which it is told."""

    TITLE = "title"
    NUMBER = "document_number"
    AGENCY = "agency"
    CODE = "archival_code"
    PERSONS = "persons"  # as catalogued; told to the staff alone
    DESCRIPTION = "description"  # 索引号, 文种, 全宗名称, 内容概述


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyMet:
    """Why a record is in the answer.

    Attributes:
        places: Where in its description any part of the question stands.
        pages: The first of its pages on which one does, as ``(file ordinal, page)``.
        pages_total: How many such pages it has. has_more_pages: Whether there may be others still.
        lacks: Parts of the question that it has nowhere, as searched.
    """

    places: tuple[Place, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    pages_total: int = 0
    has_more_pages: bool = False
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeal:
    """That a document is known to be repealed or replaced.

    Attributes:
        by: The latest record that says so and that the viewer may see, or ``None`` where the
            document's own page says it.
    """

    by: Record | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHit:
    """One record of an answer, with its title marked and its best pages.

    Attributes:
        fields: Its document number, agency and reference code, in this order, each marked where it
            was asked for by name; those it lacks are left out.
        copies: How many other records that the viewer may see are copies of it.
        why: Where it was met, and what it lacks.
        repeal: That its document is known to be repealed, or ``None``.
        folded: Hits of the same screen that are copies of it, shown under it.
    """

    rank: int
    record: Record
    title: tuple[Fragment, ...]
    fields: dict[Part, tuple[Fragment, ...]]
    pages: tuple[PageSnippet, ...]
    copies: int = 0
    why: WhyMet = field(default_factory=WhyMet)
    repeal: Repeal | None = None
    folded: tuple[AnswerHit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryReading:
    """How the question was understood.

    Attributes:
        clauses: The parts as searched, in order.
        tokens: Every token that took part in ranking.
        also_searched: Other forms of its words that were looked for too, folded; of the table of
            variants alone, whatever was found.
        parsed: The tree it was read as, within the viewer's rights; why literally, if so.
        relaxed_to: How many of the clauses each hit has, where no record had all; else ``None``.
    """

    clauses: tuple[str, ...]
    tokens: tuple[str, ...]
    parsed: ParsedQuestion
    relaxed_to: int | None = None
    also_searched: tuple[str, ...] = ()


class Ground(IntEnum):
    """Why something else may be meant than what was typed; the likeliest first."""

    PINYIN = 0  # letters that are its syllables
    INITIALS = 1  # letters that are the first of its syllables
    SOUND = 2  # the same syllables
    SHAPE = 3  # a character that looks like another
    ROUGH_SOUND = 4  # syllables that many do not tell apart
    SWAPPED = 5  # two neighbours in the wrong order
    LENGTH = 6  # a character too many or too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The question in other characters, as it may have been meant.

    Attributes:
        text: The whole question. parts: The same, read.
        typed: The parts of it that were changed, as typed. meant: What they became.
        total: How many records have all of it, within the viewer's rights.
        ground: The weakest reason of any change.
        is_sure: Whether it may be asked instead where nothing has what was typed.
    """

    text: str
    parts: tuple[Node, ...]
    typed: tuple[str, ...]
    meant: tuple[str, ...]
    total: int
    ground: Ground
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NearName:
    """The name of a person or village that sounds or looks like the one asked for.

    Attributes:
        total: How many records have it, within the viewer's rights.
    """

    text: str
    ground: Ground
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """One screen of an answer, as it was logged.

    Attributes:
        search_id: The log's identifier for this very answer.
        question: What was asked. reading: How it was understood.
        total: Exact number of records that matched and that the viewer may see.
        took_ms: Time spent answering, logging included.
        generation: The index generation that answered. dictionary: Its dictionary version.
        hits: This page of them; by relevance copies stand folded under the first of them, and what
            is repealed under what is valid and nearly as relevant.
        nearby: Where few records match, those that come nearest, ranked on after the hits; see
            :class:`~indexer.engine.query.ResultPage`.
        facets: Counts over the whole matched set.
        corrected: What was asked instead, because nothing has what was typed; else ``None``.
        proposals: What else may be meant, the likeliest first.
        near_names: For the staff, while a visit is open: names near the one asked for.
        records_without_text: Records that the viewer may see and that meet the filters, whatever
            the words, of which not all text can be searched yet: scans that wait to be recognised,
            files that could not be read. Any of them may be missing from the answer.
        sees_everything: Whether the viewer's rights hide nothing; if not, an empty answer must say
            "nothing within your rights".
    """

    search_id: str
    question: Question
    reading: QueryReading
    total: int
    took_ms: float
    generation: int
    dictionary: str
    hits: tuple[AnswerHit, ...]
    facets: dict[FacetField, tuple[FacetCount, ...]]
    sees_everything: bool
    records_without_text: int = 0
    nearby: tuple[AnswerHit, ...] = ()
    corrected: Correction | None = None
    proposals: tuple[Correction, ...] = ()
    near_names: tuple[NearName, ...] = ()

    @property
    def asked(self) -> str:
        """The question that was answered: as typed, or as it was corrected."""
        return self.question.text if self.corrected is None else self.corrected.text

    @property
    def shown(self) -> tuple[AnswerHit, ...]:
        """Every record of this screen that matched, folded ones too, in the order of their rank."""
        each = [hit for leading in self.hits for hit in (leading, *leading.folded)]
        return tuple(sorted(each, key=lambda hit: hit.rank))


class SuggestionKind(StrEnum):
    """What is suggested."""

    TITLE = "title"
    AGENCY = "agency"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHits:
    """The pages of one record on which a question was met.

    Attributes:
        total: How many pages. is_whole: Whether these are all.
        listed: Some of them in reading order, each with its best lines.
        after: How many come before those listed.
    """

    total: int
    is_whole: bool
    listed: tuple[PageSnippet, ...]
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may be meant by what was typed so far, of records the viewer may see.

    Attributes:
        text: A title, an agency or a place. question: What to ask for it.
        record_id: Of the record whose title it is.
    """

    text: str
    kind: SuggestionKind
    question: str
    record_id: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """One page of a record's file, with the question's words marked."""

    record: Record
    file: RecordFile
    page: int
    page_count: int
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page of a record's file as an image."""

    record: Record
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBox:
    """A box around words of the question.

    Attributes:
        number: Which hit of the page, from 1; a hit across a line break has two boxes.
        text: The hit as the page's text has it, on one line.
        box: Where, in fractions of the picture.
    """

    number: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """The boxes of a page.

    Attributes:
        boxes: In the order of the text.
        unplaced: Hits in the text that have no place on the picture.
    """

    boxes: tuple[MarkedBox, ...] = ()
    unplaced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturedPage:
    """One page of a record's file as an image, with the question's words boxed.

    Attributes:
        last_page: Of the file's pages that belong to the record; as far as is known.
        has_text: Whether the page has text as well.
        picture: The image, or ``None`` where it cannot be drawn. reason: Why, or ``""``.
        boxes: Around the hits; those without a place on the image are counted.
    """

    record: Record
    file: RecordFile
    page: int
    last_page: int
    has_text: bool
    picture: Picture | None
    boxes: Boxes
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopy:
    """A record that is a copy of another.

    Attributes:
        file: Its file that is the copy. own_file: The other's file that it is a copy of.
        similarity: Per mille of the characters that both have in the same order.
    """

    record: Record
    file: RecordFile
    own_file: RecordFile
    kind: CopyKind
    similarity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopies:
    """The copies of a record that a viewer may see.

    Attributes:
        total: How many records. listed: The closest of them.
    """

    total: int
    listed: tuple[RecordCopy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRecord:
    """A record like another. ``shared``: the most telling words that both have."""

    record: Record
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """The index as the service sees it, for those who watch it.

    Attributes:
        generation: The one that answers.
        waiting: Outbox positions that it has not reached yet.
    """

    generation: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContext:
    """Who asks, for the log: never part of what decides the answer.

    Attributes:
        actor: Account name, or ``""`` for an unknown citizen.
        terminal: The place it was asked from (a terminal's name or address).
        channel: ``web``, ``api`` or ``command``.
        visit_id: The visit at the counter it belongs to, or ``None``.
        at: When, aware.
        request_id: The request for information it is made for, or ``None``.
    """

    actor: str
    terminal: str
    channel: str
    visit_id: str | None
    at: dt.datetime
    request_id: str | None = None
