"""What the pages of the log show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import LazyString, gettext

from query_room.pages.log.labels import FIELDS, FILTERS, KINDS, PROBLEMS, STATES, VALUES
from search_api.china_time import day_in_china
from search_api.log.inspection import ACTOR_FIELDS, BodyState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from query_room.audit import AuditedEvent, AuditedPage, LogQuestion, Verification
    from search_api.log.model import DayHead, JsonValue

_ELSEWHERE: Final = frozenset({"hits", "items", "findings", *ACTOR_FIELDS})
"""Fields that have a table of their own, or stand in the head of the page."""

_NOTHING: Final[tuple[JsonValue, ...]] = ({}, [], (), "", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event in a list.

    Attributes:
        kind: In words. actor: In words. state: What became of its body, or ``""`` where kept.
    """

    url: str
    event_id: int
    at: dt.datetime
    kind: str | LazyString
    subject: str
    actor: str
    state: str | LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind of event that can be asked for."""

    value: str
    label: LazyString
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day of the log.

    Attributes:
        is_narrowed: Whether only some of its events were asked for.
    """

    question: LogQuestion
    events: tuple[EventLine, ...]
    kinds: tuple[Choice, ...]
    total: int
    page_count: int
    is_narrowed: bool
    previous_page: str | None
    next_page: str | None
    day_before: str | None
    day_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of what an event says."""

    label: str | LazyString
    text: str | LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTable:
    """Several things of one shape that an event tells of."""

    caption: str | LazyString
    columns: tuple[str | LazyString, ...]
    rows: tuple[tuple[str | LazyString, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One event in full.

    Attributes:
        line: What lists show of it. day_url: The day it happened on.
        fields: What it says. is_sealed: Whether that is encrypted. has_more: Whether there is more
            than auditors see. is_damaged: Whether it is not what the event committed to.
        related: What else happened to the same subject.
    """

    line: EventLine
    day_url: str | None
    commitment: str
    seal_number: int | None
    fields: tuple[Field, ...]
    tables: tuple[EntryTable, ...]
    is_sealed: bool
    has_more: bool
    is_damaged: bool
    erased_at: dt.datetime | None
    erase_ground: str
    related: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One thing that does not fit.

    Attributes:
        url: The event at fault, or ``None``.
    """

    problem: LazyString
    event_id: int | None
    url: str | None
    seal_number: int | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationView:
    """What a walk of the chain found."""

    outcome: Verification
    by: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsView:
    """Heads of a month, to be written down."""

    month: str
    heads: tuple[DayHead, ...]
    previous_url: str | None
    next_url: str | None


class EventWords:
    """Makes words of events.

    Args:
        display_name: What screens call an account.
    """

    def __init__(self, display_name: Callable[[str], str]) -> None:
        self._display_name = display_name
        self._names: dict[str, str] = {}

    def line(self, event: AuditedEvent) -> EventLine:
        """The event in a list."""
        return EventLine(
            url=url_for("log.event", event_id=event.event_id),
            event_id=event.event_id,
            at=event.at,
            kind=KINDS.get(event.kind, event.kind),
            subject=event.subject,
            actor=self.actor(event.actor),
            state="" if event.state is BodyState.KEPT else STATES[event.state],
        )

    def actor(self, name: str | None) -> str:
        """Who did it, by name and account."""
        if not name:
            return "—" if name is None else gettext("not signed in")
        if name not in self._names:
            shown = self._display_name(name)
            self._names[name] = name if shown == name else f"{shown}（{name}）"
        return self._names[name]


def day_view(page: AuditedPage, words: EventWords, today: dt.date, first: dt.date) -> DayView:
    """A day of the log as a page."""
    question = page.question
    return DayView(
        question=question,
        events=tuple(words.line(event) for event in page.events),
        kinds=tuple(
            Choice(value=str(value), label=label, is_chosen=value == question.kind)
            for value, label in KINDS.items()
        ),
        total=page.total,
        page_count=page.page_count,
        is_narrowed=question.kind is not None or bool(question.actor),
        previous_page=_address(question, page=question.page - 1) if question.page > 1 else None,
        next_page=(
            _address(question, page=question.page + 1) if question.page < page.page_count else None
        ),
        day_before=_address(question, days=-1) if question.day > first else None,
        day_after=_address(question, days=1) if question.day < today else None,
    )


def event_view(
    event: AuditedEvent, related: Sequence[AuditedEvent], words: EventWords
) -> EventView:
    """One event as a page."""
    body = event.body
    said = {} if body is None else body.fields
    # An overwritten time lies on no day that the log has.
    day = day_in_china(event.at) if event.at.year > 1 else None
    return EventView(
        line=words.line(event),
        day_url=url_for("log.day", day=day.isoformat()) if day else None,
        commitment=event.commitment,
        seal_number=event.seal_number,
        fields=tuple(_fields(said)),
        tables=tuple(_tables(said)),
        is_sealed=body is not None and body.is_sealed,
        has_more=body is not None and body.has_more,
        is_damaged=event.state is BodyState.DAMAGED,
        erased_at=event.erased_at,
        erase_ground=event.erase_ground,
        related=tuple(words.line(each) for each in related),
    )


def verification_view(outcome: Verification, words: EventWords) -> VerificationView:
    """What a walk of the chain found, as a page."""
    return VerificationView(
        outcome=outcome,
        by=words.actor(outcome.by),
        findings=tuple(
            FindingLine(
                problem=PROBLEMS[each.problem],
                event_id=each.event_id,
                url=None if each.event_id is None else url_for("log.event", event_id=each.event_id),
                seal_number=each.seal_number,
                detail=each.detail,
            )
            for each in outcome.findings
        ),
    )


def _address(question: LogQuestion, *, page: int = 1, days: int = 0) -> str:
    day = question.day.fromordinal(question.day.toordinal() + days)
    return url_for(
        "log.day",
        day=day.isoformat(),
        kind=question.kind.value if question.kind else None,
        actor=question.actor or None,
        page=page if page > 1 else None,
    )


def _fields(said: Mapping[str, JsonValue]) -> Iterator[Field]:
    flat = dict(_flattened(said))
    for name, label in FIELDS.items():
        if name not in _ELSEWHERE and flat.get(name) not in _NOTHING:
            yield Field(label=label, text=_text(name, flat[name]))


def _flattened(said: Mapping[str, JsonValue]) -> Iterator[tuple[str, JsonValue]]:
    """Fields and fields of fields; what is part of the question stays together."""
    for name, value in said.items():
        if isinstance(value, dict) and name != "filters":
            yield from _flattened(value)
        else:
            yield name, value


def _text(name: str, value: JsonValue) -> str | LazyString:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        pairs = (f"{FILTERS.get(key, key)}＝{_text(key, each)}" for key, each in value.items())
        return "；".join(pairs)
    if isinstance(value, list):
        return "、".join(str(_text(name, each)) for each in value)
    return VALUES.get(name, {}).get(str(value), str(value))


def _tables(said: Mapping[str, JsonValue]) -> Iterator[EntryTable]:
    hits: Any = said.get("hits")
    if hits:
        yield EntryTable(
            caption=FIELDS["hits"],
            columns=("#", FIELDS["record_id"], FIELDS["pages"], FIELDS["content_hash"]),
            rows=tuple(
                (str(rank), str(record), _pages(pages), str(digest))
                for rank, record, digest, pages in hits
            ),
        )
    items: Any = said.get("items")
    if items:
        names = ("record_id", "mode", "page_count", "copies", "opening", "approver", "content_hash")
        yield EntryTable(
            caption=FIELDS["items"],
            columns=tuple(FIELDS[name] for name in names),
            rows=tuple(
                tuple(
                    "" if item.get(name) in _NOTHING else _text(name, item[name]) for name in names
                )
                for item in items
            ),
        )


def _pages(pages: Sequence[Sequence[int]]) -> str:
    """Pages shown with a hit: the file's place where there are several, and the page."""
    return "、".join(f"{ordinal}–{page}" if ordinal else str(page) for ordinal, page in pages)
