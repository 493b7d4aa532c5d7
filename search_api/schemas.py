"""The JSON of the API, as pydantic models: what the OpenAPI document is made from."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.limits import MAX_PAGE_SIZE, MAX_QUESTION

_DAY = r"^\d{4}-\d{2}-\d{2}$"


class Arguments(BaseModel):
    """Arguments in an address.

    Whoever reads them asks for their schema at every request, and making it takes a sixth of a
    search: it is kept.
    """

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's
        """The schema of the arguments; without options made once, and not to be changed."""
        if args or options:
            return super().model_json_schema(*args, **options)
        return _schema(cls)


@cache
def _schema(arguments: type[Arguments]) -> dict[str, Any]:
    return super(Arguments, arguments).model_json_schema()


class SearchArguments(Arguments):
    """A question. Bounds are checked by :mod:`search_api.params`, for pages and API alike."""

    model_config = ConfigDict(extra="allow")

    q: str = Field(
        "",
        description=f"A question in the language of docs/api.md; up to {MAX_QUESTION} characters.",
    )
    literal: str = Field("", description="1: the signs of `q` are text like the rest.")
    as_typed: str = Field("", description="1: asked in these very characters, never corrected.")
    agency: list[str] = Field([], description="发文机关; any of them.")
    year: list[str] = Field([], description="Four digits; any of them.")
    category: list[str] = Field([], description="类别; any of them.")
    audience: list[str] = Field([], description="public, reading-room, staff or archivist.")
    fonds: list[str] = Field([], description="全宗号; any of them.")
    from_: str = Field("", alias="from", description="First day, YYYY-MM-DD.")
    to: str = Field("", description="Last day, YYYY-MM-DD.")
    order: str = Field("", description="relevance (default), newest or oldest.")
    page: str = Field("", description="From 1.")
    size: str = Field("", description=f"Hits per page, 1 to {MAX_PAGE_SIZE}; default 10.")


class SuggestArguments(Arguments):
    """The beginning of a title, an agency or a place."""

    q: str = Field("", description="What was typed so far.")
    limit: Annotated[int, Field(ge=1, le=20)] = 8


class RecordPath(BaseModel):
    """A record's identifier."""

    record_id: str


class PagePath(BaseModel):
    """A page of a record."""

    record_id: str
    page: Annotated[int, Field(ge=1, le=1_000_000)]


class FileArguments(Arguments):
    """Which file of the record."""

    file: Annotated[int, Field(ge=0, le=100_000)] = 0


class PageArguments(FileArguments):
    """Which file of the record, and which question's words to mark."""

    q: Annotated[str, Field(max_length=MAX_QUESTION)] = ""
    literal: Literal["", "0", "1"] = ""


class HitsArguments(Arguments):
    """Which question, and how many of its pages to pass over."""

    q: Annotated[str, Field(max_length=MAX_QUESTION)] = ""
    literal: Literal["", "0", "1"] = ""
    after: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class ErrorBody(BaseModel):
    """What went wrong.

    ``code`` is for programs, ``message`` for people (Accept-Language), ``field`` the argument.
    """

    code: str
    message: str
    field: str | None


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: ErrorBody


class PageModel(BaseModel):
    """A page where the question was met; hit words stand in ``<mark>``, all else is escaped."""

    file: int
    page: int
    snippet: str


class FileModel(BaseModel):
    """A file of a record."""

    ordinal: int
    name: str
    role: str
    media_type: str
    size: int
    pages: int
    reason: str = Field(description="Why it has no text, or empty.")


class CopyModel(BaseModel):
    """A record that is a copy of another and that the viewer may see."""

    record_id: str
    title: str
    agency: str
    date: str | None
    kind: str = Field(description="same_bytes, same_text or nearly_same.")
    similarity: int = Field(description="Per mille of the characters, in the same order.")
    file: int = Field(description="The copy's file, by its ordinal.")
    name: str
    media_type: str
    of_file: int = Field(description="This record's file that it is a copy of.")


class RecordModel(BaseModel):
    """A record's description."""

    record_id: str
    external_id: str
    title: str
    agency: str
    date: str | None
    document_number: str
    genre: str
    archival_code: str
    index_number: str
    fonds: str
    fonds_name: str
    category: str
    volume: str
    item: str
    retention: str
    shelf_mark: str
    summary: str
    audience: str
    opening: str
    disclosure: str | None
    text_state: str
    files: list[FileModel]
    copies_total: int = Field(description="Records that are copies, within the viewer's rights.")
    copies: list[CopyModel] = Field(description="The closest fifty of them.")


class PlaceModel(BaseModel):
    """A page of a record."""

    file: int
    page: int


class WhyModel(BaseModel):
    """Why a record is in the answer."""

    places: list[str] = Field(
        description="Where in its description a part of the question stands: title,"
        " document_number, agency, archival_code, persons (for staff), description."
    )
    pages: list[PlaceModel] = Field(description="The first pages on which one does.")
    pages_total: int = Field(description="How many such pages the record has.")
    has_more_pages: bool = Field(description="Whether there may be more than that.")
    lacks: list[str] = Field(description="Parts of the question that the record has nowhere.")


class RepealModel(BaseModel):
    """That a document is known to be repealed."""

    by: str | None = Field(
        description="The record that repeals it, or null where its own page says it."
    )
    by_title: str


class FoldedModel(BaseModel):
    """A record of the same screen that is a copy of a hit."""

    rank: int
    record_id: str
    external_id: str
    title: str
    agency: str
    date: str | None
    document_number: str
    archival_code: str


class HitModel(BaseModel):
    """A record that matched, with its best pages."""

    rank: int
    record_id: str
    external_id: str
    title: str
    title_marked: str
    agency: str
    date: str | None
    document_number: str
    archival_code: str
    category: str
    audience: str
    text_state: str
    pages: list[PageModel]
    copies: int = Field(description="Other records with the same text, within the viewer's rights.")
    why: WhyModel
    repealed: RepealModel | None
    folded: list[FoldedModel] = Field(
        description="By relevance, records of this screen with the same text; they are not hits of"
        " their own."
    )


class FacetModel(BaseModel):
    """How many matched records have a value."""

    value: str
    count: int


class ReadingModel(BaseModel):
    """How the question was read."""

    query: str = Field(description="The question as it was read, written in the language again.")
    in_words: str = Field(description="What the records must have, in the asker's language.")
    clauses: list[str] = Field(description="The plain parts, as searched.")
    literal_because: str = Field(description="Why the signs were taken as text, or empty.")
    notes: list[str] = Field(description="What else was not read as it may have been meant.")
    also_searched: list[str] = Field(
        description="Other forms of its words that were looked for too, from the archive's table."
    )
    relaxed_to: int | None = Field(
        description="How many plain parts each hit has, where no record has all."
    )


class CorrectionModel(BaseModel):
    """The question in other characters, as it may have been meant."""

    question: str
    typed: list[str] = Field(description="The parts that were changed, as typed.")
    meant: list[str] = Field(description="What they became.")
    ground: str = Field(description="pinyin, initials, sound, shape, rough_sound, swapped, length.")
    total: int = Field(description="Records that have all of it, within the viewer's rights.")


class NearNameModel(BaseModel):
    """The name of a person or village near the one asked for."""

    name: str
    ground: str = Field(description="sound, rough_sound or shape.")
    total: int = Field(description="Records that have it, within the viewer's rights.")


class SearchModel(BaseModel):
    """One screen of an answer."""

    search_id: str
    total: int
    took_ms: float
    generation: int
    page: int
    size: int
    reading: ReadingModel
    hits: list[HitModel] = Field(
        description="By relevance, what is repealed stands under what is valid and nearly as"
        " relevant; `rank` is its place without that."
    )
    folded: int = Field(description="How many records of this screen stand folded under others.")
    nearby: list[HitModel] = Field(
        description="Where fewer than ten records match, those that lack a part of the question and"
        " come nearest. Not counted in total and facets."
    )
    corrected: CorrectionModel | None = Field(
        description="What was asked instead, because no record has all that was typed."
    )
    proposals: list[CorrectionModel] = Field(
        description="What else may be meant, the likeliest first."
    )
    near_names: list[NearNameModel] = Field(
        description="For the staff while a visit is open: names near the one asked for."
    )
    facets: dict[str, list[FacetModel]]
    within_rights_only: bool = Field(
        description="True where there may be more than this viewer may see."
    )
    records_without_text: int = Field(
        description="Records within the filters and this viewer's rights whose text cannot be"
        " searched yet, or not all of it: any of them may be missing."
    )


class SimilarModel(BaseModel):
    """A record like another."""

    record_id: str
    title: str
    agency: str
    date: str | None
    document_number: str
    shared: list[str] = Field(description="The most telling words that both have.")


class SimilarRecordsModel(BaseModel):
    """Records like another, the most alike first; copies of it are not among them."""

    similar: list[SimilarModel]


class RecordHitsModel(BaseModel):
    """The pages of one record on which a question was met, in reading order."""

    total: int = Field(description="How many pages.")
    is_whole: bool = Field(description="Whether there are no more than that.")
    after: int
    pages: list[PageModel] = Field(description="Thirty at most, with their best lines.")


class SuggestionModel(BaseModel):
    """What may be meant by what was typed."""

    text: str
    kind: str = Field(description="title, agency or place.")
    question: str = Field(description="What to ask for it.")
    record_id: str | None = Field(description="Of the record whose title it is.")


class SuggestionsModel(BaseModel):
    """Titles, agencies and places that have what was typed, or sound so."""

    suggestions: list[SuggestionModel]


class PageTextModel(BaseModel):
    """A page of a record."""

    record_id: str
    file: int
    page: int
    pages: int
    text: str
    marked: str = Field(description="The same text as HTML with hit words in <mark>.")
