"""What the result page shows, ready to be written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from flask import url_for
from flask_babel import gettext

from indexer.access import Audience
from indexer.engine.conditions import Part
from indexer.engine.query import MAX_RELEVANCE_DEPTH, FacetField, Order
from query_room.languages import message_language
from query_room.pages import labels
from query_room.pages.addresses import (
    AS_TYPED,
    LITERAL,
    Arguments,
    arguments_of,
    search_url,
    with_order,
    with_value,
    without_value,
)
from query_room.pages.search.reasons import ReasonsView, reasons_view
from query_room.pages.search.timeline import TimelineView, timeline_view
from search_api.answers import Fragment
from search_api.parsing import in_words, notes_in_words
from search_api.relating import Validity

if TYPE_CHECKING:
    from flask_babel import LazyString

    from indexer.access import Viewer
    from indexer.records import RecordId
    from search_api.answers import AnswerHit, Ground, Question, Repeal, SearchAnswer

_FACET_VALUES: Final = 12
_PAGES_AROUND: Final = 2
_PAGES_SHOWN: Final = 3
Label: TypeAlias = "str | LazyString"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link that narrows, widens or reorders the answer."""

    label: Label
    url: str
    count: int | None = None
    is_active: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGroup:
    """Values of one field, the chosen ones first."""

    label: Label
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page where the question was met, opened at the hit."""

    number: int
    url: str
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One record of the answer.

    Attributes:
        copies: Other records with the same text. copies_url: Where they are listed.
        reasons: Where it was met, and what it lacks.
        repealed: That its document is known to be repealed, in words, or ``""``.
        repealed_by: What repealed it, if that can be opened.
        folded: Copies of it that stand on the same page of the answer.
    """

    rank: int
    record_id: RecordId
    url: str
    title: tuple[Fragment, ...]
    facts: tuple[tuple[Fragment, ...], ...]
    notes: tuple[Label, ...]
    pages: tuple[PageView, ...]
    copies: int
    copies_url: str
    reasons: ReasonsView
    repealed: Label
    repealed_by: Choice | None
    folded: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedView:
    """What was asked instead of what was typed.

    Attributes:
        ground: Why it may be meant. as_typed_url: The question as it was typed.
    """

    typed: str
    meant: str
    ground: Label
    as_typed_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherQuestion:
    """Something else that may be meant, with how many records have it."""

    text: str
    url: str
    ground: Label
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """One screen of an answer.

    Attributes:
        read_as: What the records must have, where more than plain words was read; else ``""``.
        notes: Why the question was not read as it may have been meant.
        other_reading_url: The same with its signs as text, or read again where they were.
        corrected: What was asked instead of what was typed, or ``None``.
        proposals: What else may be meant.
        near_names: Names near the one asked for; for the staff, in a visit.
        folded: How many records of this screen stand folded under others.
        nearby: Where few records match, those that come nearest.
        timeline: The years of the answer, or ``None`` where nothing is dated.
        arguments: The question, for forms that ask it again.
        has_moved_on: Whether the index was renewed since the page one came from.
    """

    answer: SearchAnswer
    read_as: str
    notes: tuple[str, ...]
    other_reading_url: str | None
    corrected: CorrectedView | None
    proposals: tuple[OtherQuestion, ...]
    near_names: tuple[OtherQuestion, ...]
    hits: tuple[HitView, ...]
    folded: int
    nearby: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    timeline: TimelineView | None
    active: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    pages: tuple[Choice, ...]
    previous_url: str | None
    next_url: str | None
    hidden_arguments: Arguments
    arguments: Arguments
    has_moved_on: bool


def results_view(answer: SearchAnswer, viewer: Viewer, turned_from: str = "") -> ResultsView:
    """The answer as the page shows it.

    Args:
        answer: The answer.
        viewer: Whose it is.
        turned_from: The generation of the page before, or ``""``; another one may order its hits
            in another way, and the page says so.
    """
    question = answer.question
    # Whoever narrows or turns a page goes on with what was answered.
    arguments = arguments_of(replace(question, text=answer.asked))
    last = _last_page(answer)
    here = question.page

    def turn(page: int) -> str:
        return search_url(arguments, page, answer.generation)

    parsed = answer.reading.parsed
    language = message_language()
    near = range(max(1, here - _PAGES_AROUND), min(last, here + _PAGES_AROUND) + 1)
    return ResultsView(
        answer=answer,
        read_as=in_words(parsed.parts, language) if parsed.has_syntax else "",
        notes=notes_in_words(parsed, language),
        other_reading_url=_other_reading_url(answer, arguments),
        corrected=_corrected(answer),
        proposals=tuple(
            _other(question, each.text, each.ground, each.total) for each in answer.proposals
        ),
        near_names=tuple(
            _other(question, f'"{each.text}"', each.ground, each.total, shown=each.text)
            for each in answer.near_names
        ),
        hits=tuple(_hit(hit, answer) for hit in answer.hits),
        folded=sum(len(hit.folded) for hit in answer.hits),
        nearby=tuple(_hit(hit, answer) for hit in answer.nearby),
        facets=_facets(answer, arguments, viewer),
        timeline=timeline_view(answer.facets.get(FacetField.YEAR, ()), arguments),
        active=_active(arguments),
        orders=tuple(
            Choice(
                label=labels.ORDERS[order],
                url=search_url(with_order(arguments, order)),
                is_active=order is question.order,
            )
            for order in Order
        ),
        pages=tuple(
            Choice(label=str(page), url=turn(page), is_active=page == here) for page in near
        ),
        previous_url=turn(here - 1) if here > 1 else None,
        next_url=turn(here + 1) if here < last else None,
        # A new question is read anew, whatever the one before was.
        hidden_arguments=[
            each for each in arguments if each[0] != "q" and each not in {LITERAL, AS_TYPED}
        ],
        arguments=arguments,
        has_moved_on=turned_from not in {"", str(answer.generation)},
    )


def _corrected(answer: SearchAnswer) -> CorrectedView | None:
    correction = answer.corrected
    if correction is None:
        return None
    return CorrectedView(
        typed="、".join(correction.typed),
        meant="、".join(correction.meant),
        ground=labels.GROUNDS[correction.ground],
        as_typed_url=search_url([*arguments_of(answer.question), AS_TYPED]),
    )


def _other(
    question: Question, text: str, ground: Ground, total: int, shown: str = ""
) -> OtherQuestion:
    return OtherQuestion(
        text=shown or text,
        url=search_url(arguments_of(replace(question, text=text, as_typed=False))),
        ground=labels.GROUNDS[ground],
        total=total,
    )


def _other_reading_url(answer: SearchAnswer, arguments: Arguments) -> str | None:
    if answer.question.literal:
        return search_url([each for each in arguments if each != LITERAL])
    reads_more = answer.reading.parsed.has_syntax or answer.reading.also_searched
    return search_url([*arguments, LITERAL]) if reads_more else None


def _last_page(answer: SearchAnswer) -> int:
    question = answer.question
    reachable = answer.total
    if question.order is Order.RELEVANCE and question.text.strip():
        reachable = min(reachable, MAX_RELEVANCE_DEPTH)
    return max(1, -(-reachable // question.page_size))


def _hit(hit: AnswerHit, answer: SearchAnswer) -> HitView:
    record = hit.record
    about = record.description
    facts = list(hit.fields.values())
    if about.date:
        dated = (Fragment(about.date.isoformat()),)
        facts.insert(len(facts) - (Part.CODE in hit.fields), dated)
    notes: list[Label] = []
    audience = about.level.audience
    if audience is not None and audience is not Audience.PUBLIC:
        notes.append(labels.AUDIENCES[audience])
    if record.text_state != "complete":
        notes.append(labels.TEXT_STATES[record.text_state])
    origin: dict[str, Any] = {"q": answer.asked, "from": answer.search_id}
    if answer.question.literal:
        origin |= [LITERAL]
    return HitView(
        rank=hit.rank,
        record_id=record.record_id,
        url=url_for("records.record", record_id=record.record_id, **origin),
        copies=hit.copies,
        copies_url=url_for(
            "records.record", record_id=record.record_id, _anchor="copies", **origin
        ),
        title=hit.title or (),
        facts=tuple(facts),
        notes=tuple(notes),
        reasons=reasons_view(record, hit.why, origin),
        repealed=labels.VALIDITIES[Validity.REPEALED] if hit.repeal else "",
        repealed_by=_repealed_by(hit.repeal) if hit.repeal else None,
        folded=tuple(_hit(each, answer) for each in hit.folded),
        pages=tuple(
            PageView(
                number=page.page,
                url=url_for(
                    "records.page",
                    record_id=record.record_id,
                    file=page.file_ordinal,
                    page=page.page,
                    _anchor="hit",
                    **origin,
                ),
                fragments=page.fragments,
            )
            for page in hit.pages[:_PAGES_SHOWN]
        ),
    )


def _repealed_by(repeal: Repeal) -> Choice | None:
    by = repeal.by
    if by is None:
        return None
    title = by.description.title or gettext("(without title)")
    return Choice(label=title, url=url_for("records.record", record_id=by.record_id))


def _facets(answer: SearchAnswer, arguments: Arguments, viewer: Viewer) -> tuple[FacetGroup, ...]:
    groups: list[FacetGroup] = []
    for field, counts in answer.facets.items():
        # Years have a picture of their own.
        if field is FacetField.YEAR or (field is FacetField.AUDIENCE and viewer.is_public):
            continue
        choices = tuple(
            Choice(
                label=_value_label(field, count.value),
                url=search_url(with_value(arguments, field, count.value)),
                count=count.count,
            )
            for count in counts[:_FACET_VALUES]
            if (field.value, count.value) not in arguments
        )
        if choices:
            groups.append(FacetGroup(label=labels.FACETS[field], choices=choices))
    return tuple(groups)


def _active(arguments: Arguments) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=_value_label(FacetField(name), value) if name in set(FacetField) else value,
            url=search_url(without_value(arguments, name, value)),
            is_active=True,
        )
        for name, value in arguments
        if name not in {"q", "order", LITERAL[0], AS_TYPED[0]}
    )


def _value_label(field: FacetField, value: str) -> Label:
    if field is FacetField.AUDIENCE:
        return labels.AUDIENCES[Audience.from_slug(value)]
    return value
